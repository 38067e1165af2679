/** Static files and file responses of the C host, on real files and sockets. */

import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { writeRequest } from "../../host/sandbox/request.js";
import { request } from "../contract/case.js";
import { BIG, pattern } from "../contract/files.js";
import { checkStatic, makeStaticTree, staticCases } from "../contract/static.js";
import { TcpDriver, type TcpPeer } from "../contract/tcp-driver.js";
import { Host } from "./bare-host.js";
import { moduleOf } from "./module.js";
import { allClosed, openFiles } from "./open-files.js";
import { network } from "./program.js";
import { until } from "./until.js";

const APP = new URL("../../../tests/apps/static", import.meta.url).pathname;
/** More than the kernel keeps for a socket. */
const HUGE = 100 << 20;
const GIB = 2 ** 30;

const HELLO = request("GET", "/static/hello.txt");
const BIG_FILE = request("GET", "/static/big.bin");
const HUGE_FILE = request("GET", "/static/huge.bin");

let module = "";
const tree = makeStaticTree();
const { root } = tree;
before(async () => {
  module = await moduleOf(APP);
  writeFileSync(join(root, "www/huge.bin"), pattern(1 << 20));
  truncateSync(join(root, "www/huge.bin"), HUGE);
});
after(() => tree.remove());

async function start(): Promise<{ host: Host; driver: TcpDriver }> {
  const host = await Host.start(module, ["--root", root]);
  return { host, driver: new TcpDriver(host) };
}

/** Sends a request and takes nothing of the answer. */
async function stall(driver: TcpDriver, text: string): Promise<TcpPeer> {
  const peer = await driver.open();
  peer.socket.pause();
  await peer.write(text);
  return peer;
}

describe("files of the C host", () => {
  let driver: TcpDriver;
  let host: Host;
  before(async () => {
    ({ host, driver } = await start());
  });

  for (const [group, cases] of Object.entries(staticCases)) {
    describe(group, () => {
      for (const [name, expected] of cases) {
        it(name, async () => {
          const { target, method = "GET", headers = {} } = expected;
          const peer = await driver.open();
          await peer.write(Buffer.from(writeRequest(target, { method, headers })).toString("latin1"));
          checkStatic(await peer.response(method), expected);
          await peer.write(HELLO);
          assert.equal((await peer.response()).text, "Hello, static", "the connection goes on");
          peer.drop();
        });
      }
    });
  }

  it("are closed after all of that", () => allClosed(host, root));

  it("may be pipelined, and keep their order", async () => {
    const peer = await driver.open();
    await peer.write(BIG_FILE + HELLO + request("HEAD", "/static/big.bin") + BIG_FILE + request("GET", "/nowhere"));
    assert.deepEqual(Buffer.from((await peer.response()).bytes), pattern(BIG));
    assert.equal((await peer.response()).text, "Hello, static");
    assert.equal((await peer.response("HEAD")).headers.get("content-length"), String(BIG));
    assert.deepEqual(Buffer.from((await peer.response()).bytes), pattern(BIG));
    assert.equal((await peer.response()).status, 404);
    peer.drop();
  });

  it("are sent to many clients at a time", async () => {
    const responses = Array.from({ length: Math.min(30, network.connections) }, async () => {
      const peer = await driver.open();
      await peer.write(BIG_FILE + HELLO);
      assert.deepEqual(Buffer.from((await peer.response()).bytes), pattern(BIG));
      assert.equal((await peer.response()).text, "Hello, static");
      peer.drop();
    });
    await Promise.all(responses);
  });

  it("are sent to a client that takes its time, while others are served", async () => {
    const peer = await stall(driver, HUGE_FILE + HELLO);
    for (let i = 0; i < 20; i++) {
      const other = await driver.open();
      await other.write(HELLO);
      assert.equal((await other.response()).text, "Hello, static");
      other.drop();
    }
    let length = 0;
    let last = Buffer.alloc(0);
    peer.socket.removeAllListeners("data").on("data", (chunk: Buffer) => {
      length += chunk.length;
      last = Buffer.concat([last, chunk]).subarray(-100);
    });
    peer.socket.resume();
    await until("all has come", () => length > HUGE && last.toString().endsWith("Hello, static"));
    peer.drop();
  });

  it("reset the connection where they get shorter on the way", async () => {
    const path = join(root, "www/shrinking.bin");
    writeFileSync(path, "");
    truncateSync(path, HUGE);
    const peer = await stall(driver, request("GET", "/static/shrinking.bin"));
    await until("it is sent", () => openFiles(host, root).length > 0);
    truncateSync(path, 1000);
    peer.socket.resume();
    // Node takes a reset for an end where it comes together with the last bytes.
    assert.notEqual(await peer.closing(), "no");
    await host.logged(/has become shorter, .*: the connection is reset/);
    await allClosed(host, root);
  });

  it("of more than 2 GiB - 1 are refused, which is logged", async () => {
    const path = join(root, "www/vast.bin");
    writeFileSync(path, "");
    truncateSync(path, 2 * GIB - 1);
    const peer = await driver.open();
    await peer.write(request("HEAD", "/static/vast.bin"));
    assert.equal((await peer.response("HEAD")).headers.get("content-length"), "2147483647");
    await peer.write(request("GET", "/static/vast.bin", `Range: bytes=-1\r\n`));
    assert.deepEqual([...(await peer.response()).bytes], [0]);
    truncateSync(path, 2 * GIB);
    await peer.write(request("GET", "/static/vast.bin"));
    assert.equal((await peer.response()).status, 500);
    await host.logged(/cannot read the file \/www\/vast.bin/);
    await allClosed(host, root);
    peer.drop();
  });
});

describe("no file stays open", () => {
  it("after thousands of requests", async () => {
    const { host, driver } = await start();
    const peer = await driver.open();
    const [tag, match] = ['If-None-Match: "d-6553f100"\r\n', 'If-Match: "x"\r\n'];
    const round: readonly [request: string, status: number, method?: string][] = [
      [HELLO, 200],
      [request("HEAD", "/static/hello.txt"), 200, "HEAD"],
      [request("GET", "/static/hello.txt", tag), 304],
      [request("GET", "/static/hello.txt", match), 412],
      [request("GET", "/static/hello.txt", "Range: bytes=1-2\r\n"), 206],
      [request("GET", "/static/hello.txt", "Range: bytes=99-\r\n"), 416],
      [request("GET", "/static/docs"), 301],
      [request("GET", "/static/docs/"), 200],
      [request("GET", "/static/empty.txt"), 200],
      [request("GET", "/static/link.txt"), 403],
      [request("GET", "/replaced/hello.txt"), 200],
      [request("GET", "/two"), 200],
      [request("GET", "/trap"), 500],
    ];
    for (let i = 0; i < 300; i++) {
      await peer.write(round.map(([text]) => text).join(""));
      for (const [text, status, method] of round) assert.equal((await peer.response(method)).status, status, text);
      if (i % 20 === 0) await allClosed(host, root);
    }
    peer.drop();
  });

  it("after clients that go in the middle of one", async () => {
    const { host, driver } = await start();
    const count = Math.min(20, network.connections);
    for (let i = 0; i < 10; i++) {
      const peers = await Promise.all(Array.from({ length: count }, () => stall(driver, HUGE_FILE)));
      await until("all are sent", () => openFiles(host, root).length === count);
      for (const { socket } of peers.slice(count / 2)) socket.resetAndDestroy();
      for (const peer of peers.slice(0, count / 2)) peer.drop();
      await until("all are closed", () => openFiles(host, root).length === 0);
    }
    const peer = await driver.open();
    await peer.write(request("GET", "/hoard"));
    assert.equal((await peer.response()).text, "16");
    peer.drop();
  });
});

describe("a host that can open no more files", () => {
  it("answers 503, sends on what is on its way, and goes on once it can", async () => {
    const { driver } = await start();
    const slow = await stall(driver, BIG_FILE);
    const peer = await driver.open();
    await peer.write(request("GET", "/hoard"));
    assert.equal((await peer.response()).text, "16");
    await peer.write(HELLO);
    const response = await peer.response();
    assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "1"]);
    slow.socket.resume();
    assert.deepEqual(Buffer.from((await slow.response()).bytes), pattern(BIG));
    await peer.write(request("GET", "/release") + HELLO);
    assert.equal((await peer.response()).text, "released");
    assert.equal((await peer.response()).text, "Hello, static");
    peer.drop();
    slow.drop();
  });
});
