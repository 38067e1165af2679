/** An app with every feature, and clients that do anything at any time. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App, type LoadOptions } from "../../host/sandbox/index.js";
import { request, withContent } from "../contract/case.js";
import { Dice, HttpClient, LARGE, SocketClient, type Client } from "./traffic.js";

const EVERYTHING = new URL("../../../tests/apps/everything", import.meta.url).pathname;
const FILES = { "/www/404.html": "none", "/www/large.bin": LARGE, "/www/a.txt": "hello file", "/up/": "" };
/** What is left of the heap may differ by that: some answers are kept until the next one of their kind. */
const SLACK = 2000;

let wasm: string;
before(async () => {
  wasm = (await buildApp(EVERYTHING)).wasm;
});

const start = (options: LoadOptions = {}): Promise<App> => load(wasm, { files: { ...FILES }, ...options });

/** Bytes of the heap that are free once all is quiet. */
async function freeMemory(app: App): Promise<number> {
  app.advance({ minutes: 3 });
  await app.fetch("/resolve");
  await app.fetch("/free");
  return Number((await app.fetch("/free")).text);
}

/** Lets up to twelve clients at a time do something, `rounds` times. Returns all. */
function drive(app: App, dice: Dice, rounds: number): Client[] {
  const clients: Client[] = [];
  for (let round = 0; round < rounds; round++) {
    const active = clients.filter((client) => !client.isOver);
    if (active.length < 12) clients.push(dice.chance(25) ? new SocketClient(app, dice) : new HttpClient(app, dice));
    for (const client of active) if (dice.chance(50)) client.act();
    if (dice.chance(50)) app.advance({ ms: dice.pick([1, 5, 30, 100, 1000, 3000]) });
  }
  return clients;
}

describe("any traffic", () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`is answered, and leaves nothing behind: seed ${seed}`, async () => {
      const app = await start({ now: seed % 2 ? 0 : 2 ** 32 - 200_000, fuel: seed % 4 ? 1_000_000 : 20_000 });
      const free = await freeMemory(app);
      const clients = drive(app, new Dice(seed), 400);
      for (const { connection } of clients) if (connection.window < Infinity) connection.window = 1e8;
      app.advance({ seconds: 5 });
      for (const client of clients) client.check();
      for (const { connection } of clients) if (connection.closed === "no") connection.reset();
      assert.ok(free - (await freeMemory(app)) < SLACK);
      assert.equal(app.connections, 0);
      assert.deepEqual(
        app.files.paths.filter((path) => path.includes("upload")),
        [],
      );
      const errors = app.log.filter(
        ({ level, text }) => level === "error" && !/as asked|out of (memory|fuel)/.test(text),
      );
      assert.deepEqual(errors, []);
    });
  }

  it("comes to an end where the server stops", async () => {
    const app = await start();
    drive(app, new Dice(5), 100);
    app.stop().advance({ seconds: 6 });
    assert.equal(app.connections, 0);
  });
});

describe("handlers that fail again and again", () => {
  const fault = request("GET", "/trap?trap=error");

  it("are answered each, and cost others nothing", async () => {
    const app = await start();
    const c = app.open().write(fault.repeat(8));
    assert.deepEqual([c.text.match(/HTTP\/1\.1 500 /g)?.length, c.closed], [8, "no"]);
    assert.equal((await app.fetch("/sleep/30")).status, 200);
    assert.equal((await app.fetch("/nowhere")).text, "none");
  });

  it("do not start the app anew behind one that has waited", async () => {
    const app = await start();
    app.open().write(request("GET", "/sleep/10?trap=behind") + fault.repeat(8));
    const other = app.open().write(request("GET", "/sleep/100"));
    app.advance({ ms: 200 });
    assert.match(other.text, /^HTTP\/1\.1 200 /);
    assert.ok(!app.log.some(({ text }) => text.includes("anew")));
  });
});

describe("bytes that wait for their turn", () => {
  it("are given back where content is answered with a stream", async () => {
    const app = await start();
    const once = (): unknown => {
      const message = withContent("POST", "/pieces?to=topic", "hello");
      return app.open().write(message.slice(0, 30)).write(message.slice(30)).reset();
    };
    once();
    const free = await freeMemory(app);
    for (let i = 0; i < 20; i++) once();
    assert.equal(await freeMemory(app), free);
  });

  it("are served behind content whose handler fails", async () => {
    const app = await start();
    const c = app
      .open()
      .write(withContent("POST", "/pieces?before&to=trap", "hello") + request("GET", "/hello").repeat(3));
    app.advance({ ms: 100 });
    const statuses = [...c.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    assert.deepEqual(statuses, ["500", "200", "200", "200"]);
  });
});
