/** Rows 27 to 33: static files and middleware. */

import assert from "node:assert/strict";
import { ask, type Row } from "./row.js";

export const fileRows: readonly Row[] = [
  {
    row: 27,
    name: "a path that leaves the folder is refused in every encoding; two dots in a name are a name",
    async run(driver) {
      assert.equal((await ask(driver, "GET", "/static/a..b.txt")).text, "dots\n");
      for (const path of ["../app.ts", "%2e%2e/app.ts", "..%2fapp.ts", "..%5capp.ts", "folder/../../app.ts", "%00"]) {
        const { status } = await ask(driver, "GET", `/static/${path}`);
        assert.ok([400, 403, 404].includes(status), `${path}: ${status}`);
      }
    },
  },
  {
    row: 28,
    name: "length, HEAD, index.html, folders, ETag and Last-Modified with 304, ranges, Cache-Control; GET and HEAD only",
    async run(driver) {
      const whole = await ask(driver, "GET", "/static/hello.txt");
      assert.deepEqual(
        [whole.status, whole.headers.get("content-length"), whole.headers.get("cache-control"), whole.text],
        [200, "18", "public, max-age=60", "hello from a file\n"],
      );
      const head = await ask(driver, "HEAD", "/static/hello.txt");
      assert.deepEqual([head.status, head.headers.get("content-length"), head.text], [200, "18", ""]);
      assert.equal((await ask(driver, "GET", "/static/folder/")).text, "<h1>index</h1>\n");
      const folder = await ask(driver, "GET", "/static/folder");
      assert.ok([301, 308].includes(folder.status));
      assert.equal(folder.headers.get("location"), "/static/folder/");
      const tag = whole.headers.get("etag");
      assert.equal((await ask(driver, "GET", "/static/hello.txt", `If-None-Match: ${tag}\r\n`)).status, 304);
      const modified = whole.headers.get("last-modified");
      assert.equal((await ask(driver, "GET", "/static/hello.txt", `If-Modified-Since: ${modified}\r\n`)).status, 304);
      const part = await ask(driver, "GET", "/static/hello.txt", "Range: bytes=6-9\r\n");
      assert.deepEqual([part.status, part.headers.get("content-range"), part.text], [206, "bytes 6-9/18", "from"]);
      assert.equal((await ask(driver, "GET", "/static/hello.txt", "Range: bytes=18-\r\n")).status, 416);
      const post = await ask(driver, "POST", "/static/hello.txt", "Content-Length: 0\r\n");
      assert.deepEqual([post.status, post.headers.get("allow")], [405, "GET, HEAD"]);
      assert.equal((await ask(driver, "GET", "/static/none.txt")).status, 404);
    },
  },
  {
    row: 29,
    name: "types of files, with the charset of text",
    async run(driver) {
      for (const [path, type] of [
        ["hello.txt", "text/plain; charset=utf-8"],
        ["folder/", "text/html; charset=utf-8"],
        ["picture.PNG", "image/png"],
        ["app.wasm", "application/wasm"],
        ["unknown.zzz", "application/octet-stream"],
      ] as const) {
        assert.equal((await ask(driver, "GET", `/static/${path}`)).headers.get("content-type"), type, path);
      }
    },
  },
  {
    row: 30,
    name: "the first middleware is the outermost, may answer itself, and runs for what is not found",
    async run(driver) {
      const stopped = await ask(driver, "GET", "/inner?stop");
      assert.deepEqual([stopped.status, stopped.text], [403, "stopped by group"]);
      const missing = await ask(driver, "GET", "/nowhere", "Origin: https://a.test\r\n");
      assert.equal(missing.status, 404);
      assert.equal(missing.headers.get("access-control-allow-origin"), "https://a.test");
    },
  },
  {
    row: 31,
    name: "CORS: a list of origins, Vary, and preflights that are some, for unknown paths too",
    async run(driver) {
      const other = await ask(driver, "GET", "/", "Origin: https://c.test\r\n");
      assert.equal(other.headers.get("access-control-allow-origin"), null);
      assert.match(other.headers.get("vary") ?? "", /Origin/);
      const preflight = "Origin: https://b.test\r\nAccess-Control-Request-Method: POST\r\n";
      const allowed = await ask(driver, "OPTIONS", "/nowhere", preflight);
      assert.deepEqual(
        ["origin", "methods", "headers"].map((name) => allowed.headers.get(`access-control-allow-${name}`)),
        ["https://b.test", "GET,POST", "Content-Type"],
      );
      assert.deepEqual([allowed.status, allowed.headers.get("access-control-max-age")], [204, "600"]);
      assert.equal((await ask(driver, "OPTIONS", "/item")).status, 405);
    },
  },
  {
    row: 32,
    name: "the log has time, ip, method, path, status and duration with its unit",
    async sandbox(app) {
      await app.fetch("/users/7", { address: "10.0.0.9" });
      const line = app.files.text("server.log")?.trim().split("\n").at(-1) ?? "";
      assert.match(line, /^2026-01-01T00:00:00Z INFO {2}10\.0\.0\.9 GET \/users\/7 200 \d+ (µs|ms|s)$/);
    },
  },
  {
    row: 33,
    name: "Basic and Bearer authentication, a rate limit by client, a body limit by route",
    async run(driver) {
      const credentials = (text: string): string => `Authorization: Basic ${Buffer.from(text).toString("base64")}\r\n`;
      const challenged = await ask(driver, "GET", "/basic");
      assert.deepEqual(
        [challenged.status, challenged.headers.get("www-authenticate")?.slice(0, 21)],
        [401, 'Basic realm="the lab"'],
      );
      assert.equal((await ask(driver, "GET", "/basic", credentials("ada:wrong"))).status, 401);
      assert.equal((await ask(driver, "GET", "/basic", credentials("ada:lovelace"))).text, "in");
      assert.equal((await ask(driver, "GET", "/bearer", "Authorization: Bearer other\r\n")).status, 401);
      assert.equal((await ask(driver, "GET", "/bearer", "Authorization: Bearer token\r\n")).text, "in");
      for (const status of [200, 200, 429]) assert.equal((await ask(driver, "GET", "/rated")).status, status);
      assert.equal((await ask(driver, "POST", "/small", "", "x".repeat(16))).status, 200);
      assert.equal((await ask(driver, "POST", "/small", "", "x".repeat(17))).status, 413);
    },
  },
];
