/** What the MicroPython MicroServer does, row by row, against the C host: the rows in which sockets matter. */

import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ORIGINAL, rows } from "../contract/original/index.js";
import { TcpDriver } from "../contract/tcp-driver.js";
import { serve } from "./server.js";

const ROOT = new URL("../../../", import.meta.url).pathname;

describe("the MicroPython MicroServer, row by row", () => {
  for (const row of rows.filter((row) => row.run !== undefined)) {
    it(`row ${row.row}: ${row.name}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "microserver-original-"));
      await cp(`${ROOT}${ORIGINAL}/www`, join(folder, "www"), { recursive: true });
      const server = await serve(ORIGINAL, ["--root", folder]);
      try {
        await row.run?.(new TcpDriver(server));
      } finally {
        await server.stop("SIGKILL");
        await rm(folder, { recursive: true });
      }
    });
  }
});
