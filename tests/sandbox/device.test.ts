/** The device calls on the simulated board, in virtual time. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { Board, load, type App, type LoadOptions } from "../../host/sandbox/index.js";
import { mortalSource, rawLines, rawSource, refusals, restlessSource, tells } from "../contract/device.js";
import { echoGuest } from "./echo-guest.js";

const DEVICE = new URL("../../../tests/apps/device", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(DEVICE)).wasm;
});

function start(options: LoadOptions = {}): Promise<App> {
  return load(wasm, options);
}

async function text(app: App, target: string, method = "GET"): Promise<string> {
  const response = await app.fetch(target, { method });
  assert.equal(response.status, 200, app.log.at(-1)?.text);
  return response.text;
}

function lines(app: App, pattern: RegExp): string[] {
  return app.log.map((line) => line.text).filter((line) => pattern.test(line));
}

describe("a mistake is told, and costs its request", () => {
  for (const [method, target, reason] of refusals) {
    it(`${reason}: ${method} ${target}`, async () => {
      const app = await start({ board: new Board().deny(6) });
      assert.equal((await app.fetch(target, { method })).status, 500);
      assert.equal(app.log.at(-1)?.level, "error");
      assert.ok(tells(app.log.at(-1)?.text ?? "", reason), app.log.at(-1)?.text);
    });
  }

  it("calls that the library does not make", async () => {
    const app = await load(await echoGuest((source) => source + rawSource));
    assert.deepEqual(lines(app, /./), rawLines);
  });
});

describe("an output", () => {
  it("is low after the start, and remembers what is written", async () => {
    const app = await start();
    assert.deepEqual([app.board.pins[2]?.mode, app.board.pins[2]?.level], ["output", false]);
    assert.equal(await text(app, "/led"), "low");
    assert.equal(await text(app, "/led/on", "PUT"), "high");
    assert.equal(app.board.pins[2]?.level, true);
    assert.equal(await text(app, "/led"), "high");
    assert.equal(await text(app, "/led/off", "PUT"), "low");
    assert.equal(app.board.pins[2]?.level, false);
  });

  it("toggles", async () => {
    const app = await start();
    assert.equal(await text(app, "/led/toggle", "POST"), "high");
    assert.equal(await text(app, "/led/toggle", "POST"), "low");
  });

  it("logs each change, and only changes", async () => {
    const app = await start();
    for (const state of ["on", "on", "off", "off"]) await text(app, `/led/${state}`, "PUT");
    assert.deepEqual(app.log, [
      { level: "info", text: "board: pin 2 high" },
      { level: "info", text: "board: pin 2 low" },
    ]);
  });

  it("may be an open drain", async () => {
    const app = await start();
    assert.equal(await text(app, "/drain/5/on", "PUT"), "high");
    assert.deepEqual([app.board.pins[5]?.mode, app.board.pins[5]?.level], ["open_drain", true]);
  });

  it("keeps its level where the app goes on in a new instance", async () => {
    const app = await start();
    await text(app, "/led/on", "PUT");
    assert.equal((await app.fetch("/trap")).status, 500);
    assert.equal(await text(app, "/led"), "high");
  });
});

describe("an input", () => {
  it("reads what is connected", async () => {
    const app = await start();
    app.board.setInput(0, false);
    assert.equal(await text(app, "/button"), "low");
    app.board.setInput(0, true);
    assert.equal(await text(app, "/button"), "high");
  });

  it("reads its pull where nothing is connected", async () => {
    const app = await start();
    for (const [pull, level] of [
      ["up", "high"],
      ["down", "low"],
      ["none", "low"],
    ]) {
      assert.equal(await text(app, `/pull/7/${pull}`), level);
    }
  });

  it("is as it was set up before the app started", async () => {
    assert.equal(await text(await start({ board: new Board().setInput(0, false) }), "/button"), "low");
  });
});

describe("a pin that apps cannot have", () => {
  it("can be asked for", async () => {
    const app = await start();
    for (const pin of [0, 48]) assert.equal(await text(app, `/is-pin/${pin}`), "true");
    assert.equal(await text(app, "/is-pin/49"), "false");
    app.board.deny(6);
    assert.deepEqual([await text(app, "/is-pin/6"), await text(app, "/is-adc/6")], ["false", "false"]);
  });

  it("keeps the app from starting where its top-level code wants it", async () => {
    await assert.rejects(
      start({ board: new Board().deny(2) }),
      /^Error: pin 2: the host's configuration keeps it from apps at ~lib\/microserver\/device\/check\.ts:/,
    );
  });

  it("is a mistake of a test, too", () => {
    assert.throws(() => new Board().setInput(49, true), /^Error: pin 49: the board has pins 0 to 48$/);
    assert.throws(() => new Board().deny(-1), /^Error: pin -1: /);
  });
});

describe("PWM", () => {
  it("has a frequency and a duty", async () => {
    const app = await start();
    await text(app, "/pwm/4/5000/0.25", "PUT");
    const pin = app.board.pins[4];
    assert.equal(pin?.frequency, 5000);
    assert.ok(Math.abs(pin.duty - 0.25) < 1 / 65_535);
    assert.deepEqual(lines(app, /board/), ["board: pin 4 25 % of 5000 Hz"]);
  });

  for (const [share, duty] of [
    ["0", 0],
    ["1", 1],
  ] as const) {
    it(`reaches a duty of ${share}`, async () => {
      const app = await start();
      await text(app, `/pwm/4/50/${share}`, "PUT");
      assert.equal(app.board.pins[4]?.duty, duty);
    });
  }

  it("can be asked for", async () => {
    const app = await start({ board: new Board().deny(6) });
    for (const pin of [0, 48]) assert.equal(await text(app, `/is-pwm/${pin}`), "true");
    for (const pin of [6, 49]) assert.equal(await text(app, `/is-pwm/${pin}`), "false");
  });

  it("ends where the pin becomes an output", async () => {
    const app = await start();
    await app.fetch("/pwm-then-read/4", { method: "PUT" });
    assert.equal(app.board.pins[4]?.frequency, 1000);
    await app.fetch("/pwm-then-pin/4", { method: "PUT" });
    assert.equal(app.board.pins[4]?.frequency, 0);
  });
});

describe("voltages", () => {
  it("are those that are set", async () => {
    const app = await start();
    app.board.adc[34] = 1200;
    assert.equal(await text(app, "/adc/34"), "1200");
  });

  it("drift with time, the same in every run, within what a pin bears", async () => {
    const [one, other] = [await start(), await start()];
    const seen = new Set<number>();
    for (let i = 0; i < 50; i++) {
      const millivolts = Number(await text(one, "/adc/34"));
      assert.equal(await text(other, "/adc/34"), String(millivolts));
      assert.ok(millivolts > 0 && millivolts < 3300);
      seen.add(millivolts);
      one.advance({ seconds: 10 });
      other.advance({ seconds: 10 });
    }
    assert.ok(seen.size > 20);
  });

  it("can be asked for", async () => {
    const app = await start();
    for (const pin of [1, 10, 32, 39]) assert.equal(await text(app, `/is-adc/${pin}`), "true");
    for (const pin of [0, 11, 31, 40, 49]) assert.equal(await text(app, `/is-adc/${pin}`), "false");
  });
});

describe("the temperature", () => {
  for (const [celsius, shown] of [
    [21.5, "21.5"],
    [0, "0.0"],
    [-12.25, "-12.25"],
  ] as const) {
    it(`is ${shown} °C where that is set`, async () => {
      const app = await start();
      app.board.temperature = celsius;
      assert.equal(await text(app, "/temperature"), `true ${shown}`);
    });
  }

  for (const state of [null, "denied"] as const) {
    it(`is NaN where the sensor is ${state}`, async () => {
      const app = await start();
      app.board.temperature = state;
      assert.equal(await text(app, "/temperature"), "false NaN");
    });
  }

  it("drifts slowly", async () => {
    const app = await start();
    let last = NaN;
    for (let i = 0; i < 700; i++) {
      const celsius = Number((await text(app, "/temperature")).replace("true ", ""));
      assert.ok(celsius > 20 && celsius < 28);
      assert.ok(!(Math.abs(celsius - last) > 0.05));
      last = celsius;
      app.advance({ seconds: 1 });
    }
  });
});

describe("the machine", () => {
  it("has a name", async () => {
    assert.equal(await text(await start(), "/name"), "simulated board");
  });

  it("counts seconds", async () => {
    const app = await start({ now: 0xffff_fff0 });
    app.advance({ seconds: 61, ms: 999 });
    assert.equal(await text(app, "/uptime"), "61");
    app.advance({ days: 100 });
    assert.equal(await text(app, "/uptime"), String(61 + 100 * 86_400));
  });

  it("tells the memory of the host where it can", async () => {
    const app = await start();
    assert.equal(await text(app, "/host-memory"), "-1 -1");
    app.board.freeHeap = 200_000;
    app.board.largestBlock = 110_592;
    assert.equal(await text(app, "/host-memory"), "200000 110592");
  });

  it("has random numbers of 32 bits, the same in every run of a test", async () => {
    const [one, other] = [await start({ seed: 5 }), await start({ seed: 5 })];
    let [all, common] = [0, ~0];
    for (let i = 0; i < 64; i++) {
      const value = Number(await text(one, "/random"));
      assert.equal(await text(other, "/random"), String(value));
      all |= value;
      common &= value;
    }
    assert.deepEqual([all >>> 0, common >>> 0], [0xffff_ffff, 0]);
  });
});

describe("the app's memory", () => {
  it("falls by what is taken", async () => {
    const [free, taken, length] = (await text(await start(), "/memory")).split(" ").map(Number);
    assert.ok(free !== undefined && free > 10_000 && free < 65_536);
    assert.equal(length, 1000);
    assert.ok(taken !== undefined && taken >= 1016 && taken < 1100);
  });

  it("has room for its largest block, and for no larger one", async () => {
    const app = await start();
    const size = Number(await text(app, "/largest/0"));
    assert.ok(size > 10_000);
    assert.equal((await app.fetch("/largest/1")).status, 503);
    assert.ok(Math.abs(Number(await text(app, "/largest/0")) - size) < 1000);
  });
});

describe("a restart", () => {
  it("answers, and starts the app anew", async () => {
    const app = await start();
    assert.deepEqual([await text(app, "/visits"), await text(app, "/visits")], ["1", "2"]);
    assert.equal(await text(app, "/restart", "POST"), "bye");
    assert.equal(await text(app, "/visits"), "1");
    assert.deepEqual(lines(app, /restart/), ["the app restarts"]);
  });

  it("tells in the answer that the connection closes", async () => {
    const app = await start();
    assert.equal((await app.fetch("/visits")).keepAlive, true);
    assert.equal((await app.fetch("/restart", { method: "POST" })).keepAlive, false);
    assert.equal((await app.fetch("/visits")).keepAlive, true);
  });

  it("resets the board, but for what is connected to it", async () => {
    const app = await start();
    app.board.setInput(0, false).temperature = 30;
    await text(app, "/led/on", "PUT");
    await text(app, "/pwm/4/50/0.5", "PUT");
    app.advance({ seconds: 9 });
    assert.deepEqual([await text(app, "/reset-reason"), await text(app, "/uptime")], ["1", "9"]);
    await text(app, "/restart", "POST");
    assert.deepEqual([await text(app, "/reset-reason"), await text(app, "/uptime")], ["2", "0"]);
    assert.deepEqual([await text(app, "/led"), await text(app, "/button")], ["low", "low"]);
    assert.deepEqual([app.board.pins[4]?.mode, app.board.pins[4]?.frequency], ["input", 0]);
    assert.equal(await text(app, "/temperature"), "true 30.0");
  });

  it("closes idle connections, and lets the others finish", async () => {
    const app = await start();
    const [idle, busy] = [app.open(), app.open({ window: 10 })];
    idle.write("GET /visits HTTP/1.1\r\nHost: a\r\n\r\n");
    busy.write("GET /visits HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await text(app, "/restart", "POST");
    assert.equal(idle.closed, "fin");
    assert.equal(busy.closed, "no");
    app.advance({ ms: 1999 });
    busy.window = 1000;
    assert.match(busy.text, /^HTTP\/1\.1 200 [^]*\r\n\r\n2$/);
    assert.equal(busy.closed, "fin");
    assert.equal(await text(app, "/visits"), "1");
  });

  it("resets what has not finished after two seconds", async () => {
    const app = await start();
    const slow = app.open({ window: 10 }).write("GET /visits HTTP/1.1\r\nHost: a\r\n\r\n");
    await text(app, "/restart", "POST");
    const waiting = app.open().write("GET /visits HTTP/1.1\r\nHost: a\r\n\r\n");
    app.advance({ ms: 1999 });
    assert.deepEqual([slow.closed, waiting.text], ["no", ""]);
    app.advance({ ms: 1 });
    assert.equal(slow.closed, "reset");
    assert.match(waiting.text, /\r\n\r\n1$/);
  });

  it("follows where the handler traps behind the call", async () => {
    const app = await start();
    await text(app, "/visits");
    assert.equal((await app.fetch("/restart-and-trap", { method: "POST" })).status, 500);
    assert.equal(await text(app, "/reset-reason"), "2");
    assert.equal(app.connections, 0);
  });

  it("gives way to the end of the server", async () => {
    const app = await start();
    app.open({ window: 10 }).write("GET /visits HTTP/1.1\r\nHost: a\r\n\r\n");
    await text(app, "/restart", "POST");
    app.stop();
    app.advance({ seconds: 4 });
    assert.equal(app.connections, 1);
    assert.throws(() => app.open(), /stopped/);
    app.advance({ seconds: 1 });
    assert.equal(app.connections, 0);
  });

  it("is ignored where the app asks for it while it starts", async () => {
    const app = await load(await echoGuest((source) => source + restlessSource));
    assert.deepEqual(app.log, [
      { level: "warn", text: "the app restarts while it starts: ignored, it would never end" },
    ]);
    assert.equal(app.open().write("hello").text, "hello");
  });

  it("is the end where the app does not start again", async () => {
    const change = (source: string): string =>
      source.replace(/(function on_end\(.*\{)/, "$1 device_restart();") + mortalSource;
    const c = (await load(await echoGuest(change))).open();
    assert.throws(() => c.end(), /^Error: one life at /);
  });

  it("works again and again", async () => {
    const app = await start();
    for (let i = 0; i < 50; i++) {
      assert.equal(await text(app, "/restart", "POST"), "bye");
      assert.equal(await text(app, "/visits"), "1");
    }
  });
});
