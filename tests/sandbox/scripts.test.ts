/** The contract's exchanges in which client and server take turns, in the sandbox. */

import { describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load } from "../../host/sandbox/index.js";
import { SandboxDriver } from "../contract/sandbox-driver.js";
import { scripts } from "../contract/scripts.js";

const ROOT = new URL("../../../", import.meta.url).pathname;

describe("client and server in turns", () => {
  for (const script of scripts) {
    it(script.name, async () => {
      const { wasm } = await buildApp(`${ROOT}${script.app}`);
      await script.run(new SandboxDriver(await load(wasm)));
    });
  }
});
