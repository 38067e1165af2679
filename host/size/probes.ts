/** Modules of an app that are made to be measured: a few bytes more than the real one. */

import { readFileSync } from "node:fs";
import binaryen from "assemblyscript/binaryen";
import { Failure } from "../setup/failure.mjs";

/** The heap's own count of bytes in use (`assembly/runtime/heap.ts`). */
const USED = "~lib/microserver/runtime/heap/used";
/** The name by which a probe exports it. */
export const USED_EXPORT = "used";

/** The module, which traps when the host asks it for its routes: its instance is then made anew. */
export function trapping(wasm: string): Uint8Array {
  const module = read(wasm);
  module.addFunction("trap", binaryen.none, binaryen.none, [], module.unreachable());
  module.removeExport("print_routes");
  module.addFunctionExport("trap", "print_routes");
  return binary(module);
}

/**
 * The module, which exports how many bytes of its heap are in use.
 *
 * @param wasm built with names
 */
export function counting(wasm: string): Uint8Array {
  const module = read(wasm);
  if (!module.getGlobal(USED)) throw new Failure(`${wasm} has no global ${USED}: it is not built with names`);
  module.addGlobalExport(USED, USED_EXPORT);
  return binary(module);
}

function read(wasm: string): binaryen.Module {
  const module = binaryen.readBinary(readFileSync(wasm));
  module.setFeatures(binaryen.Features.All);
  return module;
}

function binary(module: binaryen.Module): Uint8Array {
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
