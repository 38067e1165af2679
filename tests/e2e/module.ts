/** The form of module that is under test: `.wasm`, or compiled ahead of time where `MICROSERVER_MODULES` is "aot". */

import { AOT_COMPILER } from "../../host/build/aot-compiler.js";
import { hostTarget } from "../../host/build/aot-targets.js";
import { aotPath, compileAot } from "../../host/build/aot.js";
import { buildApp } from "../../host/build/app.js";

/** Whether modules are compiled ahead of time. */
export const isAot = process.env.MICROSERVER_MODULES === "aot";

/** Builds an app; the path of its module. */
export async function moduleOf(dir: string): Promise<string> {
  const { wasm } = await buildApp(dir);
  return inForm(wasm, aotPath(dir, hostTarget()));
}

/** A module in the form under test; the path of that, which is `aot` where it has to be compiled. */
export async function inForm(wasm: string, aot = wasm.replace(/\.wasm$/, ".aot")): Promise<string> {
  if (!isAot) return wasm;
  await compileAot(wasm, aot, { target: hostTarget(), compiler: AOT_COMPILER });
  return aot;
}
