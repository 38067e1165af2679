/** The computer that something was measured on. */

import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release } from "node:os";
import { run } from "../../host/setup/run.mjs";

export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly system: string;
  readonly kernel: string;
  readonly compiler: string;
  readonly valgrind: string;
  readonly node: string;
  /** Processes that were ready to run, in the mean of the minute before; other work spoils the rates. */
  readonly load: number;
}

export async function machine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    processors: availableParallelism(),
    system: systemName(),
    kernel: release(),
    compiler: await firstLine("cc", "--version"),
    valgrind: await firstLine("valgrind", "--version"),
    node: process.versions.node,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}

async function firstLine(program: string, option: string): Promise<string> {
  try {
    return (await run(program, [option])).output.split("\n", 1)[0] ?? "";
  } catch {
    return "missing";
  }
}
