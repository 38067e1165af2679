/** Content that is taken in pieces, and forms with files, over real sockets and on a real file system. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import { request, withContent } from "../contract/case.js";
import { checkResponse } from "../contract/check.js";
import { TcpDriver } from "../contract/tcp-driver.js";
import { serve, type Server } from "./server.js";
import { until } from "./until.js";

const MEGABYTES = 10;

let root = "";
let server: Server;
let driver: TcpDriver;
before(async () => {
  root = mkdtempSync(join(tmpdir(), "uploads-"));
  mkdirSync(join(root, "up"));
  server = await serve("tests/apps/uploads", ["--root", root]);
  driver = new TcpDriver(server);
});
after(() => rmSync(root, { recursive: true, force: true }));

const stored = (): string[] => readdirSync(join(root, "up")).sort();

function formOf(...files: [field: string, name: string, content: BlobPart][]): FormData {
  const form = new FormData();
  for (const [field, name, content] of files) form.append(field, new Blob([content]), name);
  return form;
}

describe("content in pieces", () => {
  it("of megabytes arrives whole, with a length and in chunks", async () => {
    const content = Buffer.alloc(MEGABYTES << 20, 1);
    const answer = `${content.length} ${content.length}`;
    const whole = await fetch(`${server.url}/sum`, { method: "POST", body: content });
    assert.equal(await whole.text(), answer);
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < content.length; at += 77_777) controller.enqueue(content.subarray(at, at + 77_777));
        controller.close();
      },
    });
    const chunked = await fetch(`${server.url}/sum`, { method: "PUT", body: stream, duplex: "half" } as RequestInit);
    assert.equal(await chunked.text(), answer);
  });

  it("does not hold others up", async () => {
    const slow = await driver.open();
    await slow.write(request("POST", "/echo", "Content-Length: 4\r\n", "ab"));
    for (let i = 0; i < 20; i++) assert.equal((await fetch(`${server.url}/cookies/x`)).status, 200);
    await slow.write("cd");
    checkResponse(await slow.response(), { status: 200, body: "4 true abcd" });
    slow.drop();
  });

  it("is followed by further requests", async () => {
    const peer = await driver.open();
    await peer.write(withContent("POST", "/echo", "one").repeat(50) + withContent("POST", "/count", "two").repeat(50));
    for (let i = 0; i < 50; i++) checkResponse(await peer.response(), { status: 200, body: "3 true one" });
    for (let i = 0; i < 50; i++) checkResponse(await peer.response(), { status: 200, body: "two POST /count" });
    peer.drop();
  });

  it("is sent after 100 Continue", async () => {
    const outgoing = httpRequest(`${server.url}/echo`, { method: "POST", headers: { Expect: "100-continue" } });
    outgoing.on("continue", () => outgoing.end("hello"));
    outgoing.flushHeaders();
    const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
    assert.equal(await readAll(incoming), "5 true hello");
  });

  it("that is refused: the answer arrives while the client still sends", async () => {
    for (const [path, status] of [
      ["/early", 202],
      ["/guarded", 401],
      ["/echo", 413],
    ] as const) {
      const socket = connect(server.port, server.host);
      const answer = readAll(socket);
      socket.write(request("POST", path, `Content-Length: ${path === "/echo" ? 1 << 20 : 60}\r\n`));
      for (let i = 0; i < 20; i++) {
        socket.write("x");
        await sleep(2);
      }
      assert.match(await answer, new RegExp(`^HTTP/1.1 ${status} [^]*\r\nConnection: close\r\n`));
    }
  });

  it("whose client goes away ends its handler", async () => {
    const from = server.log.length;
    const peer = await driver.open();
    await peer.write(request("POST", "/echo", "Content-Length: 5\r\n", "he"));
    await sleep(50);
    peer.socket.resetAndDestroy();
    await until("the log line", () => server.log.slice(from).some((line) => /read 2: client is gone/.test(line)));
  });
});

describe("a form's files", () => {
  it("are stored as they were sent", async () => {
    const content = Buffer.from(Array.from({ length: 90_000 }, (_, i) => (i * 7919) >> 3));
    const form = formOf(["f", "Übersicht 1.bin", content], ["g", "b.txt", "hello"]);
    form.append("a", "1");
    const response = await fetch(`${server.url}/store`, { method: "POST", body: form });
    assert.equal(response.status, 201);
    assert.equal(
      await response.text(),
      "a=1;f:/up/Übersicht_1.bin:90000:application/octet-stream;g:/up/b.txt:5:application/octet-stream;",
    );
    assert.deepEqual(readFileSync(join(root, "up/Übersicht_1.bin")), content);
    assert.equal(readFileSync(join(root, "up/b.txt"), "utf8"), "hello");
    for (const name of stored()) rmSync(join(root, "up", name));
  });

  it("are never seen outside of their folder", async () => {
    writeFileSync(join(root, "secret"), "safe");
    const body = '--B\r\nContent-Disposition: form-data; name="f"; filename="../secret"\r\n\r\nevil\r\n--B--\r\n';
    const response = await fetch(`${server.url}/store`, {
      method: "POST",
      body,
      headers: { "Content-Type": "multipart/form-data; boundary=B" },
    });
    assert.equal(response.status, 201);
    assert.equal(readFileSync(join(root, "secret"), "utf8"), "safe");
    assert.deepEqual(stored(), ["secret"]);
    rmSync(join(root, "up/secret"));
  });

  it("are removed where the client goes away in the middle", async () => {
    const head = "Content-Length: 9999\r\nContent-Type: multipart/form-data; boundary=B\r\n";
    const part = '--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nhalf';
    // More than files may be open at a time.
    for (let i = 0; i < 40; i++) {
      const peer = await driver.open();
      await peer.write(request("POST", "/store", head, part));
      await until("the file is there", () => stored().length === 1);
      if (i % 2) peer.socket.resetAndDestroy();
      else peer.socket.end();
      await until("the file is gone", () => stored().length === 0);
      peer.drop();
    }
  });

  it("are stored again and again, by several clients at a time", async () => {
    const dispatcher = new Agent({ connections: 4 });
    const rounds = Array.from({ length: 100 }, (_, i) => i);
    const statuses = await Promise.all(
      rounds.map(async (i) => {
        const form = formOf(["f", `${i}.txt`, `${i}`.repeat(1000)]);
        const options = { method: "POST", body: form, dispatcher } as unknown as RequestInit;
        const response = await fetch(`${server.url}/store`, options);
        await response.text();
        return response.status;
      }),
    );
    await dispatcher.close();
    assert.deepEqual(new Set(statuses), new Set([201]));
    for (const i of rounds) assert.equal(readFileSync(join(root, `up/${i}.txt`), "utf8"), `${i}`.repeat(1000));
    assert.equal(stored().length, 100);
  });
});

async function readAll(socket: Readable): Promise<string> {
  let text = "";
  for await (const piece of socket.setEncoding("latin1")) text += String(piece);
  return text;
}
