/** What goes on and what ends: persistence, pipelining, half-close (RFC 9112, 9). */

import { accepted, chunked, request, withContent, type Case, type Expected } from "../case.js";

const OK: Expected = { status: 200, body: "" };

/** A case after which the server closes. */
function closing(name: string, send: string, ...expect: Expected[]): Case {
  return { name, send, expect, closed: true };
}

export const connection: readonly Case[] = [
  ...accepted(
    { "HTTP/1.1 goes on": request("GET", "/") },
    { ...OK, fields: { Connection: "keep-alive", "Keep-Alive": "timeout=5, max=99" } },
  ),
  ...accepted(
    { "HTTP/1.0 goes on where asked": "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" },
    { ...OK, fields: { Connection: "keep-alive", "Keep-Alive": "timeout=5, max=99" } },
  ),
  ...accepted(
    {
      "keep-alive in capitals": request("GET", "/", "Connection: Keep-Alive\r\n"),
      "other connection options": request("GET", "/", "Connection: foo, bar\r\n"),
      "an upgrade to what is not spoken": request("GET", "/", "Connection: Upgrade\r\nUpgrade: h2c\r\n"),
    },
    OK,
  ),
  closing("Connection: close", request("GET", "/", "Connection: close\r\n"), {
    ...OK,
    fields: { Connection: "close" },
  }),
  closing("close in capitals", request("GET", "/", "Connection: CLOSE\r\n"), OK),
  closing("close in a list", request("GET", "/", "Connection: foo , close\r\n"), OK),
  closing("close in a second line", request("GET", "/", "Connection: foo\r\nConnection: close\r\n"), OK),
  closing("close beside keep-alive", request("GET", "/", "Connection: keep-alive, close\r\n"), OK),
  closing("HTTP/1.0", "GET / HTTP/1.0\r\nHost: x\r\n\r\n", { ...OK, fields: { Connection: "close" } }),
  closing("HTTP/1.0 without Host", "GET /hello HTTP/1.0\r\n\r\n", OK),
  closing("HTTP/1.0 with content", "POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", { status: 200, body: "hi" }),

  ...accepted({ "two requests at once": request("GET", "/") + request("GET", "/json") }, OK, {
    status: 200,
    body: /^\{"message": ?"Hello"\}$/,
    fields: { "Content-Type": "application/json", "Keep-Alive": "timeout=5, max=98" },
  }),
  ...accepted(
    { "content between pipelined heads": withContent("POST", "/echo", "GET / HTTP/1.1\r\n\r\n") + request("GET", "/") },
    { status: 200, body: "GET / HTTP/1.1\r\n\r\n" },
    OK,
  ),
  ...accepted(
    { "chunks between pipelined heads": chunked("2\r\nhi\r\n0\r\nT: u\r\n\r\n") + request("GET", "/nowhere") },
    { status: 200, body: "hi" },
    { status: 404 },
  ),
  ...accepted({ "an empty line between requests": request("GET", "/") + "\r\n" + request("GET", "/") }, OK, OK),
  ...accepted(
    { "HEAD, then GET": request("HEAD", "/json") + request("GET", "/") },
    { status: 200, method: "HEAD" },
    OK,
  ),
  ...accepted(
    { "twenty at once": request("GET", "/hello").repeat(20) },
    ...Array.from({ length: 20 }, (): Expected => OK),
  ),
  closing("a good request, then a bad one", request("GET", "/") + "GET / HTTP/1.1\nHost: x\r\n\r\n", OK, {
    status: 400,
  }),
  closing("a bad request, then a good one", request("GET", "/", "X : v\r\n") + request("GET", "/"), { status: 400 }),
  closing(
    "nothing is answered after close",
    request("GET", "/", "Connection: close\r\n") + request("GET", "/json"),
    OK,
  ),
  closing(
    "the hundredth request is the last",
    request("GET", "/").repeat(101),
    ...Array.from({ length: 100 }, (_, i): Expected =>
      i < 99 ? { ...OK, fields: { "Keep-Alive": `timeout=5, max=${99 - i}` } } : OK,
    ),
  ),

  { name: "a client that says it has sent all", send: request("GET", "/"), end: true, expect: [OK], closed: true },
  {
    name: "two requests, then the end",
    send: request("GET", "/").repeat(2),
    end: true,
    expect: [OK, OK],
    closed: true,
  },
  { name: "nothing, then the end", send: "", end: true, expect: [], closed: true },
  {
    name: "half a head, then the end",
    send: "GET / HTTP/1.1\r\nHo",
    end: true,
    expect: [{ status: 400 }],
    closed: true,
  },
];
