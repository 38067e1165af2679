/** Requests sent in a row, where the server stops between them: to collect garbage, or until the client takes an answer. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type Connection } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";

const KITCHEN = new URL("../../../tests/apps/kitchen", import.meta.url).pathname;
const HELLO = request("GET", "/hello");
/** After its answer a collection is due. */
const LARGE = request("GET", "/large/3000");

let wasm: string;
before(async () => {
  wasm = (await buildApp(KITCHEN)).wasm;
});

/** The statuses of all responses that have come. */
function statuses(connection: Connection): number[] {
  const found: number[] = [];
  for (let bytes = connection.output; bytes.length > 0;) {
    const next = parseResponse(bytes, { ended: connection.closed !== "no" });
    assert.ok(next, "the last response is not whole");
    found.push(next.response.status);
    bytes = bytes.subarray(next.length);
  }
  return found;
}

/** Sends text in segments of 2 KB that all have arrived before the server looks, and with `end` FIN behind them. */
function burst(connection: Connection, text: string, end: boolean): void {
  const inbox = (connection as unknown as { socket: { inbox: Uint8Array[] } }).socket.inbox;
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 2048) inbox.push(bytes.subarray(at, at + 2048));
  if (end) connection.end();
  else connection.write("");
}

describe("requests behind a collection", () => {
  it("are answered, however many arrive meanwhile", async () => {
    const c = (await load(wasm)).open();
    burst(c, LARGE.repeat(1000), false);
    assert.deepEqual(statuses(c), Array(1000).fill(200));
    assert.equal(c.closed, "no");
  });

  it("are answered where the client has ended its side", async () => {
    const c = (await load(wasm)).open();
    burst(c, LARGE + HELLO + HELLO, true);
    assert.deepEqual(statuses(c), [200, 200, 200]);
    assert.equal(c.closed, "fin");
  });
});

describe("requests behind a collection that fail", () => {
  it("are each answered once", async () => {
    const app = await load(wasm);
    const c = app.open().write(LARGE + HELLO + request("GET", "/abort").repeat(3) + HELLO);
    c.write(HELLO);
    app.advance({ seconds: 3 });
    assert.deepEqual(statuses(c), [200, 200, 500, 500, 500, 200, 200]);
    assert.equal(c.closed, "no");
  });
});

describe("a line end behind a request", () => {
  for (const [name, text] of [
    ["a whole one", "\r\n"],
    ["half of one", "\r"],
  ] as const) {
    it(`${name}, where a collection is due`, async () => {
      const app = await load(wasm);
      const c = app.open().write(LARGE + text);
      app.advance({ ms: 4999 });
      assert.deepEqual([statuses(c), c.closed], [[200], "no"]);
      app.advance({ ms: 1 });
      assert.equal(c.closed, "fin");
    });

    it(`${name}, where the client takes the answer slowly`, async () => {
      const app = await load(wasm);
      const c = app.open({ window: 100 }).write(LARGE + text);
      app.advance({ seconds: 20 });
      c.window = Infinity;
      app.advance({ ms: 4999 });
      assert.deepEqual([statuses(c), c.closed], [[200], "no"]);
      app.advance({ ms: 1 });
      assert.equal(c.closed, "fin");
    });
  }
});

describe("an interim response", () => {
  it("arrives whole where the client takes it slowly", async () => {
    const app = await load(wasm);
    const c = app.open({ window: 10 });
    c.write(request("POST", "/request", "Expect: 100-continue\r\nContent-Length: 3\r\n"));
    for (let i = 0; i < 15; i++) c.window = 1;
    assert.equal(c.take(), "HTTP/1.1 100 Continue\r\n\r\n");
    c.window = Infinity;
    c.write("abc");
    assert.deepEqual([statuses(c), c.closed], [[200], "no"]);
  });

  it("comes before the answer where the client takes neither", async () => {
    const app = await load(wasm);
    const c = app.open({ window: 10 });
    c.write(request("POST", "/request", "Expect: 100-continue\r\nContent-Length: 3\r\n")).write("abc");
    c.window = Infinity;
    assert.match(c.text, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    assert.deepEqual([statuses(c), c.closed], [[200], "no"]);
  });
});
