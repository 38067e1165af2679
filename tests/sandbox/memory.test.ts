/** What requests of all kinds take of the memory they give back. */

import assert from "node:assert/strict";
import { it } from "node:test";
import { freeMemory, send } from "../../bench/memory/mix.js";
import { sandboxWires } from "../../bench/memory/sandbox-wire.js";
import { buildApp } from "../../host/build/app.js";
import { projectPath } from "../../host/build/project.js";
import { load } from "../../host/sandbox/index.js";

it("the heap is the same after 20,000 mixed requests as after 1,000", async () => {
  const { wasm } = await buildApp(projectPath("bench/apps/mixed"));
  const app = await load(wasm);
  const free = async (): Promise<number> => {
    app.advance({ minutes: 1 });
    assert.equal(app.connections, 0);
    return freeMemory(async (target) => (await app.fetch(target)).text);
  };
  const first = await send(sandboxWires(app), 1000, 6);
  const expected = await free();
  await send(sandboxWires(app), 20_000 - first, 6);
  assert.equal(await free(), expected);
});
