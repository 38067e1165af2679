/** Middleware, error handlers and loggers on the C host. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { clientOf } from "./program.js";
import { serve, type Server } from "./server.js";

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "microserver-middleware-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const withFiles = (app: string, files: Readonly<Record<string, string>>): Promise<Server> =>
  serve(app, ["--root", folderWith(files)]);

/** A pattern in which 127.0.0.1 stands for the client's address. */
function seenBy({ host }: { readonly host: string }, { source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll("127\\.0\\.0\\.1", clientOf(host).replaceAll(".", "\\.")), flags);
}

/** Sends bytes on a connection of their own; what comes until the server closes it. */
function exchange({ port, host }: Server, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    connect(port, host)
      .setEncoding("latin1")
      .on("data", (piece: string) => (answer += piece))
      .on("error", reject)
      .on("close", () => resolve(answer))
      .end(text);
  });
}

describe("middleware on the C host", () => {
  it("runs in its order, around what has no route, too", async () => {
    const { url } = await withFiles("tests/apps/middleware", {});
    assert.equal((await fetch(`${url}/with/me`)).headers.get("x-trace"), "f, e, z, a");
    assert.equal((await fetch(`${url}/nothing`)).headers.get("x-trace"), "z, a");
  });

  it("waits while others are served", async () => {
    const { url } = await withFiles("tests/apps/middleware", {});
    const texts = await Promise.all(
      Array.from({ length: 6 }, async (_, n) => (await fetch(`${url}/slow/both/${n}`)).text()),
    );
    assert.deepEqual(
      texts,
      [0, 1, 2, 3, 4, 5].map((n) => `/slow/both/${n} ${n}`),
    );
  });

  it("answers a preflight request, asks for a password, limits", async () => {
    const { url } = await withFiles("tests/apps/middleware", { cors: "list" });
    const preflight = await fetch(`${url}/no/such`, {
      method: "OPTIONS",
      headers: { Origin: "https://a.example", "Access-Control-Request-Method": "PUT" },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "https://a.example");

    const password = Buffer.from("ada:lovelace").toString("base64");
    assert.equal((await fetch(`${url}/basic`)).status, 401);
    assert.equal((await fetch(`${url}/basic`, { headers: { Authorization: `Basic ${password}` } })).status, 200);

    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await fetch(`${url}/limited`)).status);
    assert.deepEqual(statuses, [200, 200, 200, 429]);
  });
});

describe("error handlers on the C host", () => {
  it("answer for what has no route, what traps and what is refused", async () => {
    const server = await serve("tests/apps/errors");
    assert.equal(await (await fetch(`${server.url}/no/such`)).text(), "<h1>No /no/such</h1>");
    const trapped = await exchange(server, "GET /abort?x HTTP/1.1\r\nHost: x\r\n\r\n");
    assert.match(
      trapped,
      seenBy(server, /^HTTP\/1\.1 500 .*\r\n\r\n500 \[GET\] \[\/abort\] \[\/abort\?x\] 1 0 127\.0\.0\.1$/s),
    );
    const refused = await exchange(server, "GET /x HTTP/1.1\r\nX: y\r\n\r\n");
    assert.match(refused, seenBy(server, /^HTTP\/1\.1 400 .*\r\n\r\n400 \[GET\] \[\] \[\] 0 0 127\.0\.0\.1$/s));
    const torn = await exchange(server, "GET /read HTTP/1.1\r\nHost: x\r\n\r\n");
    assert.match(torn, seenBy(server, /^HTTP\/1\.1 500 .*\r\n\r\n500 \[\] \[\] \[\] 0 0 127\.0\.0\.1$/s));
  });

  it("that fail cost their request a 500, and nobody else anything", async () => {
    const server = await serve("tests/apps/errors");
    const other = await fetch(`${server.url}/hello`);
    assert.equal(await other.text(), "hello");
    await fetch(`${server.url}/fail/abort`, { method: "POST" });
    for (let i = 0; i < 100; i++) {
      const response = await fetch(`${server.url}${i % 2 ? "/nothing" : i % 4 ? "/abort" : "/wait"}`);
      assert.deepEqual([response.status, await response.json()], [500, { error: "Internal Server Error", code: 500 }]);
    }
    assert.match(await exchange(server, "GET /x HTTP/1.1\r\nX: y\r\n\r\n"), /^HTTP\/1\.1 500 /);
    assert.equal(await (await fetch(`${server.url}/hello`)).text(), "hello");
  });
});

describe("the log on the C host", () => {
  const LINE = /^INFO {2}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ 127\.0\.0\.1 GET \/users\/7 200 \d+ (?:µs|ms)$/;

  it("has a line for each request, with the time it took", async () => {
    const server = await withFiles("tests/apps/logging", {});
    await fetch(`${server.url}/users/7`);
    await server.logged(seenBy(server, LINE));
    await fetch(`${server.url}/wait/30`);
    const line = await server.logged(/\/wait/);
    const [, ms] = seenBy(server, / 127\.0\.0\.1 GET \/wait\/30 200 (\d+) ms$/).exec(line) ?? [];
    assert.ok(Number(ms) >= 29, line);
    await fetch(`${server.url}/abort`);
    await server.logged(seenBy(server, /^INFO .* 127\.0\.0\.1 GET \/abort 500$/));
  });

  it("goes to a file that is rotated", async () => {
    const root = folderWith({ logger: "file" });
    const server = await serve("tests/apps/logging", ["--root", root]);
    for (let i = 0; i < 30; i++) await fetch(`${server.url}/users/7`);
    await server.stop();
    const lines = ["server.log.1", "server.log"].map((name) => readFileSync(join(root, name), "utf8"));
    for (const text of lines) {
      assert.ok(text.length > 0 && Buffer.byteLength(text) <= 1024);
      for (const line of text.trimEnd().split("\n")) {
        assert.match(
          line,
          seenBy(server, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO {2}127\.0\.0\.1 GET \/users\/7 200 \d+ (?:µs|ms)$/),
        );
      }
    }
    assert.deepEqual(server.log, []);
  });

  it("goes to the console where the file cannot be written, and says so once", async () => {
    const root = folderWith({ logger: "file keep 3" });
    const server = await serve("tests/apps/logging", ["--root", root]);
    for (let i = 0; i < 3; i++) await fetch(`${server.url}/users/7`);
    await server.logged(/GET \/users\/7 200 \d+ (?:µs|ms)$/);
    const warnings = server.log.filter((line) => line.startsWith("WARN"));
    assert.deepEqual(warnings, [
      "WARN  the log goes to the console, since logs/server.log lies in no folder that is there",
    ]);
  });
});
