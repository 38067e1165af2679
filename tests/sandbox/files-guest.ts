/** Compiles tests/apps/files. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The guest's module. */
export async function filesGuest(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const stderr = asc.createMemoryStream();
  const args = [
    "tests/apps/files/guest.ts",
    "--baseDir",
    ROOT,
    "--outFile",
    "guest.wasm",
    "--runtime",
    "minimal",
    "-O1",
  ];
  const { error } = await asc.main([...args, "--exportStart", "_initialize"], {
    stderr,
    readFile: (name, baseDir) => readFile(new URL(name, `file://${baseDir}/`), "utf8").catch(() => null),
    writeFile: (name, contents) => {
      if (name === "guest.wasm" && typeof contents !== "string") wasm = contents;
    },
  });
  if (error !== null || wasm === undefined) throw new Error(`the guest does not compile:\n${stderr.toString()}`);
  return wasm;
}
