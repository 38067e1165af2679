/** What lwIP with the chip's limits does: ten sockets, windows of 5,760 bytes. `npm test -- lwip` runs it. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { request, withContent } from "../contract/case.js";
import { checkResponse } from "../contract/check.js";
import { TcpDriver, type TcpPeer } from "../contract/tcp-driver.js";
import { Host } from "../e2e/bare-host.js";
import { moduleOf } from "../e2e/module.js";
import { network } from "../e2e/program.js";

const ROOT = new URL("../../../", import.meta.url).pathname;
const JSON_REQUEST = request("GET", "/json");
/** As much as the app takes, and many windows long. */
const LARGE = "0123456789abcdef".repeat(4096);
/** How long the stream of tests/apps/logging sleeps before its end. */
const STREAM_MS = 2000;
const HALF = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nh";

async function start(app = "examples/conformance"): Promise<{ host: Host; driver: TcpDriver }> {
  const host = await Host.start(await moduleOf(`${ROOT}${app}`));
  return { host, driver: new TcpDriver(host) };
}

async function answersJson(peer: TcpPeer): Promise<void> {
  await peer.write(JSON_REQUEST);
  checkResponse(await peer.response(), { status: 200, body: '{"message": "Hello"}' });
}

async function served(driver: TcpDriver): Promise<void> {
  const peer = await driver.open();
  await answersJson(peer);
  peer.drop();
}

/** As many connections as are served at a time. */
function openAll(driver: TcpDriver): Promise<TcpPeer[]> {
  return Promise.all(Array.from({ length: network.connections }, () => driver.open()));
}

describe("ten sockets", () => {
  it("serve eight connections; the next client is answered 503 where all are at work", async () => {
    const { driver } = await start();
    const busy = await openAll(driver);
    for (const peer of busy) await peer.write(HALF);
    for (let i = 0; i < 5; i++) {
      const refused = await driver.open();
      checkResponse(await refused.response(), { status: 503 });
      assert.equal(await refused.closing(), "fin");
      refused.drop();
    }
    for (const peer of busy) {
      await peer.write("i");
      checkResponse(await peer.response(), { status: 200, body: "hi" });
    }
  });

  it("are taken from idle connections for clients that wait", async () => {
    const { driver } = await start();
    const idle = await openAll(driver);
    for (const peer of idle) await answersJson(peer);
    for (let i = 0; i < network.connections; i++) await answersJson(await driver.open());
    for (const peer of idle) assert.equal(await peer.closing(), "fin");
  });

  it("are free again after 200 short connections in a row", async () => {
    const { driver } = await start();
    for (let i = 0; i < 200; i++) {
      const peer = await driver.open();
      await peer.write(request("GET", "/json", i % 2 ? "Connection: close\r\n" : ""));
      assert.equal((await peer.response()).status, 200);
      peer.drop();
    }
    for (const peer of await openAll(driver)) await answersJson(peer);
  });
});

describe("windows of 5,760 bytes", () => {
  it("pass 64 KB both ways, to a client that reads late, while others are served", async () => {
    const { driver } = await start();
    const slow = await driver.open();
    slow.socket.pause();
    await slow.write(withContent("POST", "/echo", LARGE));
    for (let i = 0; i < 20; i++) await served(driver);
    slow.socket.resume();
    checkResponse(await slow.response(), { status: 200, body: LARGE });
    await answersJson(slow);
  });

  it("pass pipelined requests in order", async () => {
    const { driver } = await start();
    const peer = await driver.open();
    const contents = Array.from({ length: 40 }, (_, i) => `${i}:`.repeat(1 + (i % 5) * 400));
    await peer.write(contents.map((content) => withContent("POST", "/echo", content)).join(""));
    for (const body of contents) checkResponse(await peer.response(), { status: 200, body });
  });

  it("pass a request byte by byte", async () => {
    const { driver } = await start();
    const peer = await driver.open();
    for (const byte of withContent("POST", "/echo", "hello")) {
      await peer.write(byte);
      await driver.pause(1);
    }
    checkResponse(await peer.response(), { status: 200, body: "hello" });
  });
});

describe("ends", () => {
  it("a client that has sent its FIN gets the whole answer", async () => {
    const { driver } = await start();
    for (let i = 0; i < 2 * network.connections; i++) {
      const peer = await driver.open();
      await peer.write(withContent("POST", "/echo", LARGE));
      await peer.end();
      checkResponse(await peer.response(), { status: 200, body: LARGE });
      assert.equal(await peer.closing(), "fin");
    }
    await served(driver);
  });

  it("resets in the middle of an answer free their sockets", async () => {
    const { driver } = await start();
    for (let i = 0; i < 2 * network.connections; i++) {
      const peer = await driver.open();
      peer.socket.pause();
      await peer.write(withContent("POST", "/echo", LARGE));
      peer.socket.resetAndDestroy();
    }
    for (const peer of await openAll(driver)) await answersJson(peer);
  });

  it("clients that vanish are given up, and those that come then are served", async () => {
    const { host, driver } = await start();
    const gone = await openAll(driver);
    for (const peer of gone) await answersJson(peer);
    host.signal("SIGUSR1");
    await driver.pause(50);
    for (const peer of gone) peer.socket.resetAndDestroy();
    await driver.pause(50);
    host.signal("SIGUSR1");
    for (const peer of await openAll(driver)) await answersJson(peer);
  });

  it("a client's FIN that crosses the answer's does not stop the host", async () => {
    const { host, driver } = await start("tests/apps/logging");
    const peer = await driver.open();
    await peer.write(request("GET", "/stream", "Connection: close\r\n"));
    await once(peer.socket, "data");
    host.signal("SIGUSR1");
    await driver.pause(STREAM_MS + 500);
    host.signal("SIGUSR1");
    await peer.end();
    checkResponse(await peer.response(), { status: 200, body: "ab" });
    assert.equal(await peer.closing(), "fin");
    await (await driver.open()).write(request("GET", "/teapot"));
    await host.logged(/ GET \/teapot 418 /);
  });

  it("the host ends on a signal while the cable is out, and no thread is left", async () => {
    const { host, driver } = await start();
    await answersJson(await driver.open());
    host.signal("SIGUSR1");
    host.signal("SIGINT");
    assert.equal(await host.status(), 0);
  });
});
