/** Handlers that fail, in the sandbox. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type App } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";
import { checkFault, faults, lineOf } from "../contract/faults.js";
import { SandboxDriver } from "../contract/sandbox-driver.js";

const KITCHEN = new URL("../../../tests/apps/kitchen", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(KITCHEN)).wasm;
});

/** The errors that the app has logged. */
function errors(app: App): string[] {
  return app.log.filter((line) => line.level === "error").map((line) => line.text);
}

describe("a handler's fault costs its own request", () => {
  for (const fault of faults) {
    it(fault.path, async () => {
      const app = await load(wasm);
      await checkFault(new SandboxDriver(app), fault);
      const [line, ...others] = errors(app);
      assert.match(line ?? "", fault.reason);
      if (fault.located) assert.match(line ?? "", new RegExp(` (at|near) app\\.ts:${await lineOf(fault)}\\b`));
      assert.deepEqual(others, []);
    });
  }

  for (const path of ["/allocate", "/exhaust"]) {
    it(`memory that is used up by ${path}`, async () => {
      const app = await load(wasm);
      for (let i = 0; i < 3; i++) {
        assert.equal((await app.fetch(path)).status, 503);
        assert.equal((await app.fetch("/hello")).status, 200);
      }
    });
  }
});

describe("a refusal for want of memory has content where the request before it was HEAD", () => {
  for (const [name, segments] of [["half a line end", [`${request("HEAD", "/exhaust")}\r`]]] as const) {
    it(name, async () => {
      const app = await load(wasm);
      const c = app.open();
      for (const segment of segments) c.write(segment);
      const head = parseResponse(c.output, { method: "HEAD" });
      assert.equal(head?.response.status, 503);
      const refusal = parseResponse(c.output.subarray(head.length), { ended: true });
      assert.deepEqual([refusal?.response.status, c.closed], [503, "fin"]);
    });
  }
});

describe("memory that runs out while text is decoded", () => {
  for (const size of [3500, 3750, 4000, 4250]) {
    it(`of ${size} bytes is not lost`, async () => {
      const app = await load(wasm);
      const target = `/files/%41${"x".repeat(size)}`;
      const { status } = await app.fetch(target);
      for (let i = 0; i < 60; i++) assert.equal((await app.fetch(target)).status, status, `request ${i}`);
    });
  }
});

describe("a fault while a fault is answered", () => {
  it("leaves nothing of the connection to the next one of its number", async () => {
    const app = await load(wasm);
    const text = request("GET", "/exhaust");
    const c = app.open({ window: 10 }).write(text.slice(0, 20)).write(text.slice(20));
    assert.equal(c.closed, "reset");
    assert.match(errors(app).at(-1) ?? "", /in on_fault$/);
    assert.equal((await app.fetch("/users/7")).text, "id 7");
    assert.equal(app.connections, 0);
  });
});

describe("faults again and again", () => {
  for (const [path, status] of [
    ["/abort", 500],
    ["/read", 500],
    ["/loop", 500],
    ["/allocate", 503],
  ] as const) {
    it(path, async () => {
      const app = await load(wasm);
      for (let i = 0; i < 300; i++) assert.equal((await app.fetch(path)).status, status, `request ${i}`);
      assert.equal((await app.fetch("/users/7")).text, "id 7");
      assert.equal(app.connections, 0);
    });
  }
});
