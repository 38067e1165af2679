/** Content that is sent piece by piece, by functions and by `Stream` classes. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ResponseError } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";
import { freeMemory, leaksNothing, start, takeLog } from "./streams-app.js";

/** What `/count/N` and `/lines/N/MS` send. */
function lines(count: number): string {
  return Array.from({ length: count }, (_, i) => `Line ${i}\n`).join("");
}

for (const [what, target, text] of [
  ["a function", "/count/3", lines(3)],
  ["a Stream", "/lines/3/0", lines(3)],
] as const) {
  describe(`a stream by ${what}`, () => {
    it("is sent in chunks to HTTP/1.1, and the connection goes on", async () => {
      const app = await start();
      const c = app.open().write(request("GET", target) + request("GET", "/hello"));
      assert.match(c.text, /^HTTP\/1\.1 200 OK\r\n[^]*Transfer-Encoding: chunked\r\n/);
      assert.match(
        c.text,
        /\r\n\r\n7\r\nLine 0\n\r\n7\r\nLine 1\n\r\n7\r\nLine 2\n\r\n0\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*hello$/,
      );
      assert.equal(c.closed, "no");
    });

    it("ends with the connection to HTTP/1.0", async () => {
      const app = await start();
      const c = app.open().write(`GET ${target} HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n`);
      const [head = "", content] = c.text.split("\r\n\r\n");
      assert.match(head, /\r\nConnection: close$/);
      assert.doesNotMatch(head, /Transfer-Encoding|Content-Length/);
      assert.deepEqual([content, c.closed], [text, "fin"]);
    });

    it("is a head only to HEAD", async () => {
      const app = await start();
      const c = app.open().write(request("HEAD", target) + request("GET", "/hello"));
      assert.match(c.text, /^HTTP\/1\.1 200 OK\r\n[^]*Transfer-Encoding: chunked\r\n[^]*\r\n\r\nHTTP\/1\.1 200 OK/);
    });

    it("reaches a client whole that takes it byte by byte", async () => {
      const app = await start();
      const stream = app.stream(target, { window: 1 });
      for (let i = 0; i < 600; i++) stream.window = 1;
      assert.deepEqual([stream.text, stream.ended], [text, true]);
    });

    it("is reset where a client takes nothing for 30 s", async () => {
      const app = await start();
      const stream = app.stream(target, { window: 200 });
      app.advance({ ms: 29_999 });
      assert.equal(stream.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(stream.closed, "reset");
      assert.equal(app.connections, 0);
    });

    it("leaves nothing behind, whole or broken off", async () => {
      const app = await start();
      await leaksNothing(app, () => {
        app.stream(target).close();
        app.stream(target, { window: 200 }).reset();
      });
    });
  });
}

describe("a stream by a function", () => {
  it("has its type, status and field lines", async () => {
    const app = await start();
    const { status, headers, bytes } = await app.fetch("/bytes");
    assert.deepEqual([status, headers.get("content-type"), headers.get("x-stream")], [201, "application/x-bytes", "1"]);
    assert.deepEqual(
      [...bytes],
      [0, 1, 2].flatMap((byte) => Array<number>(1000).fill(byte)),
    );
  });

  it("is plain text unless told otherwise", async () => {
    const app = await start();
    assert.equal((await app.fetch("/count/1")).headers.get("content-type"), "text/plain; charset=utf-8");
  });

  it("may be empty, or one large piece", async () => {
    const app = await start();
    assert.equal((await app.fetch("/nothing")).text, "");
    assert.equal((await app.fetch("/large")).text, "x".repeat(4000));
    const slow = app.stream("/large", { window: 1000 });
    assert.ok(!slow.ended);
    slow.window = 10_000;
    assert.equal(slow.text, "x".repeat(4000));
  });

  it("may have thousands of pieces: garbage is collected in between", async () => {
    const app = await start();
    assert.equal((await app.fetch("/count/10000")).text, lines(10_000));
    assert.deepEqual(takeLog(app), []);
  });

  it("sleeps between pieces while others are served", async () => {
    const app = await start();
    const streams = [app.stream("/ticks/3"), app.stream("/ticks/3")];
    for (const text of ["1 of 3\n", "2 of 3\n", "3 of 3\n"]) {
      for (const stream of streams) assert.equal(stream.take(), text);
      assert.equal((await app.fetch("/hello")).text, "hello");
      assert.deepEqual(
        streams.map(({ ended }) => ended),
        [false, false],
      );
      app.advance({ ms: 100 });
    }
    assert.deepEqual(
      streams.map(({ ended }) => ended),
      [true, true],
    );
  });

  it("keeps its request for as long as it wants it", async () => {
    const app = await start();
    const stream = app.stream("/ticks/2");
    await app.fetch("/request/other");
    app.advance({ ms: 200 });
    assert.equal(stream.text, "1 of 2\n2 of 2\n");
    assert.equal((await app.fetch("/slept-stream")).text, "/slept-stream /slept-stream");
  });

  it("is told that its client is gone, at the next piece or in its sleep", async () => {
    const app = await start();
    const stream = app.stream("/ticks/9");
    app.advance({ ms: 250 });
    stream.reset();
    assert.deepEqual(takeLog(app), ["gone at 3"]);
    app.stream("/endless", { window: 5000 }).reset();
    assert.deepEqual(takeLog(app), ["the endless stream has ended"]);
  });

  it("never lets more wait for a slow client than a piece", async () => {
    const app = await start();
    const before = await freeMemory(app);
    const stream = app.stream("/endless", { window: 1000 });
    app.advance({ seconds: 10 });
    assert.ok(before - (await freeMemory(app)) < 1200);
    for (let i = 0; i < 20; i++) stream.window = 5000;
    assert.ok(stream.bytes.length > 90_000);
    assert.ok(before - (await freeMemory(app)) < 1200);
  });

  for (const path of ["/abort-stream", "/abort-stream-later", "/late-request"]) {
    it(`that fails is broken off, and no other: ${path}`, async () => {
      const app = await start();
      const other = app.stream("/ticks/2");
      const stream = app.stream(path);
      app.advance({ ms: 10 });
      assert.deepEqual([stream.text, stream.closed, stream.cut], ["begun", "reset", true]);
      assert.match(
        takeLog(app).join(),
        /^(as asked, in a stream|ask for the request before the first write or wait) at /,
      );
      app.advance({ ms: 190 });
      assert.ok(other.ended);
    });
  }

  it("keeps its writer to itself", async () => {
    const app = await start();
    const stream = app.stream("/lend");
    assert.equal((await app.fetch("/borrow")).status, 500);
    assert.match(takeLog(app).join(), /^a Writer is only for the function that it was given to/);
    app.advance({ seconds: 1 });
    assert.deepEqual([stream.text, stream.ended], ["", true]);
  });

  it("has 5 s to end when the server stops", async () => {
    const app = await start();
    const [short, long] = [app.stream("/ticks/30"), app.stream("/ticks/60")];
    app.stop().advance({ seconds: 6 });
    assert.deepEqual([short.ended, short.closed, long.cut, long.closed], [true, "fin", true, "reset"]);
  });
});

describe("a Stream", () => {
  it("waits as long as it asked to before its next piece", async () => {
    const app = await start();
    const stream = app.stream("/lines/3/1000");
    for (let i = 0; i < 3; i++) {
      assert.equal(stream.take(), `Line ${i}\n`);
      app.advance({ ms: 999 });
      assert.equal(stream.take(), "");
      app.advance({ ms: 1 });
    }
    assert.ok(stream.ended);
  });

  it("waits for room first", async () => {
    const app = await start();
    const stream = app.stream("/lines/3/1000", { window: 228 }); // a part of the first line
    app.advance({ ms: 5000 });
    stream.window = 1000;
    const before = stream.text;
    app.advance({ ms: 999 });
    assert.equal(stream.text, before);
    app.advance({ ms: 1 });
    assert.notEqual(stream.text, before);
  });

  it("may have thousands of pieces, and keeps no client waiting", async () => {
    const app = await start();
    assert.equal((await app.fetch("/lines/10000/0")).text, lines(10_000));
  });

  it("is closed once, whether all was sent or not", async () => {
    const app = await start();
    app.stream("/lines/2/0").reset();
    app.stream("/lines/9/100").reset();
    await app.fetch("/lines/0/0", { method: "HEAD" });
    assert.deepEqual(takeLog(app), ["closed at 2", "closed at 1"]);
  });

  for (const [what, reason] of [
    ["throw", /^as asked, in a Stream at pieces\.ts:/],
    ["request", /^the request is for functions that write: give a Stream what it needs at /],
  ] as const) {
    it(`that fails is broken off: ${what}`, async () => {
      const app = await start();
      const stream = app.stream(`/faulty/${what}`);
      assert.deepEqual([stream.text, stream.closed], ["begun", "reset"]);
      assert.match(takeLog(app).join(), reason);
      assert.equal((await app.fetch("/sleep/1")).text, "slept 1");
    });
  }
});

describe("the client of these tests", () => {
  it("notices a stream that is broken off", async () => {
    const app = await start();
    await assert.rejects(app.fetch("/abort-stream"), ResponseError);
  });
});
