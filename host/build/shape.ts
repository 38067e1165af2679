/**
 * Shapes an optimized module for WAMR's fast interpreter, which translates all code into RAM when it loads a module:
 * fewer functions, as each costs 130 bytes there, and conditions as jumps (`branches.ts`).
 */

import binaryen from "assemblyscript/binaryen";
import { writeBranches } from "./branches.js";

/** What the compiler uses of WebAssembly, and WAMR has. */
const { MutableGlobals, SignExt, NontrappingFPToInt, BulkMemory, BulkMemoryOpt } = binaryen.Features;
const FEATURES = MutableGlobals | SignExt | NontrappingFPToInt | BulkMemory | BulkMemoryOpt;
/** Largest function that is put into its only caller: all of them. */
const ONLY_CALLER = 100_000;
/** Largest function that is put into all of its callers, in expressions: about what calls and function cost. */
const ALL_CALLERS = 5;

/** @param names whether function names are kept */
export function shapeForInterpreter(wasm: Uint8Array, names: boolean): Uint8Array {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(FEATURES);
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(2);
  binaryen.setDebugInfo(names);
  binaryen.setOneCallerInlineMaxSize(ONLY_CALLER);
  binaryen.setAlwaysInlineMaxSize(ALL_CALLERS);
  binaryen.setFlexibleInlineMaxSize(ALL_CALLERS);
  module.runPasses(["inlining-optimizing"]);
  writeBranches(binaryen, module);
  return module.emitBinary();
}
