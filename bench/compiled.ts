/** The measured apps, compiled ahead of time. */

import { aotCompiler } from "../host/build/aot-compiler.js";
import { hostTarget } from "../host/build/aot-targets.js";
import { aotPath, compileAot } from "../host/build/aot.js";
import type { BuiltApp } from "../host/build/app.js";
import { Failure } from "../host/setup/failure.mjs";
import type { Report } from "../host/setup/steps.mjs";

/** Compiles these apps; their modules by folder, none where there is no compiler to be had, with the reason reported. */
export async function compiledModules(
  apps: ReadonlySet<string>,
  built: ReadonlyMap<string, BuiltApp>,
  report: Report,
): Promise<ReadonlyMap<string, string>> {
  const target = hostTarget();
  const modules = new Map<string, string>();
  try {
    const compiler = await aotCompiler(target, undefined, report);
    for (const [app, { wasm }] of built) {
      if (!apps.has(app)) continue;
      const aot = aotPath(app, target);
      await compileAot(wasm, aot, { target, compiler, onStage: (stage) => report(`${app}, ${stage}`) });
      modules.set(app, aot);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`not measured ahead of time: ${error.message}\n`);
  }
  return modules;
}
