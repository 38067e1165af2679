/** What an app keeps, in the sandbox. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { Board, load, type App } from "../../host/sandbox/index.js";
import { exchanges, refused, type Exchange } from "../contract/storage.js";

const STORAGE = new URL("../../../tests/apps/storage", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(STORAGE)).wasm;
});

async function run(app: App, steps: readonly Exchange[]): Promise<void> {
  for (const { method, target, body, answer } of steps) {
    const response = await app.fetch(target, { method, ...(body === undefined ? {} : { body }) });
    assert.deepEqual([response.status, response.text], [200, answer], `${method} ${target}`);
  }
}

describe("storage", () => {
  for (const [name, steps] of Object.entries(exchanges)) {
    it(name, async () => run(await load(wasm), steps));
  }

  it("tells the room that is left", async () => {
    const app = await load(wasm);
    const before = Number((await app.fetch("/support")).text.replace("true ", ""));
    await run(app, [{ method: "PUT", target: "/long/1000?key=long", answer: "true NONE" }]);
    await run(app, [{ method: "GET", target: "/support", answer: `true ${before - 1007}` }]);
    assert.equal(app.board.storage.free, before - 1007);
  });

  for (const [access, error] of [
    ["none", "UNSUPPORTED"],
    ["denied", "DENIED"],
  ] as const) {
    it(`is ${error} where access is "${access}"`, async () => {
      const board = new Board();
      board.storage.access = access;
      const app = await load(wasm, { board });
      await run(app, refused(error));
      assert.deepEqual([app.board.storage.keys, app.log], [[], []]);
    });
  }

  it("tells that it failed", async () => {
    const app = await load(wasm);
    app.board.storage.broken = true;
    await run(app, [
      { method: "PUT", target: "/value?key=a", body: "1", answer: "false FAILED" },
      { method: "DELETE", target: "/value?key=starts", answer: "false FAILED" },
      { method: "GET", target: "/value?key=starts", answer: '"1" NONE' },
    ]);
  });

  it("goes on after a restart, and with the board to another app", async () => {
    const app = await load(wasm);
    assert.equal((await app.fetch("/starts")).text, "1");
    await app.fetch("/restart", { method: "POST" });
    assert.equal((await app.fetch("/starts")).text, "2");
    const next = await load(wasm, { board: app.board });
    assert.equal((await next.fetch("/starts")).text, "3");
  });
});

describe("a test", () => {
  it("looks at what is kept", async () => {
    const app = await load(wasm);
    await app.fetch("/value?key=name", { method: "PUT", body: "kitchen" });
    const { storage } = app.board;
    assert.deepEqual(storage.keys, ["name", "starts"]);
    assert.equal(storage.text("name"), "kitchen");
    assert.deepEqual(storage.read("starts"), new Uint8Array([0x31]));
    assert.deepEqual([storage.text("none"), storage.read("none")], [null, null]);
  });

  it("sets it up before the app starts, and changes it", async () => {
    const board = new Board();
    board.storage.write("starts", "99").write("bytes", new Uint8Array([0xff]));
    const app = await load(wasm, { board });
    assert.equal((await app.fetch("/starts")).text, "100");
    await run(app, [{ method: "GET", target: "/value?key=bytes", answer: '"\u{fffd}" NONE' }]);
    assert.equal(board.storage.remove("bytes"), true);
    assert.equal(board.storage.remove("bytes"), false);
    await run(app, [{ method: "GET", target: "/value?key=bytes", answer: "false ABSENT" }]);
  });
});
