/** Runs the AssemblyScript unit tests with as-pect: as many processes as there are processors, each for many files. */

import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import { findFiles } from "../../build/files.js";
import { pool } from "../../build/pool.js";
import { projectPath, root } from "../../build/project.js";
import { failure, notEmpty, type Suite } from "./outcome.js";

/** What `unit-worker.ts` says of a spec. */
export interface SpecResult {
  /** Null where the spec did not come to run. */
  readonly tests: {
    readonly passed: number;
    readonly failed: number;
    /** Whether all that is around the tests went well, too. */
    readonly whole: boolean;
  } | null;
  readonly output: string;
}

export interface WorkerOptions {
  /** The program that runs specs. */
  readonly program?: string;
  /** A spec may take this long, in ms. */
  readonly timeout?: number;
}

const PROGRAM = projectPath("build/host/cli/test/unit-worker.js");
const TIMEOUT_MS = 120_000;

/** Runs the specs of the core and of the examples. */
export async function runUnits(report: (text: string) => void): Promise<readonly Suite[]> {
  const specs = findFiles(["tests/unit", "examples"], /\.spec\.ts$/);
  return notEmpty(await runSpecs(specs, report), "unit tests");
}

/** Runs specs, given as paths of the project. One without a test, or that ends its process, has failed. */
export async function runSpecs(
  specs: readonly string[],
  report: (text: string) => void,
  options: WorkerOptions = {},
): Promise<readonly Suite[]> {
  const idle: SpecWorker[] = [];
  let done = 0;
  try {
    return await pool(specs, availableParallelism(), async (spec) => {
      const worker = idle.pop() ?? new SpecWorker(options);
      const suite = await worker.run(spec);
      if (worker.alive) idle.push(worker);
      report(`${++done} of ${specs.length} files`);
      return suite;
    });
  } finally {
    for (const worker of idle) worker.end();
  }
}

class SpecWorker {
  private readonly child: ChildProcess;
  private readonly timeout: number;
  private output = "";

  constructor({ program = PROGRAM, timeout = TIMEOUT_MS }: WorkerOptions) {
    this.child = fork(program, { cwd: root, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    this.timeout = timeout;
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
  }

  get alive(): boolean {
    return this.child.connected;
  }

  end(): void {
    this.child.kill();
  }

  run(spec: string): Promise<Suite> {
    return new Promise((resolve) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        this.child.kill("SIGKILL");
      }, this.timeout);
      const settle = (suite: Suite): void => {
        clearTimeout(timer);
        this.child.removeAllListeners("message").removeAllListeners("close");
        resolve(suite);
      };
      this.child.once("message", (result: SpecResult) => settle(suiteOf(spec, result)));
      this.child.once("close", (code, signal) => {
        const how = late ? `did not end in ${this.timeout / 1000} s` : `ended its process with ${signal ?? code}`;
        settle(failure(spec, `the spec ${how}\n${this.output}`));
      });
      this.child.send(spec);
    });
  }
}

function suiteOf(name: string, { tests, output }: SpecResult): Suite {
  if (tests === null) return failure(name, output);
  const { passed, failed, whole } = tests;
  if (passed + failed === 0) return failure(name, whole ? `there is no test in it\n${output}` : output);
  if (failed === 0 && !whole) return { name, passed, failed: 1, details: output };
  return { name, passed, failed, details: failed > 0 ? output : "" };
}
