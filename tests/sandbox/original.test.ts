/** What the MicroPython MicroServer does, row by row, in the sandbox. */

import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load } from "../../host/sandbox/index.js";
import { ORIGINAL, rows } from "../contract/original/index.js";
import { SandboxDriver } from "../contract/sandbox-driver.js";

const ROOT = new URL("../../../", import.meta.url).pathname;

describe("the MicroPython MicroServer, row by row", () => {
  let wasm: string;
  before(async () => {
    wasm = (await buildApp(`${ROOT}${ORIGINAL}`)).wasm;
  });

  for (const row of rows) {
    it(`row ${row.row}: ${row.name}`, async () => {
      const start = (): ReturnType<typeof load> => load(wasm, { root: `${ROOT}${ORIGINAL}` });
      await row.run?.(new SandboxDriver(await start()));
      await row.sandbox?.(await start());
    });
  }
});
