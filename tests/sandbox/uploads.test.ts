/** Content that a handler takes in pieces, as it comes: `app.upload` and `req.readBody`. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type App, type Connection, type Response } from "../../host/sandbox/index.js";
import { request, withContent } from "../contract/case.js";
import { offsets } from "../contract/pieces.js";

const UPLOADS = new URL("../../../tests/apps/uploads", import.meta.url).pathname;
const KEY = "X-Key: 1\r\n";

let wasm: string;
before(async () => {
  wasm = (await buildApp(UPLOADS)).wasm;
});

const chunked = (target: string, body: string, lines = ""): string =>
  request("POST", target, `Transfer-Encoding: chunked\r\n${lines}`, body);

/** All responses that have come, interim ones aside. */
function responses(c: Connection): Response[] {
  const found: Response[] = [];
  for (let bytes = c.output; bytes.length > 0;) {
    const next = parseResponse(bytes, { ended: c.closed !== "no" });
    assert.ok(next, "the last response is not whole");
    found.push(next.response);
    bytes = bytes.subarray(next.length);
  }
  return found;
}

/** Status and content of the one response, and whether the connection goes on. */
function outcome(c: Connection): [status: number | undefined, text: string | undefined, closed: string] {
  const [response, more] = responses(c);
  assert.equal(more, undefined);
  return [response?.status, response?.text, c.closed];
}

const lastLog = (app: App): string | undefined => app.log.at(-1)?.text;

describe("a handler reads content in pieces", () => {
  const messages: Record<string, string> = {
    "with a length": withContent("POST", "/echo/joe", "hello world"),
    "by PUT": withContent("PUT", "/echo/joe", "hello world"),
    "in chunks": chunked("/echo/joe", "5\r\nhello\r\n1;x=y\r\n \r\n5\r\nworld\r\n0\r\nT: 1\r\n\r\n"),
    "with a key": withContent("POST", "/guarded", "hello world", KEY),
  };
  for (const [name, message] of Object.entries(messages)) {
    it(`${name}, cut anywhere`, async () => {
      const app = await load(wasm);
      for (const cut of [0, ...offsets(message.length)]) {
        const c = app.open().write(message.slice(0, cut)).write(message.slice(cut));
        assert.deepEqual(outcome(c), [200, "11 true hello world", "no"], `cut at ${cut}`);
        c.end();
      }
      const c = app.open();
      for (const byte of message) c.write(byte);
      assert.deepEqual(outcome(c), [200, "11 true hello world", "no"]);
    });
  }

  it("that is empty, or not there", async () => {
    const app = await load(wasm);
    for (const message of [
      withContent("POST", "/echo", ""),
      request("POST", "/echo"),
      chunked("/echo", "0\r\n\r\n"),
      chunked("/echo", "0\r\nT: 1\r\n\r\n"),
    ])
      assert.deepEqual(outcome(app.open().write(message)), [200, "0 true ", "no"]);
  });

  it("and knows its parameters, fields and length all the while", async () => {
    const app = await load(wasm);
    const c = app.open().write(withContent("POST", "/echo/z%6f%C3%AB", "12345").slice(0, -3));
    await app.fetch("/cookies/other", { headers: { cookie: "other=1" } });
    c.write("345");
    const [response] = responses(c);
    assert.equal(Buffer.from(response?.headers.get("x-name") ?? "", "latin1").toString(), "zoë");
    assert.equal(response?.headers.get("x-length"), "5");
  });

  it("from HTTP/1.0, after which the connection ends", async () => {
    const c = (await load(wasm)).open().write("POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi");
    assert.deepEqual(outcome(c), [200, "2 true hi", "fin"]);
  });

  it("of megabytes, in 64 KB of memory", async () => {
    const app = await load(wasm);
    const megabytes = 10;
    const piece = Buffer.alloc(1 << 16, 1);
    for (const coding of [`Content-Length: ${megabytes << 20}\r\n`, "Transfer-Encoding: chunked\r\n"]) {
      const c = app.open().write(request("POST", "/sum", coding));
      for (let i = 0; i < megabytes << 4; i++) {
        if (coding.startsWith("T")) c.write("10000\r\n").write(piece).write("\r\n");
        else c.write(piece);
      }
      if (coding.startsWith("T")) c.write("0\r\n\r\n");
      assert.deepEqual(outcome(c), [200, `${megabytes << 20} ${megabytes << 20}`, "no"]);
    }
    assert.equal(app.memory, 65536);
  });

  it("in chunks of one byte, but not with more around them than eight times that", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/sum", "Transfer-Encoding: chunked\r\n"));
    for (let i = 0; i < 100; i++) c.write("1\r\n\u0001\r\n".repeat(100));
    assert.deepEqual(outcome(c.write("0\r\n\r\n")), [200, "10000 10000", "no"]);
    const padded = app.open().write(request("POST", "/sum", "Transfer-Encoding: chunked\r\n"));
    for (let i = 0; i < 10 && padded.closed === "no"; i++) padded.write("1;padding\r\n\u0001\r\n".repeat(100));
    assert.deepEqual([outcome(padded)[0], padded.closed], [400, "fin"]);
  });

  it("that came while it slept and others were served", async () => {
    const app = await load(wasm);
    const c = app.open().write(withContent("POST", "/slow", "12"));
    await app.fetch("/whole", { method: "POST", body: "x".repeat(64) });
    app.advance({ seconds: 61 });
    assert.deepEqual(outcome(c), [200, "2 -1", "no"]);
    c.take();
    assert.deepEqual(outcome(c.write(withContent("POST", "/echo", "next"))), [200, "4 true next", "no"]);
  });

  it("of several clients at a time", async () => {
    const app = await load(wasm);
    const all = Array.from({ length: 5 }, () => app.open().write(request("POST", "/echo", "Content-Length: 20\r\n")));
    for (let round = 0; round < 10; round++) all.forEach((c, i) => c.write(`${i}${round}`));
    for (const [i, c] of all.entries()) {
      const text = Array.from({ length: 10 }, (_, round) => `${i}${round}`).join("");
      assert.deepEqual(outcome(c), [200, `20 true ${text}`, "no"]);
    }
  });

  it("and other methods are told so", async () => {
    const app = await load(wasm);
    assert.equal((await app.fetch("/echo")).headers.get("allow"), "POST, PUT");
  });
});

describe("requests behind content that is read in pieces", () => {
  const row =
    withContent("POST", "/echo", "one") +
    chunked("/echo", "3\r\ntwo\r\n0\r\n\r\n") +
    withContent("POST", "/count", "three") +
    withContent("POST", "/early", "skipped") +
    withContent("POST", "/whole", "12345") +
    request("GET", "/cookies/x", "Cookie: x=four\r\n");
  const expected = ["3 true one", "3 true two", "three POST /count", "no need", "5", "[four] true"];

  it("are answered in order, cut anywhere", async () => {
    const app = await load(wasm);
    for (const cut of [0, ...offsets(row.length)]) {
      const c = app.open().write(row.slice(0, cut)).write(row.slice(cut));
      const early = cut > row.indexOf("skipped") - 1 && cut < row.indexOf("skipped") + 7;
      const texts = responses(c).map(({ text }) => text);
      assert.deepEqual(texts, early ? expected.slice(0, 4) : expected, `cut at ${cut}`);
      assert.equal(c.closed, early ? "fin" : "no");
      if (!early) c.end();
    }
  });

  it("wait while the client takes no answer", async () => {
    const app = await load(wasm);
    const c = app.open({ window: 50 }).write(row + row);
    assert.equal(c.output.length, 50);
    c.window = 1 << 20;
    assert.deepEqual(
      responses(c).map(({ text }) => text),
      [...expected, ...expected],
    );
  });

  it("wait while the handler does", async () => {
    const app = await load(wasm);
    const c = app.open().write(withContent("POST", "/slow", "12") + withContent("POST", "/echo", "one"));
    app.advance({ seconds: 60 });
    assert.equal(c.text, "");
    app.advance({ seconds: 1 });
    assert.deepEqual(
      responses(c).map(({ text }) => text),
      ["2 -1", "3 true one"],
    );
  });
});

describe("content is limited", () => {
  it("to app.maxBodySize: 413, before the handler is called", async () => {
    const app = await load(wasm);
    assert.deepEqual(outcome(app.open().write(withContent("POST", "/echo", "x".repeat(64)))), [
      200,
      `64 true ${"x".repeat(64)}`,
      "no",
    ]);
    const c = app.open().write(request("POST", "/echo", "Content-Length: 65\r\n"));
    assert.deepEqual(outcome(c), [413, '{"error": "content too large", "code": 413}', "fin"]);
    assert.equal(lastLog(app), "413 content too large from 127.0.0.1");
  });

  it("in chunks, where the handler has begun", async () => {
    const app = await load(wasm);
    const c = app.open().write(chunked("/echo", `40\r\n${"x".repeat(64)}\r\n`));
    assert.equal(c.text, "");
    c.write("1\r\n");
    assert.deepEqual(outcome(c), [413, '{"error": "content too large", "code": 413}', "fin"]);
    assert.deepEqual(
      app.log.map(({ text }) => text),
      ["413 content too large from 127.0.0.1", "read 64: content too large"],
    );
  });

  for (const [path, limit] of [
    ["/small", 8],
    ["/whole", 64],
    ["/large", 10_000],
  ] as const) {
    it(`to what BodyLimit says: ${path}`, async () => {
      const app = await load(wasm);
      const send = (length: number): [number | undefined, string | undefined, string] =>
        outcome(app.open().write(withContent("POST", path, "x".repeat(length))));
      assert.deepEqual(send(limit), [200, `${limit}`, "no"]);
      assert.deepEqual(send(limit + 1), [413, '{"error": "content too large", "code": 413}', "fin"]);
      const drip = app.open().write(request("POST", path, "Transfer-Encoding: chunked\r\n"));
      for (let left = limit; left > 0; left -= 1000) {
        const n = Math.min(left, 1000);
        drip.write(`${n.toString(16)}\r\n${"x".repeat(n)}\r\n`);
      }
      drip.write("1\r\n");
      assert.deepEqual(outcome(drip), [413, '{"error": "content too large", "code": 413}', "fin"]);
    });
  }

  it("for each connection by its own route", async () => {
    const app = await load(wasm);
    const large = app.open().write(request("POST", "/large", "Content-Length: 1000\r\n"));
    const small = app.open().write(request("POST", "/small", "Content-Length: 8\r\n"));
    large.write("x".repeat(999));
    small.write("x".repeat(8));
    large.write("x");
    assert.deepEqual([outcome(large)[1], outcome(small)[1]], ["1000", "8"]);
  });
});

describe("an answer before the content", () => {
  it("is the last one where more is to come", async () => {
    const c = (await load(wasm)).open().write(request("POST", "/early", "Content-Length: 5\r\n", "hell"));
    assert.deepEqual(outcome(c), [202, "no need", "fin"]);
    assert.match(c.text, /\r\nConnection: close\r\n/);
  });

  it("of middleware keeps the handler from being called", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/guarded", "Content-Length: 5\r\n"));
    assert.deepEqual(outcome(c), [401, '{"error": "no key", "code": 401}', "fin"]);
    assert.equal(app.log.length, 0);
  });

  it("may come after a while", async () => {
    const app = await load(wasm);
    for (const path of ["/guarded", "/guarded-count"]) {
      const c = app.open().write(withContent("POST", path, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "X-Slow: 1\r\n"));
      assert.equal(c.text, "");
      app.advance({ seconds: 1 });
      assert.equal(outcome(c)[0], 401);
    }
  });
});

describe("Expect: 100-continue", () => {
  const EXPECT = "Content-Length: 2\r\nExpect: 100-continue\r\n";

  it("is answered when the handler first waits for content", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/echo", EXPECT));
    assert.equal(c.take(), "HTTP/1.1 100 Continue\r\n\r\n");
    c.write("h");
    assert.equal(c.text, "");
    c.write("i");
    assert.deepEqual(outcome(c), [200, "2 true hi", "no"]);
  });

  it("is not where the handler does not ask for it", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/slow", EXPECT));
    assert.equal(c.text, "");
    app.advance({ seconds: 1 });
    assert.equal(c.take(), "HTTP/1.1 100 Continue\r\n\r\n");
    c.reset();
    assert.equal(outcome(app.open().write(request("POST", "/early", EXPECT)))[0], 202);
    assert.equal(outcome(app.open().write(request("POST", "/guarded", EXPECT)))[0], 401);
    assert.equal(outcome(app.open().write(request("POST", "/count", `X-Refuse: 1\r\n${EXPECT}`)))[0], 403);
  });

  it("is not where the content would be too large", async () => {
    const c = (await load(wasm)).open().write(request("POST", "/echo", EXPECT.replace("2", "65")));
    assert.deepEqual([outcome(c)[0], c.text.includes("100 Continue")], [413, false]);
  });

  it("is not where it has come, or to HTTP/1.0", async () => {
    const app = await load(wasm);
    const whole = app.open().write(request("POST", "/echo", EXPECT, "hi"));
    assert.equal(whole.text.includes("100 Continue"), false);
    const old = app.open().write(`POST /echo HTTP/1.0\r\n${EXPECT}\r\n`);
    assert.equal(old.text, "");
  });
});

describe("content that breaks off", () => {
  const cases: [name: string, wire: string, status: number, reason: string][] = [
    ["a chunk that is longer than its size", "2\r\nabc", 400, "chunk longer than its size"],
    ["a size that is none", "x", 400, "malformed chunk size"],
    ["a bare CR", "1\r\na\rb", 400, "malformed chunk size"],
    ["a size beyond all limits", "fffffffff\r\n", 413, "content too large"],
    ["a trailer that is none", "0\r\n:", 400, "malformed trailer"],
    ["extensions without end", `1;${"x".repeat(3000)}`, 400, "more chunk overhead than content"],
  ];
  for (const [name, wire, status, reason] of cases) {
    it(`${name}, cut anywhere`, async () => {
      const app = await load(wasm);
      const message = chunked("/echo", wire);
      for (const cut of offsets(message.length)) {
        const c = app.open().write(message.slice(0, cut));
        if (c.closed === "no") c.write(message.slice(cut));
        const [found, , closed] = outcome(c);
        assert.deepEqual([found, closed], [status, "fin"], `cut at ${cut}`);
      }
      if (reason !== "malformed chunk size") assert.match(lastLog(app) ?? "", new RegExp(`^read \\d+: ${reason}$`));
    });
  }

  it("because the client ends: 400", async () => {
    const app = await load(wasm);
    const c = app
      .open()
      .write(request("POST", "/echo", "Content-Length: 5\r\n", "he"))
      .end();
    assert.deepEqual(outcome(c), [400, '{"error": "request ends early", "code": 400}', "fin"]);
    assert.deepEqual(
      app.log.map(({ text }) => text),
      ["400 request ends early from 127.0.0.1", "read 2: request ends early"],
    );
  });

  it("because the client is gone: the handler comes to its end", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/echo", "Content-Length: 5\r\n", "he"));
    c.reset();
    app.advance({ ms: 0 });
    assert.deepEqual(
      app.log.map(({ text }) => text),
      ["read 2: client is gone"],
    );
    assert.equal(app.connections, 0);
  });

  it("is answered by the handler where that answers with an error", async () => {
    const c = (await load(wasm)).open().write(chunked("/own", "2\r\nabc"));
    assert.deepEqual(outcome(c), [422, '{"error": "own: chunk longer than its size", "code": 422}', "fin"]);
  });

  it("costs one request only where the handler traps", async () => {
    const app = await load(wasm);
    const c = app.open().write(withContent("POST", "/trap", "hello").slice(0, -1));
    c.write("o" + withContent("POST", "/echo", "x"));
    const [trapped, next] = responses(c);
    assert.deepEqual([trapped?.status, next?.text, c.closed], [500, "1 true x", "no"]);
    const broken = app.open().write(chunked("/trap", "2\r\nabc"));
    assert.deepEqual([outcome(broken)[0], broken.closed], [500, "fin"]);
    assert.equal((await app.fetch("/misuse", { method: "POST", body: "x" })).status, 500);
  });

  it("leaks nothing, however often", async () => {
    const app = await load(wasm);
    for (let i = 0; i < 3000; i++) {
      const c = app.open().write(request("POST", i % 2 ? "/echo" : "/slow", "Content-Length: 50\r\n", "he"));
      if (i % 3) c.write("l");
      if (i % 5) c.reset();
      else c.end().reset();
      app.advance({ ms: 1 });
    }
    const large = withContent("POST", "/large", "x".repeat(10_000));
    assert.deepEqual(outcome(app.open().write(large)), [200, "10000", "no"]);
  });

  it("where memory is short: 503, and all is well when that is over", async () => {
    const app = await load(wasm);
    const field = `X: ${"x".repeat(8000)}\r\n`;
    const all = Array.from({ length: 5 }, () =>
      app.open().write(request("POST", "/echo", `Content-Length: 5\r\n${field}`)),
    );
    const refusals = all.filter((c) => c.text !== "");
    assert.ok(refusals.length > 0 && refusals.length < 5);
    for (const c of refusals) assert.deepEqual([outcome(c)[0], c.closed], [503, "fin"]);
    for (const c of all) if (!refusals.includes(c)) assert.equal(outcome(c.write("hello"))[1], "5 true hello");
    assert.equal(outcome(app.open().write(withContent("POST", "/echo", "hello", field)))[1], "5 true hello");
  });
});

for (const [when, now] of [
  ["", 0],
  [" across the wrap of the clock", 2 ** 32 - 10_000],
] as const) {
  describe(`the client's time for content that is read in pieces${when}`, () => {
    const open = async (path = "/echo", length = 1e6): Promise<[App, Connection]> => {
      const app = await load(wasm, { now });
      return [app, app.open().write(request("POST", path, `Content-Length: ${length}\r\n`))];
    };

    it("is app.bodyTimeout: 408 then", async () => {
      const [app, c] = await open("/echo", 50);
      app.advance({ ms: 29_999 });
      assert.equal(c.text, "");
      app.advance({ ms: 1 });
      assert.deepEqual(outcome(c), [408, '{"error": "request takes too long", "code": 408}', "fin"]);
      assert.deepEqual(
        app.log.map(({ text }) => text),
        ["408 request takes too long from 127.0.0.1", "read 0: request takes too long"],
      );
    });

    it("is used up by drops", async () => {
      const [app, c] = await open("/sum");
      for (let seconds = 1; seconds < 30; seconds++) {
        app.advance({ seconds: 1 });
        c.write("x");
      }
      assert.equal(c.closed, "no");
      app.advance({ seconds: 2 });
      assert.deepEqual([outcome(c)[0], c.closed], [408, "fin"]);
    });

    it("is not, at 1 KB/s and more", async () => {
      const [app, c] = await open("/sum");
      for (let sent = 0; sent < 1e6; sent += 2000) {
        app.advance({ seconds: 2 });
        c.write("x".repeat(2000));
      }
      assert.equal(outcome(c)[0], 200);
    });

    it("is given back, but never above app.bodyTimeout", async () => {
      const [app, c] = await open("/sum");
      c.write("x".repeat(500_000));
      app.advance({ ms: 29_999 });
      assert.equal(c.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(c.closed, "fin");
    });

    it("is not what the handler takes", async () => {
      const [app, c] = await open("/slow", 4);
      c.write("12");
      app.advance({ seconds: 61 });
      assert.equal(c.closed, "no");
      c.write("34");
      assert.deepEqual(outcome(c), [200, "2 2", "no"]);
    });
  });
}

describe("readBody", () => {
  it("belongs to routes of app.upload", async () => {
    const app = await load(wasm);
    await app.fetch("/echo", { method: "POST", body: "x" });
    assert.equal((await app.fetch("/misuse", { method: "POST", body: "x" })).status, 500);
    assert.match(lastLog(app) ?? "", /^readBody is for routes of app\.upload; use req\.body here at /);
    assert.equal((await app.fetch("/misuse", { method: "POST" })).text, "none");
  });
});
