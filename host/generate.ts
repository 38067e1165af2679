/**
 * Writes the files that follow from the table in `abi.ts`: the guest's declarations, the host's C header and the
 * reference. With `--check` it writes nothing and fails where a file has drifted from the table.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assemblyScript } from "./generators/assemblyscript.js";
import { cHeader } from "./generators/c.js";
import { cNatives } from "./generators/c-natives.js";
import { reference } from "./generators/markdown.js";

const outputs: Readonly<Record<string, () => string>> = {
  "assembly/abi/index.ts": assemblyScript,
  "firmware/core/abi.h": cHeader,
  "firmware/core/abi_natives.h": cNatives,
  "docs/abi.md": reference,
};

/** Resolves a path of the project; this module runs as `build/host/generate.js`. */
function projectPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(projectPath(path), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

const args = process.argv.slice(2);
const check = args[0] === "--check";
if (args.length > (check ? 1 : 0)) {
  console.error("usage: node build/host/generate.js [--check]");
  process.exit(2);
}

const drifted = Object.entries(outputs).filter(([path, generate]) => readIfPresent(path) !== generate());
for (const [path, generate] of drifted) {
  if (check) console.error(`${path} differs from host/abi.ts: run npm run abi`);
  else writeFileSync(projectPath(path), generate());
}
if (check && drifted.length > 0) process.exitCode = 1;
