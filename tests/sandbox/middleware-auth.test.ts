/** BasicAuth, BearerAuth and RateLimit: row 33 of what the original does. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App, type Response } from "../../host/sandbox/index.js";

const MIDDLEWARE = new URL("../../../tests/apps/middleware", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(MIDDLEWARE)).wasm;
});

const start = (): Promise<App> => load(wasm);
const base64 = (text: string): string => Buffer.from(text).toString("base64");

async function ask(target: string, authorization?: string): Promise<Response> {
  return (await start()).fetch(target, {
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
}

describe("BasicAuth", () => {
  for (const [name, authorization] of [
    ["the first user", `Basic ${base64("ada:lovelace")}`],
    ["another user, with a colon in the password, in UTF-8", `Basic ${base64("Zoë:päss:wörd")}`],
    ["a scheme in other letters", `bASIC ${base64("ada:lovelace")}`],
    ["spaces behind the scheme", `Basic   ${base64("ada:lovelace")}`],
  ] as const) {
    it(`lets pass ${name}`, async () => {
      const response = await ask("/basic", authorization);
      assert.deepEqual([response.status, response.text], [200, "secret"]);
      assert.equal(response.headers.has("www-authenticate"), false);
    });
  }

  for (const [name, authorization] of [
    ["no credentials", undefined],
    ["a wrong password", `Basic ${base64("ada:lovelacf")}`],
    ["half a password", `Basic ${base64("ada:love")}`],
    ["a password that goes on", `Basic ${base64("ada:lovelace ")}`],
    ["another user's password", `Basic ${base64("Zoë:lovelace")}`],
    ["no colon", `Basic ${base64("adalovelace")}`],
    ["no password", `Basic ${base64("ada:")}`],
    ["nothing", "Basic "],
    ["no more than a colon", `Basic ${base64(":")}`],
    ["no scheme", base64("ada:lovelace")],
    ["another scheme", `Bearer ${base64("ada:lovelace")}`],
    ["no space behind the scheme", `Basic${base64("ada:lovelace")}`],
    ["base64 without padding", `Basic ${base64("ada:lovelac").replace(/=+$/, "")}`],
    ["what is no base64", "Basic ada:lovelace!!"],
    ["NUL in the password", `Basic ${base64("ada:lovelace\0")}`],
    ["513 characters", `Basic ${"A".repeat(513)}`],
    ["8,000 characters", `Basic ${"A".repeat(8000)}`],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const response = await ask("/basic", authorization);
      assert.deepEqual([response.status, response.json()], [401, { error: "Unauthorized", code: 401 }]);
      assert.equal(response.headers.get("www-authenticate"), 'Basic realm="the lab", charset="UTF-8"');
    });
  }

  it("may ask a function, which may wait", async () => {
    assert.equal((await ask("/basic/checked", `Basic ${base64("eve:eve!")}`)).text, "secret");
    assert.equal((await ask("/basic/checked", `Basic ${base64("eve:eve")}`)).status, 401);
    assert.equal((await ask("/basic/checked", `Basic ${base64(":!")}`)).status, 401);
    assert.equal((await ask("/basic/checked", "Basic ====")).status, 401);
  });

  it("refuses thousands of times without a trace", async () => {
    const app = await start();
    for (let i = 0; i < 3000; i++) {
      const authorization = `Basic ${base64(`user ${i}:${"x".repeat(i % 300)}`)}`;
      assert.equal((await app.fetch(i % 2 ? "/basic" : "/basic/checked", { headers: { authorization } })).status, 401);
    }
    assert.deepEqual(app.log, []);
  });
});

describe("BearerAuth", () => {
  for (const [target, authorization] of [
    ["/bearer", "Bearer token-1"],
    ["/bearer", "Bearer token-22"],
    ["/bearer", "BEARER  token-22"],
    ["/bearer/checked", "Bearer checked"],
  ] as const) {
    it(`lets "${authorization}" pass`, async () => {
      assert.deepEqual([(await ask(target, authorization)).status], [200]);
    });
  }

  for (const [target, authorization, challenge] of [
    ["/bearer", undefined, 'Bearer realm="MicroServer"'],
    ["/bearer", "Bearer", 'Bearer realm="MicroServer"'],
    ["/bearer", "Basic token-1", 'Bearer realm="MicroServer"'],
    ["/bearer", "Bearer token-", 'Bearer realm="MicroServer", error="invalid_token"'],
    ["/bearer", "Bearer token-12", 'Bearer realm="MicroServer", error="invalid_token"'],
    ["/bearer", "Bearer checked", 'Bearer realm="MicroServer", error="invalid_token"'],
    ["/bearer/checked", "Bearer token-1", 'Bearer realm="api", error="invalid_token"'],
  ] as const) {
    it(`refuses "${authorization}" at ${target}`, async () => {
      const response = await ask(target, authorization);
      assert.deepEqual([response.status, response.headers.get("www-authenticate")], [401, challenge]);
    });
  }
});

describe("RateLimit", () => {
  /** Statuses of requests from an address, one after the other. */
  async function statuses(app: App, count: number, address?: string): Promise<number[]> {
    const found: number[] = [];
    for (let i = 0; i < count; i++) {
      found.push((await app.fetch("/limited", address === undefined ? {} : { address })).status);
    }
    return found;
  }

  it("lets so many requests through at once, and tells when to come again", async () => {
    const app = await start();
    assert.deepEqual(await statuses(app, 4), [200, 200, 200, 429]);
    const response = await app.fetch("/limited");
    assert.deepEqual([response.status, response.json()], [429, { error: "Too Many Requests", code: 429 }]);
    assert.equal(response.headers.get("retry-after"), "20");
    app.advance({ ms: 19_999 });
    assert.equal((await app.fetch("/limited")).headers.get("retry-after"), "1");
    app.advance({ ms: 1 });
    assert.deepEqual(await statuses(app, 2), [200, 429]);
    app.advance({ seconds: 60 });
    assert.deepEqual(await statuses(app, 4), [200, 200, 200, 429]);
  });

  it("counts each address by itself", async () => {
    const app = await start();
    assert.deepEqual(await statuses(app, 4, "192.168.1.17"), [200, 200, 200, 429]);
    assert.deepEqual(await statuses(app, 4, "192.168.1.18"), [200, 200, 200, 429]);
    assert.deepEqual(await statuses(app, 4, "192.168.1.1"), [200, 200, 200, 429]);
    assert.deepEqual(await statuses(app, 4, "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff"), [200, 200, 200, 429]);
    assert.deepEqual(await statuses(app, 1, "192.168.1.17"), [429]);
  });

  it("forgets whom it has not seen for longest where its table is full", async () => {
    const app = await start();
    for (const last of [1, 2, 3, 4]) {
      assert.deepEqual(await statuses(app, 4, `10.0.0.${last}`), [200, 200, 200, 429]);
      app.advance({ ms: 10 });
    }
    assert.deepEqual(await statuses(app, 1, "10.0.0.1"), [429]);
    app.advance({ ms: 10 });
    assert.deepEqual(await statuses(app, 4, "10.0.0.5"), [200, 200, 200, 429]); // in the place of 10.0.0.2
    assert.deepEqual(await statuses(app, 1, "10.0.0.1"), [429]);
    assert.deepEqual(await statuses(app, 1, "10.0.0.3"), [429]);
    assert.deepEqual(await statuses(app, 1, "10.0.0.2"), [200]);
  });

  it("keeps no more than its table, whoever comes", async () => {
    const app = await start();
    const { memory } = app;
    for (let i = 0; i < 2000; i++) {
      assert.deepEqual(await statuses(app, 1, `10.${i >> 8}.${i & 255}.1`), [200]);
    }
    assert.equal(app.memory, memory);
    assert.deepEqual(app.log, []);
  });

  for (const now of [2 ** 32 - 1000, 2 ** 31 - 1000]) {
    it(`goes on where the clock passes ${now + 1000}`, async () => {
      const app = await load(wasm, { now });
      assert.deepEqual(await statuses(app, 4), [200, 200, 200, 429]);
      app.advance({ seconds: 20 });
      assert.deepEqual(await statuses(app, 2), [200, 429]);
      app.advance({ seconds: 60 });
      assert.deepEqual(await statuses(app, 4), [200, 200, 200, 429]);
    });
  }

  it("has forgotten who comes again after weeks", async () => {
    const app = await start();
    assert.deepEqual(await statuses(app, 4), [200, 200, 200, 429]);
    app.advance({ days: 30 });
    assert.deepEqual(await statuses(app, 4), [200, 200, 200, 429]);
  });
});
