/** The contract in the sandbox: each message whole, cut in two at every offset, and byte by byte. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load } from "../../host/sandbox/index.js";
import { check } from "../contract/check.js";
import { groups } from "../contract/index.js";
import { offsets } from "../contract/pieces.js";
import { SandboxDriver } from "../contract/sandbox-driver.js";

const ROOT = new URL("../../../", import.meta.url).pathname;

for (const group of groups) {
  describe(group.name, () => {
    let driver: SandboxDriver;
    before(async () => {
      driver = new SandboxDriver(await load((await buildApp(`${ROOT}${group.app}`)).wasm));
    });

    for (const test of group.cases) {
      it(test.name, async () => {
        const whole = await check(driver, test);
        for (const at of offsets(test.send.length)) {
          const cut = await check(driver, test, [test.send.slice(0, at), test.send.slice(at)]);
          assert.deepEqual(cut, whole, `cut at ${at}`);
        }
        assert.deepEqual(await check(driver, test, [...test.send]), whole, "byte by byte");
      });
    }
  });
}
