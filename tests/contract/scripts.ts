/** Contract cases in which client and server take turns. */

import assert from "node:assert/strict";
import { request } from "./case.js";
import { checkResponse } from "./check.js";
import type { Driver, Peer } from "./driver.js";

export interface Script {
  readonly name: string;
  /** The app's folder; each script gets a server of its own. */
  readonly app: string;
  run(driver: Driver): Promise<void>;
}

const CONFORMANCE = "examples/conformance";
const KITCHEN = "tests/apps/kitchen";
/** Connections that the kitchen serves. */
const CONNECTIONS = 5;

const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
const EXPECT = "Expect: 100-continue\r\n";

async function openAll(driver: Driver, count: number): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (let i = 0; i < count; i++) peers.push(await driver.open());
  return peers;
}

/** A complete exchange, after which the connection is idle. */
async function exchange(peer: Peer): Promise<void> {
  await peer.write(request("GET", "/hello"));
  checkResponse(await peer.response(), { status: 200, body: "" });
}

export const scripts: readonly Script[] = [
  {
    name: "a client that waits for 100 Continue gets it, and its answer",
    app: CONFORMANCE,
    async run(driver) {
      const peer = await driver.open();
      await peer.write(request("POST", "/echo", `Content-Length: 5\r\n${EXPECT}`));
      await peer.text(CONTINUE);
      await peer.write("hel");
      await peer.write("lo");
      checkResponse(await peer.response(), { status: 200, body: "hello" });
      await exchange(peer);
    },
  },
  {
    name: "a client that waits for 100 Continue with chunks gets it",
    app: CONFORMANCE,
    async run(driver) {
      const peer = await driver.open();
      await peer.write(request("POST", "/echo", `Transfer-Encoding: chunked\r\nExpect: 100-Continue\r\n`));
      await peer.text(CONTINUE);
      await peer.write("5\r\nhello\r\n0\r\n\r\n");
      checkResponse(await peer.response(), { status: 200, body: "hello" });
    },
  },
  {
    name: "a second request that waits for 100 Continue gets it too",
    app: CONFORMANCE,
    async run(driver) {
      const peer = await driver.open();
      for (const body of ["one", "two"]) {
        await peer.write(request("POST", "/echo", `Content-Length: 3\r\n${EXPECT}`));
        await peer.text(CONTINUE);
        await peer.write(body);
        checkResponse(await peer.response(), { status: 200, body });
      }
    },
  },
  {
    name: "no 100 Continue for content that is too large",
    app: CONFORMANCE,
    async run(driver) {
      const peer = await driver.open();
      await peer.write(request("POST", "/echo", `Content-Length: 65537\r\n${EXPECT}`));
      const response = await peer.response();
      checkResponse(response, { status: 413 });
      assert.deepEqual(response.interim, []);
      assert.equal(await peer.closing(), "fin");
    },
  },
  {
    name: "no 100 Continue for HTTP/1.0",
    app: CONFORMANCE,
    async run(driver) {
      const peer = await driver.open();
      await peer.write(`POST /echo HTTP/1.0\r\nContent-Length: 5\r\n${EXPECT}\r\n`);
      await peer.write("hello");
      const response = await peer.response();
      checkResponse(response, { status: 200, body: "hello" });
      assert.deepEqual(response.interim, []);
    },
  },
  {
    name: "a refusal arrives although the client is still sending",
    app: CONFORMANCE,
    async run(driver) {
      const peer = await driver.open();
      await peer.write(request("POST", "/echo", "Content-Length: 99999\r\n"));
      for (let i = 0; i < 3; i++) await peer.write("b".repeat(8192));
      checkResponse(await peer.response(), { status: 413 });
      assert.equal(await peer.closing(), "fin");
    },
  },
  {
    name: "a handler that fails behind a collection costs its own request",
    app: KITCHEN,
    async run(driver) {
      const peer = await driver.open();
      await peer.write(["/large/3000", "/visits", "/abort", "/visits"].map((path) => request("GET", path)).join(""));
      checkResponse(await peer.response(), { status: 200 });
      checkResponse(await peer.response(), { status: 200, body: "1" });
      checkResponse(await peer.response(), { status: 500 });
      await driver.pause(1000);
      checkResponse(await peer.response(), { status: 200, body: "2" });
      await peer.write(request("GET", "/visits"));
      checkResponse(await peer.response(), { status: 200, body: "3" });
    },
  },
  {
    name: "a connection too many is answered 503, and closed",
    app: KITCHEN,
    async run(driver) {
      const peers = await openAll(driver, CONNECTIONS);
      for (const peer of peers) await peer.write("GET /hello HTTP/1.1\r\n");
      const extra = await driver.open();
      const response = await extra.response();
      checkResponse(response, { status: 503, fields: { "Retry-After": "5", Connection: "close" } });
      assert.equal(await extra.closing(), "fin");
      for (const peer of peers) {
        await peer.write("Host: x\r\n\r\n");
        checkResponse(await peer.response(), { status: 200, body: "" });
      }
    },
  },
  {
    name: "idle connections are given up for new ones, the longest idle first",
    app: KITCHEN,
    async run(driver) {
      const peers = await openAll(driver, CONNECTIONS);
      for (const peer of peers) {
        await exchange(peer);
        await driver.pause(10);
      }
      for (const longest of peers.slice(0, 2)) {
        await exchange(await driver.open());
        assert.equal(await longest.closing(), "fin");
      }
      for (const other of peers.slice(2)) await exchange(other);
    },
  },
  {
    name: "a connection that is closed makes room",
    app: KITCHEN,
    async run(driver) {
      for (let round = 0; round < 4; round++) {
        const peers = await openAll(driver, CONNECTIONS);
        for (const peer of peers) await exchange(peer);
        for (const peer of peers) {
          await peer.end();
          assert.equal(await peer.closing(), "fin");
        }
      }
    },
  },
  {
    name: "a connection that is reset makes room",
    app: KITCHEN,
    async run(driver) {
      const peers = await openAll(driver, CONNECTIONS);
      for (const peer of peers) {
        await peer.write(request("POST", "/request", `Content-Length: 5\r\n${EXPECT}`));
        await peer.text(CONTINUE);
      }
      for (const peer of peers) peer.drop();
      for (const peer of await openAll(driver, CONNECTIONS)) await exchange(peer);
    },
  },
];
