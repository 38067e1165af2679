/** Rows 1 to 9: server and configuration. */

import assert from "node:assert/strict";
import { request } from "../case.js";
import { ask, errorOf, send, type Row } from "./row.js";

const HALF_HEAD = "GET / HTTP/1.1\r\nHost: x\r\n";

export const serverRows: readonly Row[] = [
  {
    row: 1,
    name: "the app says how many connections it serves",
    async run(driver) {
      const peers = [];
      for (let i = 0; i < 5; i++) peers.push(await driver.open());
      for (const peer of peers) await peer.write(HALF_HEAD);
      assert.equal((await (await driver.open()).response()).status, 503);
      await peers[0]?.write("\r\n");
      assert.equal((await peers[0]?.response())?.status, 200);
    },
  },
  {
    row: 2,
    name: "content is limited to 8 KB, and refused before it is read",
    async run(driver) {
      const head = (size: number): string => request("POST", "/several", `Content-Length: ${size}\r\n`);
      const { response } = await send(driver, head(8193));
      assert.equal(response.status, 413);
      const whole = await send(driver, head(8192) + "x".repeat(8192));
      assert.equal(whole.response.status, 200);
    },
  },
  {
    row: 3,
    name: "server name, keep-alive and body timeouts act as they are set",
    async run(driver) {
      const peer = await driver.open();
      for (const left of [2, 1]) {
        await peer.write(request("GET", "/"));
        const { headers } = await peer.response();
        assert.equal(headers.get("server"), "Original");
        assert.equal(headers.get("keep-alive"), `timeout=7, max=${left}`);
      }
      await peer.write(request("GET", "/"));
      assert.equal((await peer.response()).headers.get("connection"), "close");
      assert.equal(await peer.closing(), "fin");
    },
    async sandbox(app) {
      const idle = app.open().write(request("GET", "/"));
      app.advance({ ms: 6999 });
      assert.equal(idle.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(idle.closed, "fin");
      const slow = app.open().write(request("POST", "/item", "Content-Length: 5\r\n"));
      app.advance({ ms: 19_999 });
      assert.equal(slow.text, "");
      app.advance({ ms: 1 });
      assert.match(slow.text, /^HTTP\/1\.1 408 /);
    },
  },
  {
    row: 4,
    name: "a long request line is 414, a long field line or too many are 431, and the answer arrives",
    async run(driver) {
      const long = "x".repeat(8200);
      const fields = Array.from({ length: 50 }, (_, i) => `X-${i}: y\r\n`).join("");
      for (const [bytes, status] of [
        [request("GET", `/${long}`), 414],
        [request("GET", "/", `X-Long: ${long}\r\n`), 431],
        [request("GET", "/", fields), 431],
      ] as const) {
        const { response, peer } = await send(driver, bytes);
        assert.equal(response.status, status);
        assert.equal(errorOf(response).code, status);
        assert.equal(await peer.closing(), "fin");
      }
    },
  },
  {
    row: 5,
    name: "slow clients have a deadline in total, and others are served meanwhile",
    async run(driver) {
      for (let i = 0; i < 4; i++) await (await driver.open()).write(HALF_HEAD);
      assert.equal((await ask(driver, "GET", "/")).status, 200);
    },
    async sandbox(app) {
      const slow = app.open().write(HALF_HEAD);
      for (let i = 0; i < 9; i++) {
        app.advance({ seconds: 1 });
        slow.write("X");
      }
      assert.equal(slow.text, "");
      app.advance({ seconds: 1 });
      assert.match(slow.text, /^HTTP\/1\.1 408 /);
      assert.equal(slow.closed, "fin");
    },
  },
  {
    row: 6,
    name: "over maxConns: idle connections are given up first, then 503 with Retry-After; one warning at 80 %",
    async run(driver) {
      const idle = await driver.open();
      await idle.write(request("GET", "/"));
      await idle.response();
      const busy = [];
      for (let i = 0; i < 5; i++) {
        const peer = await driver.open();
        await peer.write(HALF_HEAD);
        busy.push(peer);
      }
      assert.equal(await idle.closing(), "fin");
      const refused = await (await driver.open()).response();
      assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "5"]);
    },
    async sandbox(app) {
      for (let i = 0; i < 5; i++) app.open().write(HALF_HEAD);
      assert.equal(app.files.text("server.log")?.match(/WARN .*connections in use/g)?.length, 1);
    },
  },
  {
    row: 7,
    name: "decorators for every method, several methods, WebSockets; static files; middleware global, by group, by route",
    async run(driver) {
      const answers = [];
      for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"]) {
        answers.push((await ask(driver, method, "/item", "", method === "POST" ? "x" : "")).status);
      }
      assert.deepEqual(answers, [200, 201, 200, 204, 200]);
      assert.equal((await ask(driver, "POST", "/several", "Content-Length: 0\r\n")).text, "POST");
      assert.equal((await ask(driver, "HEAD", "/head-only")).status, 200);
      assert.equal((await ask(driver, "OPTIONS", "/with-options")).headers.get("x-options"), "yes");
      assert.equal((await ask(driver, "PATCH", "/all")).text, "PATCH");
      assert.equal((await ask(driver, "GET", "/inner")).headers.get("x-tag"), "group");
      assert.equal((await ask(driver, "GET", "/tagged")).headers.get("x-tag"), "route");
      assert.equal((await ask(driver, "GET", "/static/hello.txt")).text, "hello from a file\n");
    },
  },
  {
    row: 8,
    name: "the log goes to a file that is rotated",
    async sandbox(app) {
      for (let i = 0; i < 100; i++) await app.fetch(`/users/${i}`);
      const size = app.files.read("server.log")?.length ?? 0;
      assert.ok(size > 0 && size <= 2048, `${size} bytes`);
      assert.ok(app.files.paths.some((path) => /^server\.log\.1$/.test(path)));
      assert.deepEqual(
        app.log.filter(({ text }) => text.includes("/users/")),
        [],
      );
    },
  },
  {
    row: 9,
    name: "memory is collected between events, and does not grow with requests",
    async sandbox(app) {
      const size = app.memory;
      for (let i = 0; i < 2000; i++) {
        assert.equal(
          (await app.fetch(`/request/${i}?q=1&q=2`, { method: "POST", body: "x".repeat(1000) })).status,
          200,
        );
      }
      assert.equal(app.memory, size);
      assert.deepEqual(
        app.log.filter(({ level }) => level === "error"),
        [],
      );
    },
  },
];
