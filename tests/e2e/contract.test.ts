/** The contract against the C host, over TCP. */

import { before, describe, it } from "node:test";
import { check } from "../contract/check.js";
import { groups } from "../contract/index.js";
import { TcpDriver } from "../contract/tcp-driver.js";
import { serve } from "./server.js";

for (const group of groups) {
  describe(group.name, () => {
    let driver: TcpDriver;
    before(async () => {
      driver = new TcpDriver(await serve(group.app));
    });

    for (const test of group.cases) it(test.name, () => check(driver, test).then(() => undefined));
  });
}
