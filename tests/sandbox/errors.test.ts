/** Error handlers: row 18 of what the original does, by status and for all others. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type App, type Connection, type Response } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";

const ERRORS = new URL("../../../tests/apps/errors", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(ERRORS)).wasm;
});

/** An app whose error handlers fail as told. */
async function failing(how: string): Promise<App> {
  const app = await load(wasm);
  assert.equal((await app.fetch(`/fail/${how}`, { method: "POST" })).status, 204);
  return app;
}

/** The one answer that has come, behind which the connection is closed. */
function refusal(c: Connection): Response {
  assert.equal(c.closed, "fin");
  const found = parseResponse(c.output, { ended: true });
  assert.ok(found !== null);
  assert.equal(found.length, c.output.length);
  return found.response;
}

const errors = (app: App): string[] => app.log.filter(({ level }) => level === "error").map(({ text }) => text);

describe("an error handler", () => {
  it("answers for its status", async () => {
    const response = await (await load(wasm)).fetch("/no/such");
    assert.deepEqual([response.status, response.text], [404, "<h1>No /no/such</h1>"]);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  });

  it("sees the path decoded", async () => {
    const response = await (await load(wasm)).fetch("/Zo%C3%AB");
    assert.deepEqual([response.status, response.text], [404, "<h1>No /Zoë</h1>"]);
  });

  it("for any status answers for those without one of their own", async () => {
    const response = await (await load(wasm)).fetch("/hello", { method: "DELETE" });
    assert.deepEqual([response.status, response.text], [405, "405 [DELETE] [/hello] [/hello] 1 0 127.0.0.1"]);
  });

  it("leaves Allow, which a 405 must have", async () => {
    const response = await (await load(wasm)).fetch("/hello", { method: "DELETE" });
    assert.equal(response.headers.get("allow"), "GET, HEAD, POST");
  });

  it("is not asked where a handler answers with an error", async () => {
    const response = await (await load(wasm)).fetch("/own");
    assert.deepEqual([response.status, response.json()], [404, { error: "its own", code: 404 }]);
  });

  it("answers where a handler fails, and sees its request", async () => {
    const app = await load(wasm);
    const response = await app.fetch("/abort?x=1");
    assert.deepEqual([response.status, response.text], [500, "500 [GET] [/abort] [/abort?x=1] 1 0 127.0.0.1"]);
    assert.equal(response.headers.get("x-error"), "own");
    assert.equal(response.keepAlive, true);
    assert.match(errors(app)[0] ?? "", /as asked at .*app\.ts:\d+:\d+, in on_data/);
  });

  it("answers where a handler fails after a wait", async () => {
    const response = await (await load(wasm)).fetch("/wait");
    assert.deepEqual([response.status, response.text], [500, "500 [GET] [/wait] [/wait] 1 0 127.0.0.1"]);
  });

  it("answers where a handler has used up its fuel", async () => {
    const response = await (await load(wasm)).fetch("/loop");
    assert.deepEqual([response.status, response.text], [500, "500 [GET] [/loop] [/loop] 1 0 127.0.0.1"]);
  });

  it("answers for a response that cannot be sent", async () => {
    const response = await (await load(wasm)).fetch("/bad-status");
    assert.deepEqual([response.status, response.text], [500, "500 [GET] [/bad-status] [/bad-status] 1 0 127.0.0.1"]);
  });

  it("answers behind middleware that waited", async () => {
    const response = await (await load(wasm)).fetch("/slow");
    assert.deepEqual([response.status, response.text], [500, "500 [GET] [/slow] [/slow] 1 0 127.0.0.1"]);
  });

  it("answers in a new instance, of a request that is no more", async () => {
    const response = await (await load(wasm)).fetch("/read");
    assert.deepEqual([response.status, response.text], [500, "500 [] [] [] 0 0 127.0.0.1"]);
    assert.equal(response.keepAlive, false);
  });

  it("answers for want of memory, or the server does", async () => {
    const app = await load(wasm);
    for (let i = 0; i < 20; i++) assert.equal((await app.fetch("/exhaust")).status, 503);
    assert.equal((await app.fetch("/hello")).text, "hello");
  });

  it("serves what follows on the connection", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("GET", "/abort") + request("GET", "/nothing") + request("GET", "/hello"));
    const statuses = [...c.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    assert.deepEqual(statuses, ["500", "404", "200"]);
  });

  it("answers HEAD without content", async () => {
    const response = await (await load(wasm)).fetch("/nothing", { method: "HEAD" });
    assert.deepEqual([response.status, response.text], [404, ""]);
    assert.equal(response.headers.get("content-length"), String("<h1>No /nothing</h1>".length));
  });
});

describe("an error handler for messages that are refused", () => {
  const heads: [status: number, name: string, message: string, method?: string][] = [
    [400, "no Host", "GET /x HTTP/1.1\r\nX: y\r\n\r\n", "GET"],
    [400, "a malformed method", "G@T /x HTTP/1.1\r\nHost: x\r\n\r\n"],
    [400, "a malformed field", "GET /%41 HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", "GET"],
    [414, "a request line that is too long", `GET /${"x".repeat(8200)} HTTP/1.1\r\nHost: x\r\n\r\n`, "GET"],
    [431, "a field line that is too long", `GET /x HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(8200)}\r\n\r\n`, "GET"],
    [501, "a method that is unknown", "BREW /x HTTP/1.1\r\nHost: x\r\n\r\n"],
    [505, "a version that is unknown", "GET /x HTTP/2.0\r\nHost: x\r\n\r\n", "GET"],
  ];
  for (const [status, name, message, method = ""] of heads) {
    it(`sees nothing of ${name}, but the method where that was read`, async () => {
      const response = refusal((await load(wasm)).open().write(message));
      assert.deepEqual([response.status, response.text], [status, `${status} [${method}] [] [] 0 0 127.0.0.1`]);
    });
  }

  for (const target of ["/hello", "/h%65llo"]) {
    it(`sees the head of content that is too large, of ${target}`, async () => {
      const text = `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n`;
      const response = refusal((await load(wasm)).open().write(text));
      assert.deepEqual([response.status, response.text], [413, `413 [POST] [/hello] [${target}] 2 0 127.0.0.1`]);
    });
  }

  it("that fails in an answer that is late leaves other connections their bytes", async () => {
    const app = await failing("abort");
    const late = app.open().write(request("GET", "/late") + request("GET", "/hello"));
    const other = app.open().write("GET /hello HTTP/1.1\r\nHost: x\r\nX: ");
    app.advance({ ms: 20 });
    late.write(request("GET", "/hello"));
    other.write("y\r\n\r\n");
    const statuses = (c: Connection): string[] =>
      [...c.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = ""]) => status);
    assert.deepEqual([statuses(late), statuses(other)], [["500", "200", "200"], ["200"]]);
  });

  it("leaves the route to the same head that comes again", async () => {
    const app = await load(wasm);
    const head = "POST /hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    const statuses = ["1\r\na\r\n0\r\n\r\n", "x\r\n", "1\r\na\r\n0\r\n\r\n"].map((body) => {
      return app
        .open()
        .write(head + body)
        .text.slice(9, 12);
    });
    assert.deepEqual(statuses, ["200", "400", "200"]);
  });

  it("sees the head of content that is malformed", async () => {
    const head = "POST /hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    const response = refusal((await load(wasm)).open().write(`${head}5\r\nabcde\r\nx`));
    assert.deepEqual([response.status, response.text], [400, "400 [POST] [/hello] [/hello] 2 0 127.0.0.1"]);
  });

  it("sees the head of content that takes too long", async () => {
    const app = await load(wasm);
    const c = app.open().write("POST /hello HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc");
    app.open().write(request("GET", "/other"));
    app.advance({ seconds: 30 });
    const response = refusal(c);
    assert.deepEqual([response.status, response.text], [408, "408 [POST] [/hello] [/hello] 2 0 127.0.0.1"]);
  });

  it("sees nothing of a head that takes too long", async () => {
    const app = await load(wasm);
    const c = app.open().write("GET /hello HTTP/1.1\r\nHost: x\r\n");
    app.advance({ seconds: 10 });
    const response = refusal(c);
    assert.deepEqual([response.status, response.text], [408, "408 [GET] [] [] 0 0 127.0.0.1"]);
  });

  it("sees nothing of connections beyond maxConns; Retry-After stays", async () => {
    const app = await load(wasm);
    for (let i = 0; i < 2; i++) app.open().write("GET ");
    const response = refusal(app.open());
    assert.deepEqual([response.status, response.text], [503, "503 [] [] [] 0 0 127.0.0.1"]);
    assert.equal(response.headers.get("retry-after"), "5");
  });

  it("leaves the head that was read before as it was", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("GET", "/hello", "A: b\r\nC: d\r\n"));
    app.open().write("GET /x HTTP/1.1\r\nX: y\r\n\r\n");
    c.take();
    c.write(request("DELETE", "/hello", "A: b\r\nC: d\r\n"));
    assert.match(c.text, /405 \[DELETE\] \[\/hello\] \[\/hello\] 3 0 127/);
  });
});

describe("an error handler that fails", () => {
  for (const [how, reason] of [
    ["abort", "the error handler fails"],
    ["sleep", "only handlers, middleware, streams and timers can wait"],
    ["loop", "out of fuel"],
    ["params", "the route has no parameter name"],
  ] as const) {
    it(`by ${how} costs its request a 500 in the server's form`, async () => {
      const app = await failing(how);
      const response = await app.fetch("/nothing");
      assert.deepEqual([response.status, response.json()], [500, { error: "Internal Server Error", code: 500 }]);
      assert.equal(errors(app).length, 1);
      assert.ok(errors(app)[0]?.startsWith(reason), errors(app)[0]);
      assert.equal((await app.fetch("/hello")).text, "hello");
    });
  }

  it("by a trap that tears the instance costs its request a 500", async () => {
    const app = await failing("read");
    const response = await app.fetch("/nothing");
    assert.deepEqual([response.status, response.text], [500, "500 [] [] [] 0 0 127.0.0.1"]);
  });

  for (const how of ["abort", "sleep", "loop"]) {
    it(`by ${how} for a handler that failed: the server answers`, async () => {
      const app = await failing(how);
      const response = await app.fetch("/abort");
      assert.deepEqual([response.status, response.json()], [500, { error: "Internal Server Error", code: 500 }]);
      assert.deepEqual(
        errors(app).map((text) => text.slice(text.lastIndexOf(" in "))),
        [" in on_data", " in on_fault"],
      );
      assert.equal((await app.fetch("/hello")).text, "hello");
    });

    it(`by ${how} for a handler that failed after a wait: the server answers`, async () => {
      const app = await failing(how);
      const response = await app.fetch("/wait");
      assert.deepEqual([response.status, response.json()], [500, { error: "Internal Server Error", code: 500 }]);
      assert.equal((await app.fetch("/hello")).text, "hello");
    });

    it(`by ${how} behind middleware that waited: the server answers`, async () => {
      const app = await failing(how);
      const response = await app.fetch("/slow");
      assert.deepEqual([response.status, response.json()], [500, { error: "Internal Server Error", code: 500 }]);
      assert.equal((await app.fetch("/hello")).text, "hello");
    });

    it(`by ${how} for a message that is refused: the server answers`, async () => {
      const app = await failing(how);
      const response = refusal(app.open().write("GET /x HTTP/1.1\r\nX: y\r\n\r\n"));
      assert.deepEqual([response.status, response.json()], [500, { error: "Internal Server Error", code: 500 }]);
    });

    it(`by ${how} for a head that takes too long: the server answers`, async () => {
      const app = await failing(how);
      const c = app.open().write("GET ");
      app.advance({ seconds: 10 });
      assert.equal(refusal(c).status, 500);
      assert.equal((await app.fetch("/hello")).text, "hello");
    });

    it(`by ${how} for a connection beyond maxConns: the server answers`, async () => {
      const app = await failing(how);
      for (let i = 0; i < 2; i++) app.open().write("GET ");
      assert.equal(refusal(app.open()).status, 500);
    });
  }

  it("by a response that was sent before: the server answers with the error itself", async () => {
    const app = await failing("kept");
    assert.deepEqual([(await app.fetch("/nothing")).text], ["kept"]);
    const response = await app.fetch("/nothing");
    assert.deepEqual([response.status, response.json()], [404, { error: "Not Found", code: 404 }]);
    assert.deepEqual(errors(app), ["a Response was sent twice: make one a request"]);
  });

  it("by a status that is none: the server answers with the error itself", async () => {
    const app = await failing("status");
    const response = await app.fetch("/nothing");
    assert.deepEqual([response.status, response.json()], [404, { error: "Not Found", code: 404 }]);
    assert.deepEqual(errors(app), ["a status is 200 to 599"]);
  });

  it("again and again leaves nothing behind", async () => {
    const app = await failing("abort");
    for (let i = 0; i < 500; i++) assert.equal((await app.fetch(i % 2 ? "/nothing" : "/abort")).status, 500);
    assert.equal((await app.fetch("/hello")).text, "hello");
    assert.equal(app.connections, 0);
  });
});
