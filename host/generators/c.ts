/** `firmware/core/abi.h`: the ABI as the C host sees it. */

import {
  ABI_VERSION,
  IMPORT_MODULE,
  exports,
  fileInfo,
  groups,
  imports,
  window,
  type Call,
  type ConstantGroup,
  type Field,
  type Param,
} from "../abi.js";
import { NOTICE, docComment, sentence, snakeCase, upperCase } from "./text.js";

const COLUMNS = 100;
const FIELD_BYTES = 4;

function enumeration(group: ConstantGroup): string {
  const members = group.constants.map(
    ({ name, value, doc }) =>
      docComment([sentence(doc)], "  ", COLUMNS) + `  ABI_${upperCase(group.name)}_${name} = ${value},\n`,
  );
  return (
    docComment([group.doc], "", COLUMNS) +
    `enum abi_${snakeCase(group.name).replace(/^_/, "")} {\n${members.join("")}};\n`
  );
}

function struct(name: string, doc: string, layout: readonly Field[]): string {
  const fields = layout.map(
    ({ name, by, doc }) =>
      docComment([`${sentence(doc)} Written by the ${by}.`], "  ", COLUMNS) + `  uint32_t ${snakeCase(name)};\n`,
  );
  const asserts = layout.map((entry, index) => {
    const field = snakeCase(entry.name);
    return `_Static_assert(offsetof(struct ${name}, ${field}) == ${index * FIELD_BYTES}, "${field}");\n`;
  });
  return docComment([doc], "", COLUMNS) + `struct ${name} {\n${fields.join("")}};\n${asserts.join("")}`;
}

function parameters({ name, type }: Param): string[] {
  if (type === "i32") return [`int32_t ${name}`];
  return [`${type === "buffer" ? "const char" : "char"} *${name}`, `uint32_t ${name}_length`];
}

function prototype(call: Call): string {
  const result = call.returns === undefined ? "void" : "int32_t";
  const doc = call.returns === undefined ? [call.doc] : [call.doc, `@return ${call.returns}`];
  const list = ["wasm_exec_env_t env", ...call.params.flatMap(parameters)];
  return docComment(doc, "", COLUMNS) + `${fill(`${result} abi_${call.name}(`, list)});\n`;
}

/** A list behind its opening parenthesis, broken as clang-format does it. */
function fill(start: string, items: readonly string[]): string {
  const lines = [start];
  for (const [index, item] of items.entries()) {
    const text = index < items.length - 1 ? `${item},` : item;
    const line = lines[lines.length - 1];
    const end = index < items.length - 1 ? "" : ");";
    if (index === 0) lines[0] = line + text;
    else if (`${line} ${text}${end}`.length <= COLUMNS) lines[lines.length - 1] = `${line} ${text}`;
    else lines.push(" ".repeat(start.length) + text);
  }
  return lines.join("\n");
}

function macro(name: string, doc: string, rows: readonly string[]): string {
  return docComment([doc], "", COLUMNS) + `#define ${name}(X) \\\n${rows.map((row) => `  X(${row})`).join(" \\\n")}\n`;
}

function exportName(call: Call): string {
  return `ABI_EXPORT_${upperCase(call.name)}`;
}

/** The file's text. */
export function cHeader(): string {
  const exportRows = exports.map((call) => {
    const results = call.returns === undefined ? 0 : 1;
    return `${exportName(call)}, "${call.name}", ${call.params.length}, ${results}`;
  });
  return [
    `/* ${NOTICE} */\n`,
    "#ifndef MICROSERVER_ABI_H\n#define MICROSERVER_ABI_H\n",
    '#include <stddef.h>\n#include <stdint.h>\n\n#include "wasm_export.h"\n',
    docComment(["Version of this ABI: a guest's exported global `abi_version` must equal it."], "", COLUMNS) +
      `#define ABI_VERSION ${ABI_VERSION}\n`,
    docComment(["Module name of the imports."], "", COLUMNS) + `#define ABI_IMPORT_MODULE "${IMPORT_MODULE}"\n`,
    ...groups.map(enumeration),
    struct(
      "abi_window",
      "What host and guest tell each other beside the calls; its address is the global `window`.",
      window,
    ),
    struct("abi_file_info", "What `file_open` tells of a file.", fileInfo),
    ...imports.map(prototype),
    docComment(["The exports, to index a table of function handles."], "", COLUMNS) +
      `enum abi_export {\n${exports.map((call) => `  ${exportName(call)},\n`).join("")}  ABI_EXPORT_COUNT,\n};\n`,
    macro("ABI_EXPORTS", "The exports: X(index, name, parameters, results), all of them i32.", exportRows),
    "#endif\n",
  ].join("\n");
}
