/** Limits: exactly reached, and exceeded by one. */

import { accepted, chunked, refused, request, withContent, type Case } from "../case.js";

const BODY = 65_536;

/** A GET whose request line has `length` bytes. */
function line(length: number): string {
  return request("GET", "/" + "a".repeat(length - "GET / HTTP/1.1".length));
}

/** A GET with a query, whose request line has `length` bytes. */
function query(length: number): string {
  return request("GET", "/hello?" + "a".repeat(length - "GET /hello? HTTP/1.1".length));
}

/** A GET with one field line of `length` bytes. */
function field(length: number): string {
  return request("GET", "/hello", `X: ${"v".repeat(length - 3)}\r\n`);
}

/** A GET with `count` field lines, Host among them. */
function lines(count: number): string {
  return request("GET", "/hello", Array.from({ length: count - 1 }, (_, i) => `X${i}: v\r\n`).join(""));
}

/** A chunked body of `length` bytes in chunks of 4096. */
function body(length: number): string {
  const sizes = Array.from({ length: Math.ceil(length / 4096) }, (_, i) => Math.min(4096, length - i * 4096));
  return sizes.map((size) => `${size.toString(16)}\r\n${"b".repeat(size)}\r\n`).join("") + "0\r\n\r\n";
}

export const limits: readonly Case[] = [
  ...accepted({ "a request line of 8192 bytes": line(8192) }, { status: 404 }),
  ...accepted(
    {
      "a request line of 8192 bytes with a query": query(8192),
      "a field line of 8192 bytes": field(8192),
      "fifty field lines": lines(50),
    },
    { status: 200, body: "" },
  ),
  ...accepted(
    { "content of 64 KiB": withContent("POST", "/echo", "b".repeat(BODY)) },
    { status: 200, body: "b".repeat(BODY) },
  ),
  ...accepted({ "chunked content of 64 KiB": chunked(body(BODY)) }, { status: 200, body: "b".repeat(BODY) }),
  ...accepted(
    {
      "large content, and a request behind it": withContent("POST", "/echo", "b".repeat(20_000)) + request("GET", "/"),
    },
    { status: 200, body: "b".repeat(20_000) },
    { status: 200, body: "" },
  ),
  ...refused(414, {
    "a request line of 8193 bytes": line(8193),
    "a request line of 8193 bytes with a query": query(8193),
    "a request line without end": "GET /" + "a".repeat(20_000),
  }),
  ...refused(431, {
    "a field line of 8193 bytes": field(8193),
    "a field line without end": `GET / HTTP/1.1\r\nHost: x\r\nX: ${"v".repeat(20_000)}`,
    "a field name without end": `GET / HTTP/1.1\r\nHost: x\r\n${"X".repeat(20_000)}`,
    "fifty-one field lines": lines(51),
    "field lines without end": `GET / HTTP/1.1\r\nHost: x\r\n${"X: v\r\n".repeat(4000)}`,
    "field lines that are too long together": request("GET", "/", `X: ${"v".repeat(8000)}\r\n`.repeat(8)),
  }),
  ...refused(413, {
    "content of 64 KiB and one byte": withContent("POST", "/echo", "b".repeat(BODY + 1)),
    "chunked content of 64 KiB and one byte": chunked(body(BODY + 1)),
    "a length above the limit, before a byte of it": request("POST", "/echo", `Content-Length: ${BODY + 1}\r\n`),
    "a length above the limit where nothing is routed": request("POST", "/nowhere", `Content-Length: ${BODY + 1}\r\n`),
  }),
];
