/** The guest in V8. */

import { readFileSync } from "node:fs";
import type { Task } from "./job.js";

type Run = (job: number, rounds: number, length: number) => number;

export class Guest {
  private constructor(
    private readonly memory: Uint8Array,
    private readonly exports: WebAssembly.Exports,
  ) {}

  static async load(wasm: string): Promise<Guest> {
    const module = await WebAssembly.compile(readFileSync(wasm));
    const imports: Record<string, Record<string, () => number>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
    const { exports } = await WebAssembly.instantiate(module, imports);
    (exports["_initialize"] as () => void)();
    return new Guest(new Uint8Array((exports["memory"] as WebAssembly.Memory).buffer), exports);
  }

  /** Puts the input in its place; returns what runs the task for some rounds. */
  prepare({ job, input }: Task): (rounds: number) => number {
    this.memory.set(input, (this.exports["input"] as WebAssembly.Global).value as number);
    const run = this.exports["run"] as Run;
    return (rounds) => run(job, rounds, input.length);
  }
}
