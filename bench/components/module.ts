/** Builds the guest that runs parts of the server: bench/apps/components, without an app's protection of its loops. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import asc from "assemblyscript/asc";
import { aotCompiler } from "../../host/build/aot-compiler.js";
import { compileAot } from "../../host/build/aot.js";
import { hostTarget } from "../../host/build/aot-targets.js";
import { projectPath, root } from "../../host/build/project.js";
import MicroServerTransform from "../../host/transform/index.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Report } from "../../host/setup/steps.mjs";

const ENTRY = "bench/apps/components/guest.ts";
const WASM = projectPath("build/bench/components.wasm");
const OPTIONS = ["--runtime", "stub", "--initialMemory", "8", "--maximumMemory", "8", "-O3", "--shrinkLevel", "2"];

/** Paths of the module and of what it is compiled to ahead of time. */
export interface Modules {
  readonly wasm: string;
  readonly aot: string;
}

/** @throws {Failure} where it does not compile, or LLVM is missing */
export async function buildComponents(report: Report): Promise<Modules> {
  report("compiling");
  await compileComponents();
  const target = hostTarget();
  const aot = WASM.replace(/wasm$/, "aot");
  await compileAot(WASM, aot, { target, compiler: await aotCompiler(target, undefined, report), onStage: report });
  return { wasm: WASM, aot };
}

/**
 * The module's path.
 *
 * @throws {Failure} where it does not compile
 */
export async function compileComponents(): Promise<string> {
  const stderr = asc.createMemoryStream();
  let wasm: Uint8Array | undefined;
  const args = [ENTRY, "--baseDir", root, "--outFile", "components.wasm", "--path", projectPath("node_modules")];
  const { error } = await asc.main([...args, "--exportStart", "_initialize", "--noColors", ...OPTIONS], {
    stderr,
    readFile: (name) => readIfPresent(projectPath(name)),
    writeFile: (_name, contents) => void (wasm = contents as Uint8Array),
    transforms: [MicroServerTransform] as unknown as asc.Transform[],
  });
  if (error !== null || wasm === undefined) throw new Failure(`${ENTRY} does not compile`, { details: String(stderr) });
  mkdirSync(dirname(WASM), { recursive: true });
  writeFileSync(WASM, wasm);
  return WASM;
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
