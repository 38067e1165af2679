/** Answers that come later. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseResponse, type App } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";
import { leaksNothing, start, takeLog } from "./streams-app.js";

/** Asks for an answer to be sent; what `isOpen` and `resolve` said. */
async function resolve(app: App, text = ""): Promise<string> {
  return (await app.fetch("/resolve", { method: "POST", body: text })).text;
}

for (const [when, now] of [
  ["", 0],
  [" across the wrap of the clock", 2 ** 32 - 1500],
] as const) {
  describe(`a deferred answer${when}`, () => {
    it("comes when another request brings it, at once", async () => {
      const app = await start({ now });
      const c = app.open().write(request("GET", "/defer/60000"));
      app.advance({ seconds: 10 });
      assert.equal(c.text, "");
      assert.equal(await resolve(app, "news"), "true true");
      const { response } = parseResponse(c.output) ?? {};
      assert.deepEqual([response?.status, response?.text], [201, '"news"']);
      assert.equal(response?.headers.get("x-resolved"), "1");
      assert.equal(c.closed, "no");
    });

    it("comes when a timer brings it", async () => {
      const app = await start({ now });
      assert.equal((await app.fetch("/by-timer")).text, "by a timer");
      assert.equal((app.now - now) >>> 0, 250);
    });

    it("is 504 where nothing has come in time, and then it is too late", async () => {
      const app = await start({ now });
      const c = app.open().write(request("GET", "/defer/2000"));
      app.advance({ ms: 1999 });
      assert.equal(c.text, "");
      app.advance({ ms: 1 });
      assert.match(c.text, /^HTTP\/1\.1 504 [^]*\{"error": "the answer did not come in time", "code": 504\}$/);
      assert.deepEqual(takeLog(app), ["the answer did not come in time"]);
      assert.equal(await resolve(app), "false false");
      c.write(request("GET", "/hello"));
      assert.match(c.text, /hello$/);
    });
  });
}

describe("a deferred answer", () => {
  it("is 504 after 60 s unless told otherwise", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/marked"));
    app.advance({ ms: 59_999 });
    assert.equal(c.text, "");
    app.advance({ ms: 1 });
    assert.match(c.text, /^HTTP\/1\.1 504 [^]*\r\nX-Mark: 1\r\n/);
  });

  it("may be there before the handler returns", async () => {
    const app = await start();
    assert.equal((await app.fetch("/at-once")).text, "at once");
    assert.equal(app.now, 0);
  });

  it("has the field lines that middleware added", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/marked"));
    await resolve(app, "x");
    const { headers } = parseResponse(c.output)?.response ?? {};
    assert.deepEqual([headers?.get("x-mark"), headers?.get("x-resolved")], ["1", "1"]);
  });

  it("is given once", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/defer/1000"));
    assert.equal(await resolve(app, "one"), "true true");
    assert.equal(await resolve(app, "two"), "false false");
    assert.equal(parseResponse(c.output)?.response.text, '"one"');
  });

  it("is too late where the client is gone", async () => {
    const app = await start();
    app.open().write(request("GET", "/defer/1000")).reset();
    assert.equal(await resolve(app), "false false");
    assert.equal(app.connections, 0);
  });

  it("comes before what was sent behind its request", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/defer/1000") + request("GET", "/hello"));
    assert.equal(c.text, "");
    await resolve(app, "first");
    assert.match(c.text, /"first"HTTP\/1\.1 200 OK\r\n[^]*hello$/);
  });

  it("follows its own request's head, not that of the one that brings it", async () => {
    const app = await start();
    const head = app.open().write(request("HEAD", "/defer/1000"));
    await resolve(app, "news");
    assert.match(head.text, /\r\nContent-Length: 6\r\n[^]*\r\n\r\n$/);
    const close = app.open().write(request("GET", "/defer/1000", "Connection: close\r\n"));
    await resolve(app, "news");
    assert.match(close.text, /\r\nConnection: close\r\n[^]*"news"$/);
    assert.equal(close.closed, "fin");
    const old = app.open().write("GET /defer/1000 HTTP/1.0\r\nHost: x\r\n\r\n");
    await resolve(app, "news");
    assert.equal(old.closed, "fin");
  });

  it("does not disturb the one that brings it, nor its response", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/defer/1000"));
    const other = app.open();
    other.write(request("POST", "/resolve", "Content-Length: 1\r\n", "x") + request("GET", "/hello"));
    assert.match(other.text, /true true[^]*hello$/);
    assert.equal(parseResponse(c.output)?.response.text, '"x"');
  });

  it("may be a stream", async () => {
    const app = await start();
    const stream = app.stream("/defer/1000");
    await app.fetch("/resolve/stream", { method: "POST" });
    assert.equal(stream.text, "");
    app.advance({ ms: 10 });
    assert.deepEqual([stream.text, stream.ended], ["streamed", true]);
  });

  it("is piece by piece to a slow client", async () => {
    const app = await start();
    const c = app.open({ window: 20 }).write(request("GET", "/defer/1000") + request("GET", "/hello"));
    await resolve(app, "news");
    c.window = 10_000;
    assert.match(c.text, /"news"HTTP[^]*hello$/);
  });

  it("is 500 where its status is none", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/defer/1000"));
    await app.fetch("/resolve/status", { method: "POST" });
    assert.match(c.text, /^HTTP\/1\.1 500 /);
    assert.deepEqual(takeLog(app), ["a status is 200 to 599"]);
  });

  it("cannot be a response that was sent, or is sent by another one", async () => {
    const app = await start();
    await app.fetch("/twice-later");
    const c = app.open().write(request("GET", "/defer/1000"));
    assert.equal((await app.fetch("/resolve/kept", { method: "POST" })).status, 500);
    assert.match(takeLog(app).join(), /^a Response was sent twice: make one a request at /);
    assert.equal((await app.fetch("/resolve/both", { method: "POST" })).status, 500);
    assert.equal(parseResponse(c.output)?.response.text, "for both");
  });

  it("that fails costs its own request", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/defer/1000"));
    const other = app.open().write(request("GET", "/sleep/10"));
    await app.fetch("/resolve/abort", { method: "POST" });
    assert.equal(c.closed, "reset");
    app.advance({ ms: 10 });
    assert.match(other.text, /slept 10$/);
  });

  it("leaves nothing behind, whatever becomes of it", async () => {
    const app = await start();
    await leaksNothing(app, async () => {
      const gone = app.open().write(request("GET", "/defer/1000"));
      const late = app.open().write(request("GET", "/defer/10"));
      const c = app.open().write(request("GET", "/defer/1000"));
      await resolve(app, "x".repeat(100));
      app.advance({ ms: 10 });
      for (const each of [gone, late, c]) each.reset();
    });
  });

  it("has 5 s when the server stops", async () => {
    const app = await start();
    const [never, by] = [app.open().write(request("GET", "/marked")), app.open().write(request("GET", "/by-timer"))];
    app.stop().advance({ seconds: 5 });
    assert.match(by.text, /\r\nConnection: close\r\n[^]*by a timer$/);
    assert.deepEqual([by.closed, never.closed], ["fin", "reset"]);
  });
});
