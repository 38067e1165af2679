/** The opening handshake (RFC 6455 §4.2), and what an app knows of it. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConnectOptions } from "../../host/sandbox/index.js";
import { logOf, websocketApp } from "./websocket-app.js";

const app = await websocketApp();

/** What a handshake is answered. */
function answerOf(target: string, options: ConnectOptions = {}) {
  const { status, response } = app.connect(target, options);
  return { status, headers: response?.headers, error: response === null ? undefined : response.json() };
}

describe("the opening handshake", () => {
  it("is answered 101, with the accept that the key asks for", () => {
    const ws = app.connect("/echo");
    assert.deepEqual([ws.status, ws.protocol, ws.closed], [101, "", "no"]);
  });

  it("does not mind the case of words, and other elements of lists", () => {
    const headers = { Upgrade: "h2c, WebSocket", Connection: "keep-alive, UPGRADE" };
    assert.equal(app.connect("/echo", { headers }).status, 101);
  });

  it("ignores extensions that are offered", () => {
    const headers = { "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" };
    assert.equal(app.connect("/echo", { headers }).status, 101);
  });

  it("takes frames that come in the same segment, cut anywhere", () => {
    const request = [
      "GET /echo HTTP/1.1",
      "Host: x",
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13",
      "\r\n",
    ].join("\r\n");
    const bytes = Buffer.concat([Buffer.from(request), Buffer.from("818537fa213d7f9f4d5158", "hex")]);
    for (let at = 1; at <= bytes.length; at++) {
      const c = app.open().write(bytes.subarray(0, at));
      if (at < bytes.length) c.write(bytes.subarray(at));
      assert.match(c.text, /^HTTP\/1\.1 101 [^]*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n\r\n\ufffd\x05Hello$/, `cut at ${at}`);
      c.reset();
    }
  });

  const refused: [name: string, status: number, headers: Record<string, string>, error: string][] = [
    ["another version", 426, { "Sec-WebSocket-Version": "8" }, "Upgrade Required"],
    ["a list of versions", 426, { "Sec-WebSocket-Version": "13, 8" }, "Upgrade Required"],
    ["no key", 400, { "Sec-WebSocket-Key": "" }, "malformed Sec-WebSocket-Key"],
    ["a key of 15 bytes", 400, { "Sec-WebSocket-Key": "MTIzNDU2Nzg5MDEyMzQ1" }, "malformed Sec-WebSocket-Key"],
    [
      "a key that is no base64",
      400,
      { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25j*Q==" },
      "malformed Sec-WebSocket-Key",
    ],
  ];
  for (const [name, status, headers, error] of refused) {
    it(`is refused with ${status} for ${name}`, () => {
      const answer = answerOf("/echo", { headers });
      assert.deepEqual([answer.status, answer.error], [status, { error, code: status }]);
      if (status === 426) {
        assert.equal(answer.headers?.get("sec-websocket-version"), "13");
        assert.equal(answer.headers?.get("upgrade"), "websocket");
      }
    });
  }

  it("is refused with 400 for two keys", async () => {
    const key = "dGhlIHNhbXBsZSBub25jZQ==";
    const answer = await app.fetch("/echo", {
      headers: [
        ["Host", "x"],
        ["Upgrade", "websocket"],
        ["Connection", "Upgrade"],
        ["Sec-WebSocket-Version", "13"],
        ["Sec-WebSocket-Key", key],
        ["Sec-WebSocket-Key", key],
      ],
    });
    assert.equal(answer.status, 400);
  });

  it("is refused with 404 where there is no route, and keeps the connection", () => {
    const ws = app.connect("/nowhere");
    assert.deepEqual([ws.status, ws.closed], [404, "no"]);
  });
});

describe("other requests for the path of a WebSocket", () => {
  const plain: [name: string, headers: Record<string, string>][] = [
    ["a plain GET", {}],
    ["Upgrade without Connection", { Upgrade: "websocket" }],
    ["Connection without Upgrade", { Connection: "Upgrade" }],
    ["another protocol", { Upgrade: "h2c", Connection: "Upgrade" }],
  ];
  for (const [name, headers] of plain) {
    it(`${name} is answered 426`, async () => {
      const answer = await app.fetch("/echo", { headers: { Host: "x", ...headers } });
      assert.deepEqual([answer.status, answer.headers.get("upgrade")], [426, "websocket"]);
    });
  }

  it("another method is answered 405, and told that a GET leads there", async () => {
    const answer = await app.fetch("/echo", { method: "POST", body: "x" });
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "GET"]);
  });

  it("HTTP/1.0 cannot upgrade", () => {
    const c = app.open().write("GET /echo HTTP/1.0\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    assert.match(c.text, /^HTTP\/1\.1 426 /);
  });

  it("a page and a WebSocket can share a path", async () => {
    assert.deepEqual((await app.fetch("/both")).text, "page");
    assert.deepEqual(app.connect("/both").messages, ["socket"]);
  });

  it("a handshake for what is no WebSocket is a request as any other", () => {
    assert.equal(app.connect("/memory").status, 200);
    assert.equal(app.connect("/post").status, 405);
  });
});

describe("the route table", () => {
  it("lists WebSockets", () => {
    assert.ok(app.routes().includes("WEBSOCKET /echo"));
    assert.ok(app.routes().includes("WEBSOCKET /strict"));
  });
});

describe("option origins", () => {
  const origin = (value: string) => app.connect("/strict", { origin: value });

  it("lets in the pages that it lists", () => {
    assert.equal(origin("https://a.example").status, 101);
    assert.equal(origin("http://b.example:8080").status, 101);
  });

  it("refuses all others with 403", () => {
    for (const other of [
      "https://a.example.evil",
      "http://a.example",
      "https://a.exampl",
      "http://b.example",
      "null",
      ",",
    ]) {
      const ws = origin(other);
      assert.deepEqual([ws.status, ws.response?.json()], [403, { error: "origin not allowed", code: 403 }], other);
    }
  });

  it("does not concern clients that are no browsers", () => assert.equal(app.connect("/strict").status, 101));

  it('is "*" by default', () => assert.equal(app.connect("/echo", { origin: "https://any.example" }).status, 101));
});

describe("option protocols", () => {
  it("gives the first that the client offers and the app speaks", () => {
    for (const [offer, protocol] of [
      [["chat"], "chat"],
      [["soap", "chat", "chat.v2"], "chat"],
      [["chat.v2", "chat"], "chat.v2"],
      [["soap", "chat.v", "CHAT"], ""],
      [[], ""],
    ] as const) {
      const ws = app.connect("/strict", { protocols: [...offer] });
      assert.deepEqual([ws.status, ws.protocol, ws.messages], [101, protocol, [protocol]]);
    }
  });
});

describe("what a handler knows of the handshake", () => {
  it("parameters of path and query, at any time; its request at first", () => {
    const ws = app.connect("/chat/caf%C3%A9%2Fx/7?nick=J+D&a=1&a=2", { headers: { "X-Field": "f" } });
    const plain = app.connect("/chat/b/8", { headers: { "X-Field": "g" } });
    app.advance({ ms: 1 });
    assert.deepEqual(ws.messages, ["café/x 7 J D 1+2 f"]);
    assert.deepEqual(plain.messages, ["b 8 null  g"]);
  });

  it("the client's address", () => {
    const ws = app.connect("/address", { address: "192.0.2.7" });
    assert.deepEqual(ws.messages, ["192.0.2.7 192.0.2.7 /address"]);
  });

  it("parameters that do not exist are a mistake", () => {
    const ws = app.connect("/unknown-param");
    assert.equal(ws.closeCode, 1011);
    assert.match(logOf(app).at(-1) ?? "", /the route has no parameter/);
  });

  it("the request cannot be used after a wait", () => {
    const ws = app.connect("/late");
    app.advance({ ms: 1 });
    assert.equal(ws.closeCode, 1011);
    assert.match(logOf(app).at(-1) ?? "", /the handshake is gone: use its request before the first wait/);
  });
});

describe("middleware around a handshake", () => {
  it("may refuse it", () => {
    const ws = app.connect("/guarded/ws?deny=1");
    assert.deepEqual([ws.status, ws.response?.json()], [401, { error: "not you", code: 401 }]);
  });

  it("sees 101, and its fields are sent", () => {
    const c = app.open();
    c.write(
      "GET /guarded/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
    assert.match(c.text, /^HTTP\/1\.1 101 Switching Protocols\r\n[^]*X-Guard: passed\r\n[^]*\r\n\r\n\ufffd\x02in$/);
    assert.equal(logOf(app).at(-1), "GET /guarded/ws 101");
    assert.doesNotMatch(c.text, /Content-|Keep-Alive|Transfer/);
  });

  it("may wait", () => {
    const ws = app.connect("/guarded/ws?wait=1");
    assert.equal(ws.status, null);
    app.advance({ ms: 50 });
    assert.deepEqual([ws.status, ws.messages], [101, ["in"]]);
    ws.close(1000);
    assert.deepEqual([ws.closeCode, ws.closed], [1000, "fin"]);
  });
});
