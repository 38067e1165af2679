/** The ahead-of-time compiler: built from WAMR's library against the system's LLVM, or a `wamrc` that is given. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { aotTarget, type AotTarget } from "./aot-targets.js";
import { buildWithCMake, type CMakeProject } from "./cmake.js";
import { fetchWamr } from "./firmware.js";
import { projectPath } from "./project.js";
import { Failure } from "../setup/failure.mjs";
import type { Report } from "../setup/steps.mjs";

const COMPILER: CMakeProject = {
  what: "the ahead-of-time compiler",
  source: projectPath("firmware/compiler"),
  folder: projectPath("build/compiler"),
  program: projectPath("build/aot-compiler"),
};

/** The project's own compiler. */
export const AOT_COMPILER = COMPILER.program;

const NO_LLVM = /LLVM[^)]*apt-get install [\w.-]+\)?/;

/**
 * Checks what `--wamrc` names, if anything.
 *
 * @throws {Failure} where there is no such file, or the target needs one and none is named
 */
export function checkCompiler(target: AotTarget, wamrc?: string): void {
  if (wamrc !== undefined && !existsSync(wamrc)) throw new Failure(`--wamrc ${wamrc}: no such file`);
  if (wamrc === undefined && target.needsWamrc)
    throw new Failure(
      `code for ${target.name} needs a wamrc with Espressif's LLVM: build WAMR's wamr-compiler, and name it with --wamrc PATH`,
    );
}

/**
 * Path of the compiler for a target: what `wamrc` names, or the project's own, which is built where that is due.
 *
 * @throws {Failure} where it is missing or cannot be built: for want of LLVM it says what to install
 */
export async function aotCompiler(targetName: string, wamrc: string | undefined, report: Report): Promise<string> {
  checkCompiler(aotTarget(targetName), wamrc);
  if (wamrc !== undefined) return resolve(wamrc);
  await fetchWamr(COMPILER, report);
  try {
    await buildWithCMake(COMPILER, (text) => report(`the compiler, ${text}`));
  } catch (error) {
    throw compilerFailure(error);
  }
  return AOT_COMPILER;
}

/** What a failed build of the compiler is told as: a missing LLVM is the likeliest reason, and CMake says it in many lines. */
export function compilerFailure(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  const [reason] = NO_LLVM.exec(error.details.replace(/\s+/g, " ")) ?? [];
  return reason ? new Failure(`${COMPILER.what} cannot be built: ${reason}`) : error;
}
