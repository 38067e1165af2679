/** Compiles guests that are made to try the host: the one in `guests/`, and empty ones that break the ABI. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import asc from "assemblyscript/asc";
import { exports, globals, type Call } from "../../host/abi.js";
import { inForm } from "./module.js";

const ROOT = new URL("../../../", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "microserver-guest-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes a file into the folder of the compiled guests; its path. */
export function writeTemporary(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function compile(name: string, entry: string, sources: Readonly<Record<string, string>>): Promise<string> {
  let module: Uint8Array | undefined;
  const args = [entry, "--outFile", "guest.wasm", "--runtime", "minimal", "--optimize"];
  const { error } = await asc.main([...args, "--exportStart", "_initialize"], {
    readFile: (path) => sources[path] ?? readIfPresent(join(ROOT, path)),
    writeFile: (_path, content) => void (module = Buffer.from(content)),
    listFiles: () => [],
    stdout: process.stderr,
    stderr: process.stderr,
  });
  if (error !== null || module === undefined) throw new Error(`${entry} does not compile`);
  return inForm(writeTemporary(name, module));
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** The guest of `guests/guest.ts`; the path of its module. */
export function compileGuest(): Promise<string> {
  return compile("guest.wasm", "tests/e2e/guests/guest.ts", {});
}

function emptyFunction({ name, params, returns }: Call): string {
  const list = params.map((param) => `${param.name}: i32`).join(", ");
  return returns === undefined
    ? `export function ${name}(${list}): void {}\n`
    : `export function ${name}(${list}): i32 { return 1; }\n`;
}

/** A guest that has all of the ABI and does nothing, changed by one replacement in its text; the path of its module. */
export function compileEmptyGuest(name: string, pattern: string | RegExp, replacement: string): Promise<string> {
  const source = [
    "const space: usize = memory.data(64, 8);\n",
    "store<u32>(space + 20, <u32>space);\nstore<u32>(space + 24, 16);\n",
    ...globals.map(({ name, value }) => `export const ${name}: i32 = ${name === "window" ? "<i32>space" : value};\n`),
    ...exports.filter((call) => call.name !== "_initialize").map(emptyFunction),
  ].join("");
  const changed = source.replace(pattern, replacement);
  if (changed === source && pattern !== replacement) throw new Error(`nothing to replace: ${pattern}`);
  return compile(`${name}.wasm`, "empty.ts", { "empty.ts": changed });
}
