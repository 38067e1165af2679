/** Modules of an app that are made to be measured: a few bytes more than the real one. */

import { readFileSync } from "node:fs";
import binaryen from "assemblyscript/binaryen";
import { Failure } from "../setup/failure.mjs";

/** What the heap counts bytes in use by, and the names by which a probe exports that (`used` in `assembly/runtime/heap.ts`). */
export const HEAP_COUNTS = ["usedThen", "top", "due"] as const;
const HEAP = "~lib/microserver/runtime/heap/";

/** The module, which traps when the host asks it for its routes: its instance is then made anew. */
export function trapping(wasm: string): Uint8Array {
  const module = read(wasm);
  module.addFunction("trap", binaryen.none, binaryen.none, [], module.unreachable());
  module.removeExport("print_routes");
  module.addFunctionExport("trap", "print_routes");
  return binary(module);
}

/**
 * The module, which exports what its heap counts bytes in use by.
 *
 * @param wasm built with names
 */
export function counting(wasm: string): Uint8Array {
  const module = read(wasm);
  for (const name of HEAP_COUNTS) {
    const global = HEAP + name;
    if (!module.getGlobal(global)) throw new Failure(`${wasm} has no global ${global}: it is not built with names`);
    module.addGlobalExport(global, name);
  }
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
