/** The contract's exchanges in which client and server take turns, against the C host. */

import { describe, it } from "node:test";
import { scripts } from "../contract/scripts.js";
import { TcpDriver } from "../contract/tcp-driver.js";
import { serve } from "./server.js";

describe("client and server in turns", () => {
  for (const script of scripts) {
    it(script.name, async () => {
      const server = await serve(script.app);
      try {
        await script.run(new TcpDriver(server));
      } finally {
        await server.stop("SIGKILL");
      }
    });
  }
});
