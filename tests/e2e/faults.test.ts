/** Handlers that fail, in the C host: the rows of the design's fault table. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Pool } from "undici";
import { request } from "../contract/case.js";
import { checkResponse } from "../contract/check.js";
import { checkFault, faults, lineOf } from "../contract/faults.js";
import { TcpDriver } from "../contract/tcp-driver.js";
import { serve, type Server } from "./server.js";

const KITCHEN = "tests/apps/kitchen";

describe("a handler's fault costs its own request", () => {
  let server: Server;
  before(async () => {
    server = await serve(KITCHEN);
  });

  for (const fault of faults) {
    it(fault.path, async () => {
      const before = server.log.length;
      await checkFault(new TcpDriver(server), fault);
      const place = fault.located ? `.* (at|near) app\\.ts:${await lineOf(fault)}\\b` : "";
      const line = await server.logged(new RegExp(fault.reason.source + place));
      assert.deepEqual(
        server.log.slice(before).filter((text) => text.startsWith("ERROR")),
        [line],
      );
    });
  }

  it("memory that is used up", async () => {
    for (let i = 0; i < 3; i++) {
      assert.equal((await fetch(`${server.url}/allocate`)).status, 503);
      assert.equal((await fetch(`${server.url}/hello`)).status, 200);
    }
  });

  it("again and again", async () => {
    const driver = new TcpDriver(server);
    for (const [path, status] of [
      ["/abort", 500],
      ["/loop", 500],
      ["/read", 500],
      ["/allocate", 503],
    ] as const) {
      for (let i = 0; i < 100; i++) {
        const peer = await driver.open();
        await peer.write(request("GET", path, "Connection: close\r\n"));
        checkResponse(await peer.response(), { status });
        peer.drop();
      }
    }
    assert.equal((await fetch(`${server.url}/users/7`)).status, 200);
  });

  it("an endless loop in the very first request, when garbage is collected for the first time", async () => {
    const fresh = await serve(KITCHEN);
    for (let i = 0; i < 3; i++) {
      assert.equal((await fetch(`${fresh.url}/loop`, { signal: AbortSignal.timeout(10_000) })).status, 500);
      assert.equal((await fetch(`${fresh.url}/hello`, { signal: AbortSignal.timeout(10_000) })).status, 200);
    }
    for (const line of fresh.log) assert.match(line, / at app\.ts:/);
  });

  it("and no other request, while many are served", async () => {
    const pool = new Pool((await serve(KITCHEN)).url, { connections: 4 });
    after(() => pool.close());
    const paths = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? "/abort" : i % 6 === 3 ? "/loop" : "/users/7"));
    const statuses = await Promise.all(
      paths.map(async (path) => {
        const { statusCode, body } = await pool.request({ path, method: "GET" });
        await body.dump();
        return statusCode;
      }),
    );
    assert.deepEqual(
      statuses,
      paths.map((path) => (path === "/users/7" ? 200 : 500)),
    );
  });
});

describe("more clients than connections", () => {
  it("are told so once in the log", async () => {
    const server = await serve(KITCHEN);
    const driver = new TcpDriver(server);
    for (let i = 0; i < 5; i++) await (await driver.open()).write("GET /hello HTTP/1.1\r\n");
    assert.equal((await (await driver.open()).response()).status, 503);
    await server.logged(/4 of 5 connections in use/);
    assert.equal(server.log.filter((line) => /connections in use/.test(line)).length, 1);
  });

  it("of the host's own limit", async () => {
    const driver = new TcpDriver(await serve(KITCHEN, ["--max-conns", "1"]));
    const first = await driver.open();
    await first.write("GET /hello HTTP/1.1\r\n");
    assert.equal((await (await driver.open()).response()).status, 503);
    await first.write("Host: x\r\n\r\n");
    assert.equal((await first.response()).status, 200);
  });
});
