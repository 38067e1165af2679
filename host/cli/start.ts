/** `npm start`: builds what has changed, then serves an app until it is interrupted. */

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { buildFirmware, HOST_PROGRAM } from "../build/firmware.js";
import { Failure } from "../setup/failure.mjs";
import type { Steps } from "../setup/steps.mjs";
import { checkAbi } from "./abi.js";
import { aotStep, buildStep } from "./build.js";

/** Flags that the C host takes. */
export interface StartOptions {
  readonly port?: string;
  readonly host?: string;
  /** The app's own folder where it is not given. */
  readonly root?: string;
  /** File of what the app keeps. */
  readonly storage?: string;
  readonly board?: string;
  /** FIFO that drives the board. */
  readonly control?: string;
  readonly maxConns?: string;
}

/** A terminal and npm may both pass on the same Ctrl-C: signals this close in time, in ms, are one. */
const SAME_SIGNAL_MS = 250;

/** How the module is built. */
export interface ModuleOptions {
  /** Whether it is compiled ahead of time. */
  readonly aot?: boolean;
  /** A compiler for that, the project's own where it is not given. */
  readonly wamrc?: string;
}

/** @returns the exit code of the C host */
export async function start(app: string, all: StartOptions & ModuleOptions, steps: Steps): Promise<number> {
  const { aot, wamrc, ...options } = all;
  await checkAbi();
  await buildFirmware(steps);
  const module = aot ? (await aotStep(app, { wamrc }, steps)).aot : (await buildStep(app, {}, steps)).wasm;
  const flags = Object.entries({ root: app, ...options }).flatMap(([name, value]) => [flagOf(name), String(value)]);
  return serve([module, "--routes", ...flags]);
}

function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Runs the C host in a process group of its own, so that it gets each signal from here, and once. */
function serve(args: readonly string[]): Promise<number> {
  return new Promise((succeed, fail) => {
    let last = -Infinity;
    const pass = (signal: NodeJS.Signals): void => {
      const now = performance.now();
      if (now - last >= SAME_SIGNAL_MS) host.kill(signal);
      last = now;
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    const end = (): void => signals.forEach((signal) => process.off(signal, pass));
    // Before the host starts: a signal that came in between would end this process and leave the host alone.
    for (const signal of signals) process.on(signal, pass);
    const host = spawn(HOST_PROGRAM, args, { stdio: "inherit", detached: true });
    process.on("exit", () => host.kill());
    host.on("error", (error) => {
      end();
      fail(new Failure(`the C host cannot be started: ${error.message}`));
    });
    host.on("close", (code, signal) => {
      end();
      succeed(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
