/** `firmware/core/abi_natives.h`: the imports in the form that costs WAMR least, which is not that of a C call. */

import { imports, type Call } from "../abi.js";
import { NOTICE, docComment } from "./text.js";

const COLUMNS = 100;

/** WAMR's signature: `*~` is an address and a length that the runtime checks against linear memory. */
function signature({ params, returns }: Call): string {
  return `(${params.map(({ type }) => (type === "i32" ? "i" : "*~")).join("")})${returns === undefined ? "" : "i"}`;
}

/** The arguments of the C function: an i32 is one value, a buffer two, of which WAMR made pointer and length. */
function args({ params }: Call): string[] {
  const list = ["env"];
  for (const { type } of params) {
    const next = `values[${list.length - 1}]`;
    if (type === "i32") list.push(`(int32_t)${next}`);
    else list.push(`(void *)(uintptr_t)${next}`, `(uint32_t)values[${list.length}]`);
  }
  return list;
}

function native(call: Call): string {
  const expression = `abi_${call.name}(${args(call).join(", ")});`;
  const isUnused = call.params.length === 0 && call.returns === undefined;
  return [
    `static void native_${call.name}(wasm_exec_env_t env, uint64_t *values) {\n`,
    isUnused ? "  (void)values;\n" : "",
    call.returns === undefined ? `  ${expression}\n` : `  values[0] = (uint32_t)${expression}\n`,
    "}\n",
  ].join("");
}

/** The file's text. */
export function cNatives(): string {
  const rows = imports.map((call) => `  X(native_${call.name}, "${call.name}", "${signature(call)}")`);
  return [
    `/* ${NOTICE} */\n`,
    "#ifndef MICROSERVER_ABI_NATIVES_H\n#define MICROSERVER_ABI_NATIVES_H\n",
    '#include "abi.h"\n',
    docComment(["The imports as WAMR calls them: `values` holds the arguments, and then the result."], "", COLUMNS) +
      "/* clang-format off */\n",
    ...imports.map(native),
    docComment(["The imports: X(function, name, WAMR signature)."], "", COLUMNS) +
      `#define ABI_NATIVES(X) \\\n${rows.join(" \\\n")}\n`,
    "/* clang-format on */\n",
    "#endif\n",
  ].join("\n");
}
