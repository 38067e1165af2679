/** Content that goes piece by piece to a handler without a stack: `app.onBody`. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type Connection, type Response } from "../../host/sandbox/index.js";
import { request, withContent } from "../contract/case.js";
import { offsets } from "../contract/pieces.js";

const UPLOADS = new URL("../../../tests/apps/uploads", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(UPLOADS)).wasm;
});

/** The one response, after the interim ones. */
function response(c: Connection): Response {
  const found = parseResponse(c.output, { ended: c.closed !== "no" });
  assert.equal(found?.length, c.output.length);
  return found.response;
}

const outcome = (c: Connection): [status: number, text: string, closed: string] => {
  const { status, text } = response(c);
  return [status, text, c.closed];
};

describe("a BodyHandler", () => {
  for (const [name, message] of [
    ["with a length", withContent("PUT", "/count", "hello world")],
    ["in chunks", request("PUT", "/count", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")],
  ] as const) {
    it(`takes content ${name}, cut anywhere`, async () => {
      const app = await load(wasm);
      for (const cut of [0, ...offsets(message.length)]) {
        const c = app.open().write(message.slice(0, cut)).write(message.slice(cut));
        assert.deepEqual(outcome(c), [200, "hello world PUT /count", "no"], `cut at ${cut}`);
        c.end();
      }
      const c = app.open();
      for (const byte of message) c.write(byte);
      assert.deepEqual(outcome(c), [200, "hello world PUT /count", "no"]);
    });
  }

  it("answers where there is no content", async () => {
    const app = await load(wasm);
    for (const message of [
      withContent("POST", "/count", ""),
      request("POST", "/count"),
      request("POST", "/count", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    ])
      assert.deepEqual(outcome(app.open().write(message)), [200, " POST /count", "no"]);
  });

  it("sees its own request when the content is whole", async () => {
    const app = await load(wasm);
    const c = app.open().write(withContent("POST", "/count", "12").slice(0, -1));
    await app.fetch("/form", { method: "POST", body: "x" });
    assert.equal(response(c.write("2")).text, "12 POST /count");
  });

  it("refuses content when it is opened", async () => {
    const c = (await load(wasm)).open().write(request("POST", "/count", "Content-Length: 5\r\nX-Refuse: 1\r\n"));
    assert.deepEqual(outcome(c), [403, '{"error": "not this", "code": 403}', "fin"]);
  });

  it("is not created where middleware answers", async () => {
    const c = (await load(wasm)).open().write(request("POST", "/guarded-count", "Content-Length: 5\r\n"));
    assert.deepEqual(outcome(c), [401, '{"error": "no key", "code": 401}', "fin"]);
  });

  for (const lines of ["X-Key: 1\r\n", "X-Key: 1\r\nX-Slow: 1\r\n"]) {
    it(`stands inside of middleware${lines.includes("Slow") ? " that waits" : ""}`, async () => {
      const app = await load(wasm);
      const message = withContent("POST", "/guarded-count", "hello", lines);
      for (const cut of offsets(message.length)) {
        const c = app.open().write(message.slice(0, cut)).write(message.slice(cut));
        app.advance({ seconds: 2 });
        const { status, text, headers } = response(c);
        assert.deepEqual([status, text, c.closed], [200, "hello POST /guarded-count", "no"]);
        assert.deepEqual([headers.get("x-passed"), headers.get("x-set")], ["key", "1"]);
        c.end();
      }
    });
  }

  it("is waited for with 100 Continue", async () => {
    const c = (await load(wasm))
      .open()
      .write(request("POST", "/count", "Content-Length: 1\r\nExpect: 100-continue\r\n"));
    assert.equal(c.take(), "HTTP/1.1 100 Continue\r\n\r\n");
    assert.equal(outcome(c.write("x"))[1], "x POST /count");
  });
});

describe("a BodyHandler whose content breaks off", () => {
  const begin = "Content-Length: 50\r\n";

  it("is told where the client ends: 400", async () => {
    const app = await load(wasm);
    const c = app
      .open()
      .write(request("POST", "/count", begin, "he"))
      .end();
    assert.deepEqual(outcome(c), [400, '{"error": "request ends early", "code": 400}', "fin"]);
    assert.deepEqual(
      app.log.map(({ text }) => text),
      ["400 request ends early from 127.0.0.1", "broken 400 after he"],
    );
  });

  it("is told where the client is gone", async () => {
    const app = await load(wasm);
    app
      .open()
      .write(request("POST", "/count", begin, "he"))
      .reset();
    assert.deepEqual(
      app.log.map(({ text }) => text),
      ["broken 400 after he"],
    );
  });

  it("is told where the client takes too long: 408", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/count", begin, "he"));
    app.advance({ ms: 29_999 });
    assert.equal(c.text, "");
    app.advance({ ms: 1 });
    assert.deepEqual(outcome(c), [408, '{"error": "request takes too long", "code": 408}', "fin"]);
    assert.equal(app.log.at(-1)?.text, "broken 408 after he");
  });

  it("is told where it becomes too large: 413", async () => {
    const app = await load(wasm);
    const c = app.open().write(request("POST", "/count", "Transfer-Encoding: chunked\r\n", "2\r\nhe\r\n"));
    c.write("3f\r\n");
    assert.deepEqual(outcome(c), [413, '{"error": "content too large", "code": 413}', "fin"]);
    assert.equal(app.log.at(-1)?.text, "broken 413 after he");
  });

  it("costs its own request where it traps", async () => {
    const app = await load(wasm);
    const other = app.open().write(request("POST", "/count", begin));
    const c = app.open().write(request("POST", "/count", begin));
    c.write("trap");
    assert.deepEqual(outcome(c), [500, '{"error": "Internal Server Error", "code": 500}', "fin"]);
    other.write("x".repeat(50));
    assert.equal(outcome(other)[0], 200);
  });

  it("leaks nothing, however often", async () => {
    const app = await load(wasm);
    for (let i = 0; i < 3000; i++) {
      const c = app.open().write(request("POST", "/count", begin, "he"));
      if (i % 3) c.write("l");
      if (i % 7 === 0) c.write("trap");
      if (i % 5) c.reset();
      else c.end().reset();
    }
    const large = withContent("POST", "/large", "x".repeat(10_000));
    assert.deepEqual(outcome(app.open().write(large)), [200, "10000", "no"]);
  });
});
