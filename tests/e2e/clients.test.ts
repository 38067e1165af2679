/** Real clients against the C host. */

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { Client, Pool, request } from "undici";
import { serve, type Server } from "./server.js";

const run = promisify(execFile);

let server: Server;
before(async () => {
  server = await serve("examples/conformance");
});

describe("fetch", () => {
  it("reads JSON", async () => {
    const response = await fetch(`${server.url}/json`);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(await response.json(), { message: "Hello" });
  });

  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    it(method, async () => {
      const body = method === "GET" ? null : `content of ${method}`;
      const response = await fetch(`${server.url}/echo`, { method, body });
      assert.equal(response.status, 200);
      assert.equal(await response.text(), body ?? "");
    });
  }

  it("HEAD", async () => {
    const response = await fetch(`${server.url}/json`, { method: "HEAD" });
    assert.deepEqual([response.status, await response.text()], [200, ""]);
    assert.ok(Number(response.headers.get("content-length")) > 0);
  });
});

describe("undici", () => {
  it("50 requests over 8 connections", async () => {
    const pool = new Pool(server.url, { connections: 8 });
    after(() => pool.close());
    const bodies = Array.from({ length: 50 }, (_, i) => `${i}:`.repeat(1 + (i % 7) * 100));
    const echoes = await Promise.all(
      bodies.map(async (body) => (await pool.request({ path: "/echo", method: "POST", body })).body.text()),
    );
    assert.deepEqual(echoes, bodies);
  });

  it("pipelined requests", async () => {
    const client = new Client(server.url, { pipelining: 10 });
    after(() => client.close());
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => (await client.request({ path: "/json", method: "GET" })).statusCode),
    );
    assert.deepEqual(answers, new Array<number>(100).fill(200));
  });

  it("a stream, chunked", async () => {
    const parts = Array.from({ length: 10 }, (_, i) => `part ${i};`);
    const { body } = await request(`${server.url}/echo`, { method: "POST", body: Readable.from(parts) });
    assert.equal(await body.text(), parts.join(""));
  });

  it("content up to the limit, many at a time", async () => {
    const pool = new Pool(server.url, { connections: 4 });
    after(() => pool.close());
    const sizes = [1, 1023, 8192, 20_000, 65_535, 65_536];
    const lengths = await Promise.all(
      sizes.map(async (size) => {
        const { body } = await pool.request({ path: "/echo", method: "POST", body: "x".repeat(size) });
        return (await body.text()).length;
      }),
    );
    assert.deepEqual(lengths, sizes);
  });
});

describe("node:http", () => {
  it("keeps a connection for many requests", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    after(() => agent.destroy());
    const ports = new Set<number | undefined>();
    for (let i = 0; i < 20; i++) {
      const answer = await get(`${server.url}/json`, agent);
      ports.add(answer.port);
      assert.equal(answer.status, 200);
    }
    assert.equal(ports.size, 1);
  });

  it("waits for 100 Continue", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const call = httpRequest(`${server.url}/echo`, {
        method: "POST",
        headers: { Expect: "100-continue", "Content-Length": 5 },
      });
      call.on("continue", () => call.end("hello"));
      call.on("error", reject);
      call.on("response", (response) => {
        let content = "";
        response.setEncoding("utf8").on("data", (part: string) => (content += part));
        response.on("end", () => resolve(content));
      });
      call.flushHeaders();
    });
    assert.equal(text, "hello");
  });
});

const noCurl = spawnSync("curl", ["--version"]).error !== undefined && process.env["CI"] === undefined;

describe("curl", { skip: noCurl && "curl is not installed" }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "microserver-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const curl = async (...args: string[]): Promise<string> =>
    (await run("curl", ["--silent", "--show-error", "--max-time", "20", ...args], { maxBuffer: 1 << 20 })).stdout;

  it("gets", async () => assert.deepEqual(JSON.parse(await curl(`${server.url}/json`)), { message: "Hello" }));

  it("posts a form", async () => {
    assert.equal(await curl("--data", "a=b&c=d", `${server.url}/echo`), "a=b&c=d");
  });

  it("waits for 100 Continue before a large file", async () => {
    const file = join(folder, "large");
    await writeFile(file, "0123456789abcdef".repeat(4096));
    const out = await curl("--header", "Expect: 100-continue", "--data-binary", `@${file}`, `${server.url}/echo`);
    assert.equal(out.length, 65_536);
  });

  it("is told that a file is too large", async () => {
    const file = join(folder, "larger");
    await writeFile(file, "x".repeat(200_000));
    const status = await curl(
      "--output",
      "/dev/null",
      "--write-out",
      "%{http_code}",
      "--data-binary",
      `@${file}`,
      `${server.url}/echo`,
    );
    assert.equal(status, "413");
  });

  it("speaks HTTP/1.0, and asks for HTTP/2", async () => {
    assert.match(
      await curl("--http1.0", "--include", `${server.url}/hello`),
      /^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n/,
    );
    assert.match(await curl("--http2", "--include", `${server.url}/hello`), /^HTTP\/1\.1 200 OK\r\n/);
  });

  it("reuses its connection", async () => {
    const out = await curl(
      "--write-out",
      "%{num_connects};",
      ...Array.from({ length: 5 }, () => `${server.url}/hello`),
    );
    assert.equal(out, "1;0;0;0;0;");
  });
});

function get(url: string, agent: Agent): Promise<{ status: number | undefined; port: number | undefined }> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(url, { agent }, (response) => {
      const port = response.socket.localPort;
      response.resume().on("end", () => resolve({ status: response.statusCode, port }));
    });
    call.on("error", reject).end();
  });
}
