/** Compiles tests/apps/echo-guest, as it is or changed. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const FILE = "tests/apps/echo-guest/guest.ts";

/** The guest's module; `change` may alter its source first. */
export async function echoGuest(change: (source: string) => string = (source) => source): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [FILE, "--baseDir", ROOT, "--outFile", "guest.wasm", "--runtime", "minimal", "-O1", "--exportStart", "_initialize"],
    {
      stderr,
      readFile: async (name, baseDir) => {
        const text = await readFile(new URL(name, `file://${baseDir}/`), "utf8").catch(() => null);
        return text !== null && name === FILE ? change(text) : text;
      },
      writeFile: (name, contents) => {
        if (name === "guest.wasm" && typeof contents !== "string") wasm = contents;
      },
    },
  );
  if (error !== null || wasm === undefined) throw new Error(`the echo guest does not compile:\n${stderr.toString()}`);
  return wasm;
}
