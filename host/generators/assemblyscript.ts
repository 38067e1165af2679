/** `assembly/abi/index.ts`: the ABI as the guest sees it. */

import {
  ABI_VERSION,
  IMPORT_MODULE,
  fileInfo,
  groups,
  imports,
  window,
  type Call,
  type ConstantGroup,
  type Field,
  type Param,
} from "../abi.js";
import { NOTICE, docComment, sentence } from "./text.js";

const COLUMNS = 120;

function enumeration(group: ConstantGroup): string {
  const members = group.constants.map(
    ({ name, value, doc }) => docComment([sentence(doc)], "  ", COLUMNS) + `  ${name} = ${value},\n`,
  );
  return docComment([group.doc], "", COLUMNS) + `export const enum ${group.name} {\n${members.join("")}}\n`;
}

function struct(name: string, doc: string, layout: readonly Field[]): string {
  const fields = layout.map(
    ({ name, by, doc }) =>
      docComment([`${sentence(doc)} Written by the ${by}.`], "  ", COLUMNS) + `  ${name}: u32 = 0;\n`,
  );
  return docComment([doc], "", COLUMNS) + `@unmanaged\nexport class ${name} {\n${fields.join("")}}\n`;
}

function parameters({ name, type }: Param): string[] {
  return type === "i32" ? [`${name}: i32`] : [`${name}: usize`, `${name}Length: i32`];
}

function importDeclaration(call: Call): string {
  const doc = [
    call.doc,
    ...call.params.map(({ name, doc }) => `@param ${name} ${doc}`),
    ...(call.returns === undefined ? [] : [`@returns ${call.returns}`]),
  ];
  const result = call.returns === undefined ? "void" : "i32";
  return (
    docComment(doc, "", COLUMNS) +
    `// @ts-ignore: decorator\n@external("${IMPORT_MODULE}", "${call.name}")\n` +
    `export declare function ${call.name}(${call.params.flatMap(parameters).join(", ")}): ${result};\n`
  );
}

/** The file's text. */
export function assemblyScript(): string {
  return [
    `// ${NOTICE}\n`,
    docComment(["Version of the ABI that this guest is made for; exported as `abi_version`."], "", COLUMNS) +
      `export const ABI_VERSION: i32 = ${ABI_VERSION};\n`,
    ...groups.map(enumeration),
    struct(
      "Window",
      "What host and guest tell each other beside the calls; its address is the exported global `window`.",
      window,
    ),
    struct("FileInfo", "What `file_open` tells of a file.", fileInfo),
    ...imports.map(importDeclaration),
  ].join("\n");
}
