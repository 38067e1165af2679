/** Middleware: row 30 of what the original does. Order, scopes, requests without a route, and waiting. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type App } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";

const MIDDLEWARE = new URL("../../../tests/apps/middleware", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(MIDDLEWARE)).wasm;
});

const start = (): Promise<App> => load(wasm);

/** The order in which middleware ran for a request, on the way in and on the way out. */
async function trace(app: App, target: string, method = "GET"): Promise<[into: string, out: string, status: number]> {
  await app.fetch("/trail");
  const { headers, status } = await app.fetch(target, { method });
  const into = (await app.fetch("/trail")).text.slice(0, -2);
  return [into, headers.getAll("x-trace").join(""), status];
}

describe("the order of middleware", () => {
  const cases: [name: string, target: string, method: string, into: string, out: string, status: number][] = [
    ["the first that was added is the outermost", "/last", "GET", "az", "za", 200],
    ["it holds for routes that were there before", "/first", "GET", "az", "za", 200],
    ["a group's is inside of the app's", "/group/in", "GET", "azbd", "dbza", 200],
    ["a group in a group has both", "/group/deep/in", "GET", "azbdc", "cdbza", 200],
    ["one route's is inside of the app's", "/with/me", "GET", "azef", "feza", 200],
    ["a route that a decorator registers has its group's", "/decorated", "GET", "azh", "hza", 200],
    ["HEAD has that of the GET route", "/with/me", "HEAD", "azef", "feza", 200],
    ["what has no route has the app's", "/nothing", "GET", "az", "za", 404],
    ["what has no route below a group has the app's", "/group/nothing", "GET", "az", "za", 404],
    ["what the method has no route for has the app's", "/with/me", "POST", "az", "za", 405],
    ["a path that is malformed has the app's", "/with/%zz", "GET", "az", "za", 400],
  ];
  for (const [name, target, method, into, out, status] of cases) {
    it(name, async () => {
      assert.deepEqual(await trace(await start(), target, method), [into, out, status]);
    });
  }
});

describe("a middleware", () => {
  it("that answers itself keeps the handler from it", async () => {
    const app = await start();
    const response = await app.fetch("/group/in?shut");
    assert.deepEqual([response.status, response.json()], [403, { error: "shut", code: 403 }]);
    assert.equal(response.headers.get("x-trace"), "a");
  });

  it("leaves path parameters to the handler", async () => {
    assert.equal((await (await start()).fetch("/with/Zo%C3%AB")).text, "Zoë");
  });

  it("may run the rest twice", async () => {
    const app = await start();
    await app.fetch("/trail");
    assert.match((await app.fetch("/twice")).text, /x.*x$/);
    assert.equal((await app.fetch("/trail")).status, 200);
  });

  it("adds to a response that was sent before, which costs that request a 500 and no memory", async () => {
    const app = await start();
    assert.equal((await app.fetch("/kept")).text, "kept");
    for (let i = 0; i < 3000; i++) assert.equal((await app.fetch("/kept")).status, 500);
    assert.equal((await app.fetch("/last")).text, "last");
  });

  it("asking for a parameter where there is no route costs the request a 500", async () => {
    const app = await start();
    assert.equal((await app.fetch("/nothing?param")).status, 500);
    assert.match(
      app.log.at(-1)?.text ?? "",
      /^the route has no parameter name at .*near app\.ts|^the route has no parameter name/,
    );
  });
});

describe("a middleware that waits", () => {
  for (const [where, ms, trail] of [
    ["before", 10, "azg"],
    ["behind", 10, "azg"],
    ["both", 30, "azg"],
  ] as const) {
    it(`${where} what is inside lets all else go on, and sees its own request again`, async () => {
      const app = await start();
      await app.fetch("/trail");
      const c = app.open().write(request("GET", `/slow/${where}/one`) + request("GET", "/with/next"));
      assert.equal(c.text, "");
      app.advance({ ms: 1 });
      assert.equal((await app.fetch("/with/other")).text, "other");
      const d = app.open().write(request("GET", `/slow/${where}/%74wo`));
      app.advance({ ms: ms - 2 });
      assert.equal(c.text, "");
      app.advance({ ms: 1 });
      const first = parseResponse(c.output);
      assert.equal(first?.response.text, `/slow/${where}/one one`);
      assert.equal(first.response.headers.getAll("x-path")[0], `/slow/${where}/one`);
      assert.deepEqual(first.response.headers.getAll("x-trace").join(""), "gza");
      assert.equal(parseResponse(c.output.subarray(first.length))?.response.text, "next");
      app.advance({ ms: 1 });
      const second = parseResponse(d.output)?.response;
      assert.equal(second?.text, `/slow/${where}/two two`);
      assert.equal(second.headers.getAll("x-trace").join(""), trail.split("").reverse().join(""));
    });
  }

  it("many at a time leave nothing behind", async () => {
    const app = await start();
    for (let round = 0; round < 30; round++) {
      const all = Array.from({ length: 8 }, (_, n) => app.open().write(request("GET", `/slow/both/${n}`)));
      app.advance({ ms: 30 });
      all.forEach((c, n) => {
        assert.equal(parseResponse(c.output)?.response.text, `/slow/both/${n} ${n}`);
        c.end();
      });
    }
    assert.equal(app.connections, 0);
  });
});

describe("middleware around a WebSocket", () => {
  const authorization = `Basic ${Buffer.from("ada:lovelace").toString("base64")}`;

  const handshake =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

  it("runs for its handshake, and adds fields to the answer", async () => {
    const app = await start();
    const ws = app.connect("/ws");
    assert.equal(ws.status, 101);
    const { text } = app.open().write(request("GET", "/ws", handshake));
    assert.match(text, /^HTTP\/1\.1 101 .*\r\nX-Trace: z\r\nX-Trace: a\r\n/s);
    ws.send("hi");
    assert.deepEqual(ws.messages, ["hi"]);
  });

  it("may refuse it", async () => {
    const app = await start();
    assert.equal(app.connect("/ws?shut").response?.status, 403);
    const refused = app.connect("/ws/private");
    assert.equal(refused.response?.status, 401);
    assert.match(refused.response?.headers.get("www-authenticate") ?? "", /^Basic realm="sockets"/);
  });

  it("may wait", async () => {
    const app = await start();
    const ws = app.connect("/ws/private", { headers: { Authorization: authorization } });
    assert.equal(ws.status, null);
    app.advance({ ms: 10 });
    assert.equal(ws.status, 101);
    assert.deepEqual(ws.messages, ["welcome"]);
  });
});

describe("SecurityHeaders", () => {
  it("adds what is safe everywhere", async () => {
    const { headers } = await (await start()).fetch("/secure");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("x-frame-options"), "SAMEORIGIN");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("content-security-policy"), null);
    assert.equal(headers.get("strict-transport-security"), null);
  });

  it("adds what it is told, and leaves out what is empty", async () => {
    const { headers } = await (await start()).fetch("/secure/more");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("x-frame-options"), null);
    assert.equal(headers.get("referrer-policy"), null);
    assert.equal(headers.get("content-security-policy"), "default-src 'self'");
    assert.equal(headers.get("strict-transport-security"), "max-age=60");
  });
});
