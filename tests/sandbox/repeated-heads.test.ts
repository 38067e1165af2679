import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App } from "../../host/sandbox/index.js";

/** Heads that differ in little, and what makes the server keep or drop what it knows of the last one. */
const requests = [
  "GET /users/me HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /users/me HTTP/1.0\r\nHost: a\r\n\r\n",
  "GET /users/me HTTP/1.1\r\nHost: b\r\n\r\n",
  "GET /users/me HTTP/1.1\r\n\r\n",
  "HEAD /users/me HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /users/7 HTTP/1.1\r\nHost: a\r\n\r\n",
  "DELETE /users/7 HTTP/1.1\r\nHost: a\r\n\r\n",
  "PUT /users/7 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /users/al HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /users/Zo%C3%AB HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /users/%6de HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /users/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET http://a/users/me HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /files/a/b HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /query?a=1&b=2 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /query?a=1&b=3 HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /field?name=x HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n",
  "GET /field?name=x HTTP/1.1\r\nHost: a\r\nX: 2\r\n\r\n",
  "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "POST /request HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
  "POST /request HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nho",
  "POST /request HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n",
  "POST /request HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
  "POST /request HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
  "GET /abort HTTP/1.1\r\nHost: a\r\n\r\n",
  "GET /read HTTP/1.1\r\nHost: a\r\n\r\n",
];

function ask(app: App, ...pieces: string[]): string {
  const connection = app.open();
  for (const piece of pieces) connection.write(piece);
  const { text } = connection;
  if (connection.closed === "no") connection.reset();
  return text;
}

describe("a head is answered the same, whatever came before", () => {
  let wasm: string;
  let alone: string[];

  before(async () => {
    wasm = (await buildApp("tests/apps/kitchen")).wasm;
    alone = [];
    for (const request of requests) alone.push(ask(await load(wasm), request));
  });

  it("on another connection", async () => {
    const app = await load(wasm);
    for (const first of requests) {
      for (const [i, second] of requests.entries()) {
        ask(app, first);
        assert.equal(ask(app, second), alone[i], `${first} then ${second}`);
      }
    }
  });

  it("twice on another connection, with half a head of a third between", async () => {
    const app = await load(wasm);
    for (const first of requests) {
      const half = first.length >> 1;
      for (const [i, second] of requests.entries()) {
        ask(app, second);
        const open = app.open();
        open.write(first.slice(0, half));
        assert.equal(ask(app, second), alone[i], `half of ${first} then ${second}`);
        if (open.closed === "no") open.reset();
      }
    }
  });

  it("with content that comes later", async () => {
    const app = await load(wasm);
    const [head, content] = ["POST /request HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n", "hi"];
    const expected = ask(await load(wasm), head + content);
    // A trap of another kind than an abort resets whoever is not idle.
    for (const first of requests.filter((request) => !request.startsWith("GET /read "))) {
      const open = app.open();
      open.write(head);
      ask(app, first);
      open.write(content);
      assert.equal(open.text, expected, `${first} in between`);
      open.reset();
    }
  });
});
