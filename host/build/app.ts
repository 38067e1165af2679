/** Builds an app: its folder in, one Wasm module out. */

import { fork } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { configFiles } from "./config.js";
import { projectPath } from "./project.js";
import type { CompileMessage, CompileRequest } from "./request.js";
import { Failure } from "../setup/failure.mjs";
import { fileStates, isFresh, writeStamp } from "../setup/stamp.mjs";

/** What the compiler says of its own work, and nobody can mend. */
const REMARK = /^Last converge was suboptimal\.\n/m;

export interface BuildOptions {
  /** Keeps function names and skips the optimizer; the module is then named `<name>.debug.wasm`. */
  readonly debug?: boolean;
  /** Keeps function names in the same code; the module is then named `<name>.names.wasm`. */
  readonly names?: boolean;
  /** Where the module goes; `build/apps/<name>.wasm` unless given. */
  readonly out?: string;
  /** Is told what the compiler is doing. */
  readonly onStage?: (stage: string) => void;
}

export interface BuiltApp {
  /** Path of the module. */
  readonly wasm: string;
  /** Its size. */
  readonly bytes: number;
  /** Whether it was up to date already. */
  readonly fresh: boolean;
  /** The compiler's warnings as it prints them, empty where there are none. */
  readonly warnings: string;
}

/**
 * Builds the app in `dir`, a folder anywhere with an `app.ts`. Does nothing where the module is newer than all it is
 * made from.
 *
 * @throws {Failure} where there is no app, or it does not compile: its details are the diagnostics.
 */
export async function buildApp(dir: string, options: BuildOptions = {}): Promise<BuiltApp> {
  const { debug = false, names = false, onStage } = options;
  const folder = resolve(dir);
  if (!existsSync(folder)) throw new Failure(`${dir}: no such folder`);
  if (!existsSync(join(folder, "app.ts"))) throw new Failure(`${dir}: there is no app.ts in it`);

  const kind = debug ? ".debug" : names ? ".names" : "";
  const wasm = resolve(options.out ?? projectPath(`build/apps/${basename(folder)}${kind}.wasm`));
  const stamp = `${wasm}.inputs.json`;
  const key = JSON.stringify([folder, debug, names]);
  if (existsSync(wasm) && isFresh(stamp, key)) return { wasm, bytes: statSync(wasm).size, fresh: true, warnings: "" };

  const settings = fileStates([...compilerFiles(), ...configFiles(folder)]);
  const { module, inputs, warnings } = await compile({ dir: folder, debug, names }, dir, onStage);
  mkdirSync(dirname(wasm), { recursive: true });
  const unfinished = `${wasm}.${process.pid}`;
  writeFileSync(unfinished, module);
  renameSync(unfinished, wasm);
  writeStamp(stamp, key, { ...settings, ...inputs });
  return { wasm, bytes: module.length, fresh: false, warnings };
}

/** The files that decide how an app is compiled. */
function compilerFiles(): string[] {
  const folders = ["build/host/transform", "build/host/build"].map(projectPath);
  const modules = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  return [...modules, projectPath("node_modules/assemblyscript/package.json")];
}

interface Compiled {
  readonly module: Uint8Array;
  readonly inputs: Record<string, string>;
  readonly warnings: string;
}

function compile(request: CompileRequest, shown: string, onStage?: (stage: string) => void): Promise<Compiled> {
  return new Promise((succeed, fail) => {
    const child = fork(projectPath("build/host/build/compile.js"), {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    let diagnostics = "";
    let result: CompileMessage | undefined;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (diagnostics += text));
    child.on("message", (message: CompileMessage) => {
      if (message.kind === "stage") onStage?.(message.stage);
      else result = message;
    });
    child.on("error", fail);
    child.on("close", (code) => {
      if (result?.kind === "done")
        succeed({ module: result.wasm, inputs: result.inputs, warnings: diagnostics.replace(REMARK, "") });
      else fail(new Failure(`${shown}: ${reason(result, code)}`, { details: diagnostics }));
    });
    child.send(request);
  });
}

function reason(result: CompileMessage | undefined, code: number | null): string {
  if (result?.kind === "failed") return `does not compile: ${result.reason}`;
  return `the compiler crashed (exit code ${code})`;
}
