/** The C host as a process of its own. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { HOST_PROGRAM } from "../host/build/firmware.js";
import { Failure } from "../host/setup/failure.mjs";

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class HostProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly output: { stdout: string; stderr: string },
  ) {}

  /**
   * Serves a module on a free port.
   *
   * @param wrapper a program and its arguments that runs the host, nothing to run it directly
   * @throws {Failure} where it ends before it listens, with its output as details
   */
  static async start(wasm: string, wrapper: readonly string[] = []): Promise<HostProcess> {
    const [program = HOST_PROGRAM, ...args] = [...wrapper, HOST_PROGRAM, wasm, "--port", "0"];
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    child.on("close", () => running.delete(child));
    const output = { stdout: "", stderr: "" };
    await new Promise<void>((succeed, fail) => {
      child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output.stdout += text;
        if (output.stdout.includes("\n")) succeed();
      });
      child.on("error", (error) => fail(new Failure(`${program} cannot be started: ${error.message}`)));
      child.on("close", () => fail(new Failure("the C host did not start: see above", { details: output.stderr })));
    });
    return new HostProcess(child, output);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get port(): number {
    return Number(/:(\d+)\n/.exec(this.output.stdout)?.[1]);
  }

  /** Ends it as Ctrl-C does. Returns what it wrote to stderr. */
  async stop(): Promise<string> {
    if (running.has(this.child)) {
      this.child.kill("SIGTERM");
      await once(this.child, "close");
    }
    return this.output.stderr;
  }
}

/** Makes a signal that ends this process end those that it started too. */
export function endWithSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
