/** Deadlines, in virtual time. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type App, type Connection, type LoadOptions } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";

const KITCHEN = new URL("../../../tests/apps/kitchen", import.meta.url).pathname;
const HEAD = "GET /hello HTTP/1.1\r\nHost: x\r\n";

let wasm: string;
before(async () => {
  wasm = (await buildApp(KITCHEN)).wasm;
});

function start(options: LoadOptions = {}): Promise<App> {
  return load(wasm, options);
}

/** The status of the one response that has come, after which the connection is closed. */
function refusal(connection: Connection): number | undefined {
  assert.equal(connection.closed, "fin");
  const found = parseResponse(connection.output, { ended: true });
  assert.equal(found?.length, connection.output.length);
  return found?.response.status;
}

/** Writes a text a byte a second until the server closes; the seconds that took. */
function drip(app: App, connection: Connection, text: string): number {
  let seconds = 0;
  for (const byte of text) {
    connection.write(byte);
    app.advance({ seconds: 1 });
    seconds++;
    if (connection.closed !== "no") return seconds;
  }
  throw new Error("the text ended before the server's patience");
}

for (const [when, now] of [
  ["", 0],
  [" across the wrap of the clock", 2 ** 32 - 4000],
] as const) {
  describe(`deadlines${when}`, () => {
    it("an idle connection is closed after 5 s", async () => {
      const app = await start({ now });
      const c = app.open().write(request("GET", "/hello"));
      c.take();
      app.advance({ ms: 4999 });
      assert.equal(c.closed, "no");
      app.advance({ ms: 1 });
      assert.deepEqual([c.closed, c.text], ["fin", ""]);
    });

    it("a request within them starts them anew", async () => {
      const app = await start({ now });
      const c = app.open();
      for (let i = 0; i < 5; i++) {
        c.write(request("GET", "/hello"));
        assert.match(c.take(), /^HTTP\/1\.1 200 /);
        app.advance({ ms: 4900 });
      }
      assert.equal(c.closed, "no");
    });

    it("a head must be whole 10 s after its first byte", async () => {
      const app = await start({ now });
      const c = app.open().write(HEAD);
      app.advance({ ms: 9999 });
      assert.deepEqual([c.closed, c.text], ["no", ""]);
      app.advance({ ms: 1 });
      assert.equal(refusal(c), 408);
    });

    it("content must be whole 30 s after its head", async () => {
      const app = await start({ now });
      const c = app.open().write(request("POST", "/request", "Content-Length: 5\r\n", "hell"));
      app.advance({ ms: 29_999 });
      assert.deepEqual([c.closed, c.text], ["no", ""]);
      app.advance({ ms: 1 });
      assert.equal(refusal(c), 408);
    });

    it("an answer must be taken within 30 s", async () => {
      const app = await start({ now });
      const c = app.open({ window: 100 }).write(request("GET", "/large/3000"));
      app.advance({ ms: 29_999 });
      assert.equal(c.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(c.closed, "reset");
      assert.equal(app.connections, 0);
    });
  });
}

describe("slow clients", () => {
  it("a connection without a byte is closed in time", async () => {
    const app = await start();
    const c = app.open();
    app.advance({ seconds: 30 });
    assert.notEqual(c.closed, "no");
  });

  it("a head that drips in has a total deadline", async () => {
    const app = await start();
    const c = app.open();
    assert.equal(drip(app, c, "GET /hello HTTP/1.1\r\n"), 10);
    assert.equal(refusal(c), 408);
  });

  it("content that drips in has a total deadline", async () => {
    const app = await start();
    const c = app.open().write(request("POST", "/request", "Content-Length: 100\r\n"));
    assert.equal(drip(app, c, "x".repeat(99)), 30);
    assert.equal(refusal(c), 408);
  });

  it("chunks that drip in have a total deadline", async () => {
    const app = await start();
    const c = app.open().write(request("POST", "/request", "Transfer-Encoding: chunked\r\n"));
    assert.equal(drip(app, c, "1\r\nx\r\n".repeat(20)), 30);
    assert.equal(refusal(c), 408);
  });

  it("others are served meanwhile", async () => {
    const app = await start();
    const slow = [HEAD, request("POST", "/request", "Content-Length: 9\r\n", "x"), ""].map((text) =>
      app.open().write(text),
    );
    for (let i = 0; i < 8; i++) {
      assert.equal((await app.fetch("/users/7")).text, "id 7");
      app.advance({ seconds: 1 });
    }
    assert.deepEqual(
      slow.map((c) => c.closed),
      ["no", "no", "no"],
    );
  });

  it("never take the last place: one that is slow with its head is given up for a new client", async () => {
    const app = await start();
    const slow = Array.from({ length: 5 }, () => app.open().write(HEAD));
    assert.equal((await app.fetch("/hello")).status, 503);
    app.advance({ seconds: 3 });
    assert.equal((await app.fetch("/hello")).status, 200);
    assert.deepEqual(slow.map((c) => c.closed).sort(), ["fin", "no", "no", "no", "no"]);
  });
});

describe("clients that are slow to receive", () => {
  it("get the whole answer as their window opens", async () => {
    const app = await start();
    const c = app.open({ window: 1000 }).write(request("GET", "/large/9000"));
    while (c.window === 0) {
      app.advance({ seconds: 1 });
      c.window = 1000;
    }
    assert.equal(parseResponse(c.output)?.response.bytes.length, 9000);
    assert.match((c.take(), c.write(request("GET", "/users/7")).text), /id 7$/);
  });

  it("keep the order of what they have sent before", async () => {
    const app = await start();
    const c = app.open({ window: 10 });
    c.write(request("GET", "/large/3000") + request("GET", "/users/7") + request("GET", "/users/me"));
    for (let i = 0; i < 1000 && !c.text.endsWith("\r\n\r\nme"); i++) c.window = 10;
    const contents: string[] = [];
    for (let rest = c.output; rest.length > 0;) {
      const found = parseResponse(rest);
      assert.ok(found);
      contents.push(found.response.text);
      rest = rest.subarray(found.length);
    }
    assert.deepEqual(contents, ["x".repeat(3000), "id 7", "me"]);
  });

  it("and end meanwhile get the whole answer", async () => {
    const c = (await start()).open({ window: 100 }).write(request("GET", "/large/5000")).end();
    c.window = 100_000;
    assert.equal(parseResponse(c.output)?.response.bytes.length, 5000);
    assert.equal(c.closed, "fin");
  });

  it("and reset meanwhile are forgotten", async () => {
    const app = await start();
    app.open({ window: 100 }).write(request("GET", "/large/5000")).reset();
    assert.equal(app.connections, 0);
    assert.equal((await app.fetch("/hello")).status, 200);
  });
});

describe("the clock", () => {
  it("is in the Date field", async () => {
    const app = await start({ startTime: new Date("2028-02-28T23:59:59Z") });
    assert.equal((await app.fetch("/hello")).headers.get("Date"), "Mon, 28 Feb 2028 23:59:59 GMT");
    app.advance({ seconds: 1 });
    assert.equal((await app.fetch("/hello")).headers.get("Date"), "Tue, 29 Feb 2028 00:00:00 GMT");
    app.advance({ days: 1 });
    assert.equal((await app.fetch("/hello")).headers.get("Date"), "Wed, 01 Mar 2028 00:00:00 GMT");
  });

  it("may run for months", async () => {
    const app = await start();
    for (let month = 0; month < 12; month++) {
      assert.equal((await app.fetch("/hello")).status, 200);
      app.advance({ days: 30 });
      assert.equal(app.connections, 0);
    }
  });
});

describe("the server as a whole", () => {
  it("warns once when four fifths of the connections are in use", async () => {
    const app = await start();
    const warnings = (): number => app.log.filter((line) => line.level === "warn").length;
    const open = Array.from({ length: 3 }, () => app.open());
    assert.equal(warnings(), 0);
    open.push(app.open());
    assert.equal(warnings(), 1);
    open.push(app.open());
    assert.equal(warnings(), 1);
  });

  it("warns at most once a minute where clients come and go", async () => {
    const app = await start();
    const warnings = (): number => app.log.filter((line) => line.level === "warn").length;
    const fill = (): void => {
      const open = Array.from({ length: 4 }, () => app.open());
      for (const connection of open) connection.reset();
    };
    for (let second = 0; second < 60; second++) {
      fill();
      assert.equal(warnings(), 1);
      app.advance({ seconds: 1 });
    }
    app.advance({ seconds: 1 });
    fill();
    assert.equal(warnings(), 2);
  });

  it("serves at most the connections that the host can hold", async () => {
    const app = await start({ maxConns: 2 });
    const busy = [app.open().write(HEAD), app.open().write(HEAD)];
    assert.equal((await app.fetch("/hello")).status, 503);
    assert.equal(app.connections, busy.length);
  });

  it("stops when the last request is done", async () => {
    const app = await start();
    const idle = app.open().write(request("GET", "/hello"));
    const busy = app.open().write(HEAD);
    app.stop();
    assert.deepEqual([idle.closed, busy.closed], ["fin", "no"]);
    busy.write("\r\n");
    assert.match(busy.text, /\r\nConnection: close\r\n/);
    assert.deepEqual([busy.closed, app.connections], ["fin", 0]);
  });

  it("closes a connection that was still being sent to when the server was stopped", async () => {
    const app = await start();
    const slow = app.open({ window: 100 }).write(request("GET", "/large/3000"));
    app.stop();
    slow.window = 10_000;
    assert.deepEqual([slow.closed, app.connections], ["fin", 0]);
  });

  it("lists its routes", async () => {
    const routes = (await start()).routes();
    assert.ok(routes.includes("GET /users/<int:id>"), routes.join("\n"));
    assert.ok(routes.includes("GET, PATCH /several"), routes.join("\n"));
  });

  it("loses no memory over thousands of requests", async () => {
    const app = await start();
    const targets = [
      "/query?a=b&c=d",
      "/users/Zo%C3%AB",
      "/large/3000",
      "/nowhere",
      "/set?value=x",
      "/request?x",
      "/unicode",
    ];
    for (let i = 0; i < 3000; i++) {
      const status = (await app.fetch(targets[i % targets.length] ?? "/")).status;
      assert.ok(status < 500, `request ${i}: ${status}`);
    }
    assert.deepEqual(
      app.log.filter((line) => line.level === "error"),
      [],
    );
  });
});
