/** Starts the C host with an app on a free port, and always ends it. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { moduleOf } from "./module.js";
import { PROGRAM } from "./program.js";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** How long the server may take to start, in ms. */
const PATIENCE = 30_000;

interface Running {
  readonly child: ChildProcess;
  readonly exit: Promise<[number | null]>;
  readonly log: readonly string[];
  /** Whether a test asked it to end. */
  isStopped: boolean;
}

const servers: Running[] = [];
after(() => Promise.all(servers.map(end)));
process.once("exit", () => servers.forEach(({ child }) => child.kill("SIGKILL")));

export interface Server {
  readonly port: number;
  readonly host: string;
  /** Such as http://127.0.0.1:40123, without a slash at the end. */
  readonly url: string;
  /** Lines of its log, oldest first. */
  readonly log: readonly string[];
  /** Waits for a line of the log. */
  logged(pattern: RegExp): Promise<string>;
  /** Sends a signal and waits for the end, when the log is whole; the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Builds an app (its folder, from the project's root) and serves it until the test file ends. */
export async function serve(app: string, args: readonly string[] = []): Promise<Server> {
  const module = await moduleOf(`${ROOT}${app}`);
  const child = spawn(PROGRAM, [module, "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log: string[] = [];
  const waiting = new Set<() => void>();
  createInterface(child.stderr).on("line", (line) => {
    log.push(line);
    for (const look of [...waiting]) look();
  });
  const exit = once(child, "close") as Promise<[number | null]>;
  const running: Running = { child, exit, log, isStopped: false };
  servers.push(running);

  const url = await address(child, log);
  return {
    port: Number(new URL(url).port),
    host: new URL(url).hostname,
    url,
    log,
    logged: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => settle(() => reject(new Error(`no log line ${pattern}:\n${log.join("\n")}`))),
          PATIENCE,
        );
        const look = (): void => {
          const line = log.find((text) => pattern.test(text));
          if (line !== undefined) settle(() => resolve(line));
        };
        const settle = (done: () => void): void => {
          clearTimeout(timer);
          waiting.delete(look);
          done();
        };
        waiting.add(look);
        look();
      }),
    stop: async (signal = "SIGINT") => {
      running.isStopped = true;
      child.kill(signal);
      return (await exit)[0];
    },
  };
}

/** The address from the server's first line; what it logged where it ends before that. */
function address(child: ChildProcess, log: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`the server ${why}:\n${log.join("\n")}`));
    const timer = setTimeout(() => fail("did not start in time"), PATIENCE);
    child.once("error", (error) => fail(`cannot be run: ${error.message}`));
    child.once("close", (code) => fail(`exited with ${code}`));
    if (child.stdout === null) return fail("has no output");
    createInterface(child.stdout).on("line", (line) => {
      const url = /listening on (http:\/\/\S+)/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url.replace(/\/$/, ""));
    });
  });
}

/** @throws where the server has ended by itself: nothing that it is sent may do that */
async function end({ child, exit, log, isStopped }: Running): Promise<void> {
  const ended = child.signalCode ?? child.exitCode;
  if (ended !== null && !isStopped) throw new Error(`a server ended by itself (${ended}):\n${log.join("\n")}`);
  child.kill("SIGKILL");
  await exit;
}
