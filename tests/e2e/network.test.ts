/** What networks and impolite clients do to the C host. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { request, withContent } from "../contract/case.js";
import { checkResponse } from "../contract/check.js";
import { TcpDriver } from "../contract/tcp-driver.js";
import { serve, type Server } from "./server.js";

const LIMIT = 65_536;

let server: Server;
let driver: TcpDriver;
before(async () => {
  server = await serve("examples/conformance");
  driver = new TcpDriver(server);
});

describe("slow clients", () => {
  it("that send a byte at a time are served", async () => {
    const peer = await driver.open();
    for (const byte of withContent("POST", "/echo", "hello")) {
      await peer.write(byte);
      await driver.pause(2);
    }
    checkResponse(await peer.response(), { status: 200, body: "hello" });
  });

  it("do not hold others up", async () => {
    const slow = await Promise.all(Array.from({ length: 5 }, () => driver.open()));
    for (const peer of slow) await peer.write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nh");
    for (let i = 0; i < 20; i++) assert.equal((await fetch(`${server.url}/json`)).status, 200);
    for (const peer of slow) {
      await peer.write("i");
      checkResponse(await peer.response(), { status: 200, body: "hi" });
    }
  });

  it("that do not read get everything once they do, in order", async () => {
    const kitchen = await serve("tests/apps/kitchen");
    const peer = await new TcpDriver(kitchen).open();
    peer.socket.pause();
    // Together 11 MB of answers: more than the kernel takes on the way.
    const rounds = 8000;
    const round = (i: number): string =>
      request("GET", `/large/1000?${"x".repeat(1900)}`) + request("GET", `/users/${i}`);
    const sent = peer.write(Array.from({ length: rounds }, (_, i) => round(i)).join(""));
    for (let i = 0; i < 10; i++) assert.equal((await fetch(`${kitchen.url}/hello`)).status, 200);
    peer.socket.resume();
    for (let i = 0; i < rounds; i++) {
      assert.equal((await peer.response()).bytes.length, 1000);
      assert.equal((await peer.response()).text, `id ${i}`);
    }
    await sent;
  });
});

describe("clients that leave", () => {
  it("after half a request are answered 400", async () => {
    const peer = await driver.open();
    await peer.write("GET /hello HT");
    await peer.end();
    checkResponse(await peer.response(), { status: 400 });
    assert.equal(await peer.closing(), "fin");
  });

  it("after their last request still get its answer", async () => {
    const peer = await driver.open();
    await peer.write(withContent("POST", "/echo", "b".repeat(LIMIT)));
    await peer.end();
    checkResponse(await peer.response(), { status: 200, body: "b".repeat(LIMIT) });
    assert.equal(await peer.closing(), "fin");
  });

  it("by a reset in the middle of an answer cost nothing", async () => {
    for (let i = 0; i < 30; i++) {
      const peer = await driver.open();
      peer.socket.pause();
      await peer.write(withContent("POST", "/echo", "b".repeat(LIMIT)));
      peer.socket.resetAndDestroy();
    }
    assert.equal((await fetch(`${server.url}/json`)).status, 200);
  });

  it("by a reset in the middle of a request cost nothing", async () => {
    for (let i = 0; i < 30; i++) {
      const peer = await driver.open();
      await peer.write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nb");
      peer.socket.resetAndDestroy();
    }
    assert.equal((await fetch(`${server.url}/json`)).status, 200);
  });

  it("without a word cost nothing", async () => {
    for (let i = 0; i < 100; i++) (await driver.open()).drop();
    assert.equal((await fetch(`${server.url}/json`)).status, 200);
  });
});

describe("time on a real clock", () => {
  it("an idle connection is closed after 5 s", async () => {
    const peer = await driver.open();
    await peer.write(request("GET", "/hello"));
    await peer.response();
    const start = performance.now();
    assert.equal(await peer.closing(), "fin");
    const seconds = (performance.now() - start) / 1000;
    assert.ok(seconds > 4.5 && seconds < 10, `closed after ${seconds} s`);
  });

  it("the Date field is now", async () => {
    const date = Date.parse((await fetch(`${server.url}/hello`)).headers.get("date") ?? "");
    assert.ok(Math.abs(Date.now() - date) < 5000);
  });
});
