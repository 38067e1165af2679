/** Pins that tell their changes, in virtual time. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { Board, load, type App } from "../../host/sandbox/index.js";

const PINS = new URL("../../../tests/apps/pins", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(PINS)).wasm;
});

/** What functions were called with since the last time. */
async function told(app: App): Promise<string> {
  return (await app.fetch("/told")).text;
}

function errors(app: App): string[] {
  return app.log.filter((line) => line.level === "error").map((line) => line.text);
}

describe("a change of a pin", () => {
  it("is told at once, with the level", async () => {
    const app = await load(wasm);
    app.board.setInput(0, false);
    assert.equal(await told(app), "0 low");
    app.board.setInput(0, true);
    assert.equal(await told(app), "0 high");
  });

  it("is not told where the level stays", async () => {
    const app = await load(wasm);
    app.board.setInput(0, true).setInput(0, true);
    assert.equal(await told(app), "");
  });

  it("is not told of what was connected before", async () => {
    assert.equal(await told(await load(wasm, { board: new Board().setInput(0, false) })), "");
  });

  it("is told where it rises", async () => {
    const app = await load(wasm);
    app.board.setInput(1, true).setInput(1, false).setInput(1, true);
    assert.equal(await told(app), "1 high, 1 high");
  });

  it("is told where it falls", async () => {
    const app = await load(wasm);
    app.board.setInput(2, false).setInput(2, true).setInput(2, false);
    assert.equal(await told(app), "2 low, 2 low");
  });

  it("has an effect without a request", async () => {
    const app = await load(wasm);
    app.board.setInput(9, true);
    assert.equal(app.board.pins[20]?.level, true);
    app.board.setInput(9, false).setInput(9, true);
    assert.equal(app.board.pins[20]?.level, false);
  });

  it("keeps its order among those of other pins", async () => {
    const app = await load(wasm);
    app.board.setInput(0, false, true).setInput(1, true).setInput(0, false);
    assert.equal(await told(app), "0 low, 0 high, 1 high, 0 low");
  });
});

describe("changes that come too fast", () => {
  it("are told one by one, up to 32", async () => {
    const app = await load(wasm);
    app.board.setInput(0, false, ...Array.from({ length: 31 }, (_, i) => i % 2 === 0));
    const all = (await told(app)).split(", ");
    assert.deepEqual([all.length, all[0], all[1], all[31]], [32, "0 low", "0 high", "0 high"]);
  });

  it("are counted, and the last of them is told in any case", async () => {
    const app = await load(wasm);
    app.board.setInput(0, false, ...Array.from({ length: 100 }, (_, i) => i % 2 === 0));
    const all = (await told(app)).split(", ");
    assert.deepEqual([all.length, all[31], all[32]], [33, "0 high", "0 low -68"]);
    app.board.setInput(0, true);
    assert.equal(await told(app), "0 high");
  });

  it("are told as what is awaited of the pin", async () => {
    const app = await load(wasm);
    app.board.setInput(1, true, ...Array.from({ length: 79 }, (_, i) => i % 2 === 1));
    const all = (await told(app)).split(", ");
    assert.deepEqual([all.length, all[31], all[32]], [33, "1 high", "1 high -7"]);
  });
});

describe("debounce", () => {
  it("leaves out what a switch does until it has settled", async () => {
    const app = await load(wasm);
    app.board.setInput(3, true, false, true, false, true);
    app.advance({ ms: 19 });
    app.board.setInput(3, false, true);
    app.advance({ seconds: 1 });
    assert.equal(await told(app), "3 high");
  });

  it("tells the first change at once", async () => {
    const app = await load(wasm);
    app.board.setInput(3, true);
    assert.equal(await told(app), "3 high");
  });

  it("tells where it has settled elsewhere", async () => {
    const app = await load(wasm);
    app.board.setInput(3, true, false);
    app.advance({ ms: 19 });
    assert.equal(await told(app), "3 high");
    app.advance({ ms: 1 });
    assert.equal(await told(app), "3 low");
    app.board.setInput(3, true);
    app.advance({ ms: 20 });
    assert.equal(await told(app), "3 high");
  });

  it("tells the edge that is wanted only", async () => {
    const app = await load(wasm);
    for (let i = 0; i < 3; i++) {
      app.board.setInput(4, true, false, true);
      app.advance({ ms: 50 });
      app.board.setInput(4, false, true, false);
      app.advance({ ms: 50 });
    }
    assert.equal(await told(app), "4 high, 4 high, 4 high");
  });
});

describe("a function that waits", () => {
  it("goes on, while others are called", async () => {
    const app = await load(wasm);
    app.board.setInput(5, true).setInput(0, false);
    app.advance({ ms: 99 });
    assert.equal(await told(app), "5 high, 0 low");
    app.advance({ ms: 1 });
    assert.equal(await told(app), "5 done");
  });

  it("is called once more when it has ended, for the last change", async () => {
    const app = await load(wasm);
    app.board.setInput(5, true);
    app.advance({ ms: 50 });
    app.board.setInput(5, false, true, false);
    app.advance({ ms: 50 });
    assert.equal(await told(app), "5 high, 5 done, 5 low -2");
    app.advance({ ms: 100 });
    assert.equal(await told(app), "5 done");
    app.advance({ seconds: 5 });
    assert.equal(await told(app), "");
  });
});

describe("a function that fails", () => {
  it("is called with the next change, and others are", async () => {
    const app = await load(wasm);
    app.board.setInput(6, true, false, true).setInput(0, false);
    assert.equal(await told(app), "6, 6, 6, 0 low");
    assert.deepEqual(
      errors(app).map((text) => text.replace(/ at app.*$/, "")),
      ["no pin 6 for me", "no pin 6 for me"],
    );
  });

  it("runs out of fuel", async () => {
    const app = await load(wasm);
    app.board.setInput(7, true);
    assert.match(errors(app)[0] ?? "", /^out of fuel at app\.ts:\d+/);
    app.board.setInput(0, false);
    assert.equal(await told(app), "0 low");
  });

  it("may cost the instance: pins are watched again by top-level code", async () => {
    const app = await load(wasm);
    app.board.setInput(8, true);
    assert.match(errors(app)[0] ?? "", /out of bounds.*the app starts anew/);
    app.board.setInput(0, false);
    assert.equal(await told(app), "0 low");
  });

  it("is held after 16 in a row", async () => {
    const app = await load(wasm);
    for (let i = 0; i < 20; i++) app.board.setInput(6, true).setInput(6, false);
    app.advance({ seconds: 60 });
    assert.equal((await told(app)).split(", ").length, 40);
  });
});

describe("watching", () => {
  it("ends by cancel, and begins anew", async () => {
    const app = await load(wasm);
    await app.fetch("/watch/0", { method: "DELETE" });
    app.board.setInput(0, false);
    assert.equal(await told(app), "");
    await app.fetch("/watch/0", { method: "PUT" });
    app.board.setInput(0, true);
    assert.equal(await told(app), "again 0 high");
  });

  it("has one function a pin, the last", async () => {
    const app = await load(wasm);
    await app.fetch("/watch/0", { method: "PUT" });
    await app.fetch("/watch/3", { method: "PUT" });
    app.board.setInput(0, true).setInput(3, true).setInput(3, false);
    assert.equal(await told(app), "again 0 high, again 3 high, again 3 low");
  });

  it("ends where the pin is made something else", async () => {
    const app = await load(wasm);
    await app.fetch("/input/0", { method: "PUT" });
    app.board.setInput(0, true).setInput(0, false);
    assert.equal(await told(app), "");
    assert.equal(app.board.pins[0]?.edges, "none");
  });

  it("goes on after a restart as top-level code says", async () => {
    const app = await load(wasm);
    await app.fetch("/watch/10", { method: "PUT" });
    await app.fetch("/restart", { method: "POST" });
    app.board.setInput(10, true).setInput(0, false);
    assert.equal(await told(app), "0 low");
  });

  for (const [target, reason] of [
    ["/watch/49", "pin 49: the board has no such pin"],
    ["/watch/11", "pin 11: the host's configuration keeps it from apps"],
    ["/watch-output/12", "pin 12: it is no input"],
    ["/watch-pwm/12", "pin 12: it is no input"],
  ] as const) {
    it(`${reason}: PUT ${target}`, async () => {
      const app = await load(wasm, { board: new Board().deny(11) });
      assert.equal((await app.fetch(target, { method: "PUT" })).status, 500);
      assert.ok(app.log.at(-1)?.text.startsWith(reason), app.log.at(-1)?.text);
    });
  }
});
