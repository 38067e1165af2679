/** The virtual host, tried with a guest that has nothing but the ABI. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { load, LoadError, type App, type LoadOptions } from "../../host/sandbox/index.js";
import { echoGuest } from "./echo-guest.js";

let wasm: Uint8Array;
before(async () => {
  wasm = await echoGuest();
});

function start(options: LoadOptions = {}): Promise<App> {
  return load(wasm, options);
}

function logged(app: App): string[] {
  return app.log.map((line) => line.text);
}

describe("connections", () => {
  it("passes bytes in segments of at most the receive window", async () => {
    const c = (await start()).open().write("-".repeat(150));
    assert.equal(c.text, "-".repeat(150));
    assert.equal(c.closed, "no");
  });

  it("gives out the lowest number that is free", async () => {
    const app = await start();
    const [first] = [app.open(), app.open()];
    first?.write("C");
    app.open();
    assert.deepEqual(logged(app), ["open 0", "open 1", "open 0"]);
  });

  it("tells the end once, after the bytes before it", async () => {
    const c = (await start()).open().write("hello").end();
    assert.equal(c.text, "helloend");
    assert.equal(c.closed, "fin");
  });

  it("tells a reset, and forgets what was not read", async () => {
    const app = await start();
    const c = app.open().write("X");
    c.write("unread").reset();
    assert.deepEqual(logged(app), ["open 0", "gone 0"]);
    assert.equal(app.connections, 0);
  });

  it("closes with FIN or reset, and drops what comes later", async () => {
    const app = await start();
    const flushed = app.open().write("C");
    assert.deepEqual([flushed.write("more").text, flushed.closed], ["C", "fin"]);
    const reset = app.open().write("R");
    assert.equal(reset.closed, "reset");
  });

  it("names the peer", async () => {
    assert.equal((await start()).open({ address: "192.0.2.7" }).write("P").text, "P192.0.2.7");
  });

  it("takes as much as the window lets through, and goes on when it opens", async () => {
    const c = (await start()).open({ window: 101 }).write("F");
    assert.equal(c.take(), "F" + "f".repeat(100));
    c.window = 500;
    assert.equal(c.take().length, 500);
    c.window = 1000;
    assert.equal(c.take(), "f".repeat(400) + ".");
  });

  it("holds bytes and the end back while the guest does not read", async () => {
    const app = await start();
    const c = app.open().write("X").write("after").end();
    assert.equal(c.take(), "X");
    app.advance({ seconds: 1 });
    assert.equal(c.text, "tick 1000afterend");
  });
});

describe("room for connections", () => {
  it("gives up an idle connection for a new one", async () => {
    const app = await start({ maxConns: 2 });
    const first = app.open();
    app.open();
    const third = app.open().write("hi");
    assert.equal(first.closed, "fin");
    assert.equal(third.text, "hi");
  });

  it("refuses a connection where all are at work", async () => {
    const app = await start({ maxConns: 1 });
    const first = app.open().write("B");
    const second = app.open();
    assert.deepEqual([second.text, second.closed], ["full", "fin"]);
    assert.equal(first.write("still").text, "Bstill");
    assert.equal(app.connections, 1);
  });
});

describe("time", () => {
  it("stands still until it is moved", async () => {
    const app = await start({ startTime: new Date("2030-05-06T07:08:09.500Z"), now: 5 });
    assert.equal(app.open().write("N").text, "N5 1904281689 1904281689500");
    app.advance({ seconds: 2, ms: 600 });
    assert.equal(app.open().write("N").text, "N2605 1904281692 1904281692100");
  });

  it("keeps each deadline at its very moment", async () => {
    const app = await start();
    const c = app.open().write("T");
    app.advance({ ms: 999 });
    assert.equal(c.take(), "T");
    app.advance({ hours: 1 });
    assert.equal(c.take(), "tick 1000");
  });

  it("goes over the wrap of the monotonic clock", async () => {
    const app = await start({ now: 0xffff_ff00 });
    const c = app.open().write("T");
    app.advance({ seconds: 2 });
    assert.equal(c.take(), "Ttick 744");
    assert.equal(app.now, 2000 - 256);
  });

  it("moves by weeks", async () => {
    const app = await start();
    app.advance({ days: 60 });
    assert.equal(app.now, (60 * 86_400_000) % 2 ** 32);
  });

  it("reports a guest that never moves its deadline on", async () => {
    const c = (await start()).open();
    assert.throws(() => c.write("Z"), /deadline that has passed/);
  });
});

describe("faults", () => {
  it("lets an instance go on after an abort", async () => {
    const app = await start();
    const c = app.open().write("1").write("A");
    assert.equal(c.text, "1Afault after 2");
    assert.match(app.log.at(-1)?.text ?? "", /^as asked at tests\/apps\/echo-guest\/guest\.ts:\d+:\d+, in on_data$/);
    assert.equal(app.log.at(-1)?.level, "error");
    assert.equal(c.take() && c.write("on").text, "on");
  });

  for (const [name, command] of [
    ["a read out of bounds", "O"],
    ["a pointer out of bounds given to the host", "Q"],
    ["endless recursion", "S"],
  ] as const) {
    it(`starts a new instance after ${name}`, async () => {
      const app = await start();
      const [idle, busy, faulty] = [app.open(), app.open().write("B"), app.open()];
      faulty.write(command);
      assert.equal(faulty.text, `${command}fault after 0`);
      assert.equal(busy.closed, "reset");
      assert.equal(idle.write("on").text, "on");
      assert.equal(faulty.take() && faulty.write("on").text, "on");
      assert.equal(app.connections, 2);
    });
  }

  it("gives a connection up whose fault cannot be answered", async () => {
    const app = await start();
    const c = app.open().write("U");
    assert.equal(c.closed, "reset");
    assert.equal(app.open().write("on").text, "on");
  });

  it("resets all others where it happens while the server is ending", async () => {
    const app = await start();
    const [busy, faulty] = [app.open().write("B"), app.open().write("B")];
    app.stop();
    faulty.write("O");
    assert.deepEqual([busy.closed, faulty.text], ["reset", "BOfault after 0"]);
  });
});

describe("the guest's wishes", () => {
  it("collects after the call that asked for it", async () => {
    const app = await start();
    app.open().write("G");
    assert.deepEqual(logged(app), ["open 0", "collect"]);
  });

  it("prints routes and stops", async () => {
    const app = await start();
    const [idle, busy] = [app.open(), app.open().write("B")];
    assert.deepEqual(app.routes(), ["GET /", "GET /b"]);
    app.stop();
    assert.deepEqual([idle.closed, busy.closed], ["fin", "no"]);
    assert.throws(() => app.open(), /connection refused/);
    app.advance({ seconds: 4, ms: 999 });
    assert.equal(busy.closed, "no");
    app.advance({ hours: 1 });
    assert.equal(busy.closed, "reset");
  });
});

describe("loading", () => {
  const refused: [name: string, change: (source: string) => string, reason: RegExp][] = [
    ["another ABI version", (s) => s.replace("i32 = ABI_VERSION", "i32 = 99"), /ABI version 99/],
    ["an unknown feature", (s) => s.replace("i32 = Feature.HTTP", "i32 = 0x4001"), /features 0x4000/],
    ["a missing export", (s) => s.replace("export function on_end", "function on_end"), /export on_end is missing/],
    ["a missing global", (s) => s.replace("export const window", "const window"), /no global window/],
    ["wrong parameters", (s) => s.replace("on_timer(): void", "on_timer(x: i32): void"), /on_timer has another type/],
    [
      "an unknown import",
      (s) => `${s}\n@external("mars", "land") declare function land(): void;\nland();\n`,
      /imports mars\.land/,
    ],
    ["top-level code that fails", (s) => `${s}\nthrow new Error("no luck");\n`, /^no luck at .*guest\.ts:\d+:\d+$/],
    ["no room", (s) => s.replace("return min(maxConns, CONNECTIONS)", "return 0"), /serves 0 connections/],
  ];
  for (const [name, change, reason] of refused) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(
        load(await echoGuest(change)),
        (error) => error instanceof LoadError && reason.test(error.message),
      );
    });
  }

  it("refuses what is no module", async () => {
    await assert.rejects(load(new Uint8Array([1, 2, 3])), LoadError);
  });
});
