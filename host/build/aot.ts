/** Builds an app's ahead-of-time compiled module: its folder in, machine code in an `.aot` file out. */

import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { buildApp, type BuiltApp } from "./app.js";
import { aotCompiler } from "./aot-compiler.js";
import { textRelocations } from "./aot-file.js";
import { aotTarget, hostTarget, type AotTarget } from "./aot-targets.js";
import { projectPath } from "./project.js";
import { Failure } from "../setup/failure.mjs";
import { run } from "../setup/run.mjs";
import { fileStates, isFresh, writeStamp } from "../setup/stamp.mjs";

export interface AotOptions {
  /** Name of the target, this computer's where it is not given. */
  readonly target?: string;
  /** A `wamrc` to compile with, the project's own compiler where it is not given. */
  readonly wamrc?: string;
  /** Is told what is being done. */
  readonly onStage?: (stage: string) => void;
}

export interface BuiltAot extends BuiltApp {
  /** Path of the compiled module. */
  readonly aot: string;
  /** Its size; `bytes` is that of the `.wasm`. */
  readonly aotBytes: number;
}

/**
 * Builds the app in `dir` and compiles its module: `build/apps/<name>.aot`, with the target's name in it where that is
 * another than this computer's. Does nothing where that is up to date.
 *
 * @throws {Failure} where the app does not compile, the compiler is missing, or the target cannot run the code
 */
export async function buildAot(dir: string, options: AotOptions = {}): Promise<BuiltAot> {
  const { target = hostTarget(), wamrc, onStage = () => undefined } = options;
  const compiler = await aotCompiler(target, wamrc, onStage);
  const built = await buildApp(dir, { onStage });
  const aot = aotPath(dir, target);
  const fresh = await compileAot(built.wasm, aot, { target, compiler, onStage });
  return { ...built, fresh: fresh && built.fresh, aot, aotBytes: statSync(aot).size };
}

/** Where the compiled module of the app in `dir` goes. */
export function aotPath(dir: string, target: string): string {
  const kind = target === hostTarget() ? "" : `.${target}`;
  return projectPath(`build/apps/${basename(resolve(dir))}${kind}.aot`);
}

export interface CompileOptions {
  readonly target: string;
  /** Path of the compiler. */
  readonly compiler: string;
  readonly onStage?: (stage: string) => void;
}

/**
 * Compiles a module for a target, unless `aot` was made of the same.
 *
 * @returns whether it was up to date already
 * @throws {Failure} where it does not compile, or the target cannot run the code
 */
export async function compileAot(wasm: string, aot: string, options: CompileOptions): Promise<boolean> {
  const { compiler, onStage } = options;
  const target = aotTarget(options.target);
  const stamp = `${aot}.inputs.json`;
  const key = JSON.stringify([compiler, target.flags]);
  if (existsSync(aot) && isFresh(stamp, key)) return true;

  const states = fileStates([wasm, compiler]);
  onStage?.(`compiling for ${target.name}`);
  const folder = mkdtempSync(join(dirname(aot), ".aot-"));
  try {
    const unfinished = join(folder, basename(aot));
    await runCompiler(compiler, [...target.flags, "-o", unfinished, wasm], folder);
    checkInPlace(target, unfinished);
    renameSync(unfinished, aot);
  } finally {
    rmSync(folder, { recursive: true });
  }
  writeStamp(stamp, key, states);
  return false;
}

/** Runs it in a folder of its own, where it leaves files of its work. */
async function runCompiler(compiler: string, args: readonly string[], folder: string): Promise<void> {
  const { code, output } = await run(compiler, [...args], { cwd: folder });
  if (code === 0 && existsSync(args[args.indexOf("-o") + 1] ?? "")) return;
  throw new Failure("the module does not compile ahead of time: see above", { details: output });
}

/** What would have to be changed in flash before it runs is found here, not on the chip. */
function checkInPlace(target: AotTarget, aot: string): void {
  if (!target.inPlace) return;
  const symbols = textRelocations(readFileSync(aot));
  if (symbols.length === 0) return;
  throw new Failure(
    `the code for ${target.name} cannot run in flash: it refers to ${symbols.join(", ")}; avoid the operation that needs it, or use the .wasm`,
  );
}
