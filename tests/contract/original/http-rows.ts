/** Rows 10 to 26: requests, responses and the router. */

import assert from "node:assert/strict";
import { request } from "../case.js";
import { ask, errorOf, send, type Row } from "./row.js";

const CHUNKED = "Transfer-Encoding: chunked\r\n";

export const httpRows: readonly Row[] = [
  {
    row: 10,
    name: "the grammar is exact: Host once, known versions and methods; nothing is dropped in silence",
    async run(driver) {
      for (const [bytes, status] of [
        ["GET / HTTP/1.1\r\n\r\n", 400],
        ["GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400],
        ["GET / HTTP/1.1\r\nHost: a\r\ngarbage\r\n\r\n", 400],
        ["BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501],
        ["GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505],
      ] as const) {
        const { response } = await send(driver, bytes);
        assert.equal(response.status, status);
        assert.notEqual(errorOf(response).error, "");
      }
    },
  },
  {
    row: 11,
    name: "a target is split, then decoded once, as UTF-8; no CR LF from it reaches a response's fields",
    async run(driver) {
      assert.match((await ask(driver, "GET", "/request/Zo%C3%AB")).text, /^GET\|\/request\/Zoë\|Zoë\|/);
      assert.match((await ask(driver, "GET", "/request/a%252F")).text, /\|a%2F\|/);
      assert.equal((await ask(driver, "GET", "/field?value=ok")).headers.get("x-value"), "ok");
      const split = await ask(driver, "GET", "/field?value=a%0d%0aX-Evil:%201");
      assert.equal(split.status, 500);
      assert.equal(split.headers.get("x-evil"), null);
    },
  },
  {
    row: 12,
    name: "in a query the last of equal keys counts, all can be had, and + is a space",
    async run(driver) {
      const parts = (await ask(driver, "GET", "/request/x?q=1&q=a+b%2B")).text.split("|");
      assert.deepEqual(parts.slice(5, 7), ["a b+", "1+a b+"]);
      assert.equal((await ask(driver, "GET", "/request/x?q")).text.split("|")[5], "");
    },
  },
  {
    row: 13,
    name: "Content-Length is strict, chunks are decoded, and both at once are refused",
    async run(driver) {
      for (const length of ["+5", "-5", "", "5, 6", "5x"]) {
        const { response } = await send(driver, request("POST", "/item", `Content-Length: ${length}\r\n`) + "hello");
        assert.equal(response.status, 400, length);
      }
      const twice = await send(
        driver,
        request("POST", "/item", "Content-Length: 5\r\nContent-Length: 6\r\n") + "hello",
      );
      assert.equal(twice.response.status, 400);
      const chunked = await send(driver, request("POST", "/item", CHUNKED) + "5\r\nhello\r\n0\r\n\r\n");
      assert.equal(chunked.response.text, "posted hello");
      const smuggled = await send(driver, request("POST", "/item", `Content-Length: 5\r\n${CHUNKED}`) + "0\r\n\r\n");
      assert.equal(smuggled.response.status, 400);
    },
  },
  {
    row: 14,
    name: "a body may come in any segments, and is given up after its timeout",
    async run(driver) {
      const peer = await driver.open();
      for (const piece of [request("POST", "/item", "Content-Length: 5\r\n"), "he", "l", "lo"]) await peer.write(piece);
      assert.equal((await peer.response()).text, "posted hello");
    },
    async sandbox(app) {
      const slow = app.open().write(request("POST", "/item", "Content-Length: 5\r\n") + "hell");
      app.advance({ seconds: 20 });
      assert.match(slow.text, /^HTTP\/1\.1 408 /);
    },
  },
  {
    row: 15,
    name: "a request has method, path, parameters, query, fields, body, ip and JSON, which is null where it is bad",
    async run(driver) {
      const seen = await ask(driver, "POST", "/request/n?q=v", "X-Field: f\r\n", "body");
      assert.equal(seen.text, "POST|/request/n|n|body|4|v|v|f");
      assert.equal((await ask(driver, "POST", "/sum", "", '{"a": 1, "b": 2.5}')).text, "3.5");
      const bad = await ask(driver, "POST", "/sum", "", '{"a": "x"}');
      assert.deepEqual([bad.status, errorOf(bad).error], [400, "a: expected a number at byte 6"]);
      assert.equal((await ask(driver, "POST", "/sum", "", "{")).status, 400);
    },
  },
  {
    row: 16,
    name: "chunks, 100-continue, HEAD, 405 with Allow, pipelining",
    async run(driver) {
      const peer = await driver.open();
      await peer.write(request("POST", "/item", "Expect: 100-continue\r\nContent-Length: 2\r\n"));
      await peer.text("HTTP/1.1 100 Continue\r\n\r\n");
      await peer.write("hi");
      assert.equal((await peer.response()).text, "posted hi");
      const head = await ask(driver, "HEAD", "/item");
      assert.deepEqual([head.status, head.headers.get("content-length"), head.text], [200, "3", ""]);
      const refused = await ask(driver, "POST", "/html", "Content-Length: 0\r\n");
      assert.deepEqual([refused.status, refused.headers.get("allow")], [405, "GET, HEAD"]);
      const pipelined = await driver.open();
      await pipelined.write(request("GET", "/users/1") + request("GET", "/users/2"));
      assert.equal((await pipelined.response()).text, "id 1");
      assert.equal((await pipelined.response()).text, "id 2");
    },
  },
  {
    row: 17,
    name: "a response is text, JSON, HTML, a redirect, an error, a stream or events, with fields of its own",
    async run(driver) {
      const made = await ask(driver, "GET", "/created");
      assert.deepEqual([made.status, made.headers.get("content-type"), made.text], [201, "text/x-made", "made"]);
      assert.equal(made.headers.get("x-made"), "yes");
      assert.equal((await ask(driver, "GET", "/html")).headers.get("content-type"), "text/html; charset=utf-8");
      const redirect = await ask(driver, "GET", "/redirect");
      assert.deepEqual([redirect.status, redirect.headers.get("location")], [302, "/item"]);
    },
  },
  {
    row: 18,
    name: "errors have one JSON form; a handler that fails is 500 and nothing more",
    async run(driver) {
      assert.deepEqual(errorOf(await ask(driver, "GET", "/error")), { error: "teapot", code: 418 });
      assert.deepEqual(errorOf(await ask(driver, "GET", "/nowhere")), { error: "Not Found", code: 404 });
      const trapped = await ask(driver, "GET", "/trap");
      assert.deepEqual(errorOf(trapped), { error: "Internal Server Error", code: 500 });
      assert.equal((await ask(driver, "GET", "/")).status, 200);
    },
  },
  {
    row: 19,
    name: "Date, Server, Connection and Keep-Alive are there and true",
    async run(driver) {
      const { headers } = await ask(driver, "GET", "/");
      assert.ok(Math.abs(Date.parse(headers.get("date") ?? "")) > 0);
      assert.deepEqual([headers.get("server"), headers.get("connection")], ["Original", "keep-alive"]);
      assert.equal(headers.get("keep-alive"), "timeout=7, max=2");
    },
  },
  {
    row: 20,
    name: "HTTP/1.1 keeps a connection unless told otherwise, HTTP/1.0 where it asks to",
    async run(driver) {
      for (const [head, connection] of [
        ["GET / HTTP/1.1\r\nHost: x\r\n", "keep-alive"],
        ["GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", "close"],
        ["GET / HTTP/1.0\r\n", "close"],
        ["GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n", "keep-alive"],
      ] as const) {
        const { response, peer } = await send(driver, `${head}\r\n`);
        assert.equal(response.headers.get("connection"), connection);
        if (connection === "close") assert.equal(await peer.closing(), "fin");
        else peer.drop();
      }
    },
  },
  {
    row: 21,
    name: "streams write and sleep: chunks to HTTP/1.1, up to the end of the connection to HTTP/1.0; events have ids",
    async sandbox(app) {
      for (const version of ["1.1", "1.0"] as const) {
        const stream = app.stream("/stream", { version });
        assert.equal(stream.text, "Line 0\n");
        app.advance({ ms: 30 });
        assert.deepEqual([stream.text, stream.ended, stream.cut], ["Line 0\nLine 1\nLine 2\n", true, false]);
      }
      const events = app.stream("/events", { headers: { "Last-Event-ID": "41" } });
      app.advance({ ms: 20 });
      assert.deepEqual(events.events, [
        { event: "count", data: "1", id: "1" },
        { event: "count", data: "2", id: "2" },
      ]);
      assert.deepEqual([events.comments, events.retry], [["41"], 2000]);
    },
    async run(driver) {
      const peer = await driver.open();
      await peer.write("GET /stream HTTP/1.0\r\n\r\n");
      await peer.text("HTTP/1.1 200 OK\r\n");
      await driver.pause(500);
      assert.equal(await peer.closing(), "fin");
      assert.ok(peer.rest.endsWith("\r\n\r\nLine 0\nLine 1\nLine 2\n"), peer.rest);
    },
  },
  {
    row: 22,
    name: "204 and HEAD have no content, and 204 no Content-Length",
    async run(driver) {
      const empty = await ask(driver, "GET", "/nothing");
      assert.deepEqual([empty.status, empty.headers.get("content-length"), empty.text], [204, null, ""]);
    },
  },
  {
    row: 23,
    name: "an answer is one write",
    async sandbox(app) {
      const connection = app.open().write(request("POST", "/item", "Content-Length: 3\r\n") + "all");
      assert.match(connection.text, /posted all$/);
      assert.equal(connection.sends, 1);
    },
    async run(driver) {
      assert.equal((await ask(driver, "GET", "/")).text, "root");
    },
  },
  {
    row: 24,
    name: "a trie with backtracking: literals before <int:…> before <…> before <path:…>",
    async run(driver) {
      for (const [path, text] of [
        ["/users/me", "me"],
        ["/users/7", "id 7"],
        ["/users/me/posts", "posts of me"],
        ["/users/7/posts", "posts of 7"],
        ["/files/a/b", "rest a/b"],
      ] as const) {
        assert.equal((await ask(driver, "GET", path)).text, text);
      }
    },
    async sandbox(app) {
      assert.ok(app.routes().includes("GET /users/<int:id>"));
    },
  },
  {
    row: 25,
    name: "a POST that fails takes no route away from GET",
    async run(driver) {
      assert.equal((await ask(driver, "POST", "/users/me", "Content-Length: 0\r\n")).status, 405);
      assert.equal((await ask(driver, "GET", "/users/me")).status, 200);
    },
  },
  {
    row: 26,
    name: "a slash at the end tells paths apart, and an empty segment is no parameter",
    async run(driver) {
      for (const [path, status] of [
        ["/slash/", 200],
        ["/slash", 404],
        ["/item/", 404],
        ["/users//posts", 404],
        ["/users/", 404],
      ] as const) {
        assert.equal((await ask(driver, "GET", path)).status, status, path);
      }
    },
  },
];
