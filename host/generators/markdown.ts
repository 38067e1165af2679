/** `docs/abi.md`: the reference. */

import {
  ABI_VERSION,
  IMPORT_MODULE,
  exports,
  fileInfo,
  globals,
  groups,
  imports,
  window,
  type Call,
  type ConstantGroup,
  type Field,
} from "../abi.js";

const FIELD_BYTES = 4;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |\n`;
  return line(head) + line(widths.map((width) => "-".repeat(width))) + rows.map(line).join("");
}

function prototype(call: Call): string {
  const params = call.params.map(({ name, type }) => (type === "i32" ? name : `${name}, ${name}Length`));
  return `${call.name}(${params.join(", ")})${call.returns === undefined ? "" : ": i32"}`;
}

function callSection(call: Call): string {
  const items = call.params.map(({ name, type, doc }) => {
    const kind = {
      i32: "",
      buffer: " (address, length; read by the host)",
      out: " (address, length; written by the host)",
    };
    return `- \`${name}\`${kind[type]}: ${doc}\n`;
  });
  if (call.returns !== undefined) items.push(`- returns ${call.returns}\n`);
  return `### \`${prototype(call)}\`\n\n${call.doc}\n${items.length > 0 ? `\n${items.join("")}` : ""}`;
}

function groupSection(group: ConstantGroup): string {
  const rows = group.constants.map(({ name, value, doc }) => [`\`${name}\``, String(value), doc]);
  return `### ${group.name}\n\n${group.doc}\n\n${table(["name", "value", "meaning"], rows)}`;
}

const preamble = `<!-- Generated from host/abi.ts by \`npm run abi\`: edit the table, not this file. -->

# The ABI

Version ${ABI_VERSION}. The guest is one WebAssembly module (the server's core and an app); the host gives it sockets, time and a log.
Every parameter and result is an i32. Imports come from the module \`${IMPORT_MODULE}\`; what AssemblyScript itself
imports (\`abort\`, \`console.log\`, …) comes from \`env\`.

## Life of a guest

1. **Load.** The host reads the globals below and looks up every export. Another version, a feature it lacks, an import it
   does not offer or an export that is missing is refused, with the name, before any code runs.
2. **Start.** The host writes \`Window.fuel\`, calls \`_initialize\`, reads \`Window.port\` and \`Window.maxConns\`, and calls
   \`boot\` with the connections it can hold. \`boot\` answers how many it serves.
3. **Serve.** For each connection: \`on_open\`, then \`on_data\`, \`on_writable\` and \`on_end\` as things happen, until the guest
   calls \`close\` or the host calls \`on_close\`; one of the two ends it, never both. \`on_timer\` comes when
   \`Window.deadline\` has passed.
4. **Stop.** \`stop\`; the host goes on serving until no connection is left, within bounds. Where the guest asked for it by
   \`device_restart\`, the machine then starts anew.

Calls never nest: no export is called while another one runs. Before each call the host writes \`Window.now\` and
\`Window.unixTime\`; after each it looks at \`Window.flags\`.

## Who owns which bytes, until when

- What \`send\` and \`log\` are given is the guest's. The host has read it when the call returns and keeps no reference.
- The receive window is the guest's memory. The host writes into it only right before \`on_data\`; the bytes are the guest's to
  change until it returns, and gone afterwards. The pad behind it is never written by the host.
- The same holds for what the file calls are given. A file that is sent never comes through guest memory.
- \`Window\` has one writer for each field. Only COLLECT in \`flags\` is cleared by the host.
- An address that leaves linear memory, or a negative length, traps the guest. A connection number that is not open is
  ignored (\`send\` answers GONE, \`peer\` 0).

## Connections and room

The guest serves the numbers 0 to n − 1, where n is the result of \`boot\`. When all are taken and another peer waits, the host
calls \`reclaim\`; where that frees nothing it accepts, and hands the connection over by \`on_refuse\` under the number n.

## Files

Paths lead from one root down; an empty segment, \`.\`, \`..\`, a backslash, a NUL and any symbolic link on the way are FORBIDDEN.
A guest may have 16 files open, beside those that are being sent. A call that aborts loses the files that were opened in it, and
a new instance starts without any; a connection that is in the middle of a file is reset then.

## After a trap

- **\`abort\`** (a failed assertion, \`throw\`, no fuel, no memory): the instance is whole. The host logs message, file and line and
  calls \`on_fault\` with the connection that was served, or with -1 where the call was for none.
- **Any other trap** (out of bounds, stack overflow, unreachable, division by zero): the instance may be torn. The host asks it
  \`is_idle\` for each other connection, makes a new instance (\`_initialize\`, \`boot\`), calls \`on_open\` for the idle ones and for
  the one that was served, and \`on_fault\` for that one. The rest is closed by a reset.
- A trap in \`on_fault\` closes its connection; where it was for none, the app starts anew. Code that traps at each restart ends the host.
`;

function layoutTable(layout: readonly Field[]): string {
  const rows = layout.map(({ name, by, doc }, index) => [String(index * FIELD_BYTES), `\`${name}\``, by, doc]);
  return table(["offset", "field", "written by", "meaning"], rows);
}

/** The file's text. */
export function reference(): string {
  const globalRows = globals.map(({ name, doc }) => [`\`${name}\``, doc]);
  return [
    preamble,
    `## Globals\n\nImmutable i32 exports of the guest.\n\n${table(["name", "meaning"], globalRows)}`,
    `## Window\n\nThe struct at the exported global \`window\`: u32 fields, little-endian.\n\n` + layoutTable(window),
    `## FileInfo\n\nThe struct that \`file_open\` writes: u32 fields, little-endian, at any address.\n\n` +
      layoutTable(fileInfo),
    `## Imports: what the host offers\n`,
    ...imports.map(callSection),
    `## Exports: what the guest offers\n`,
    ...exports.map(callSection),
    `## Constants\n`,
    ...groups.map(groupSection),
  ].join("\n");
}
