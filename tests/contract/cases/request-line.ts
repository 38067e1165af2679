/** The request line (RFC 9112, 3). */

import { accepted, refused, request, type Case } from "../case.js";

const HOST = "Host: x\r\n\r\n";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export const requestLine: readonly Case[] = [
  ...METHODS.flatMap((method) => accepted({ [method]: request(method, "/") }, { status: 200 })),
  ...accepted({ HEAD: request("HEAD", "/") }, { status: 200, method: "HEAD" }),

  ...accepted(
    {
      "origin-form with a query": request("GET", "/hello?a=b&c=/?:@!$'()*+,;"),
      "origin-form with an empty query": request("GET", "/hello?"),
      "absolute-form": request("GET", "http://x/hello"),
      "absolute-form with a port": request("GET", "http://x:8080/hello"),
      "absolute-form with an empty port": request("GET", "http://x:/hello"),
      "absolute-form with an address": request("GET", "http://[::1]:80/hello"),
      "absolute-form in capitals": request("GET", "HTTP://X/hello"),
      "absolute-form without a path": request("GET", "http://x"),
      "absolute-form without a path, with a query": request("GET", "http://x?a=b"),
      "absolute-form for another host than Host": request("GET", "http://y/hello"),
      "an empty line before it": "\r\n" + request("GET", "/"),
      "percent-encoding in the path": request("GET", "/%68ello"),
    },
    { status: 200, body: "" },
  ),
  ...accepted(
    { "asterisk-form": request("OPTIONS", "*") },
    { status: 204, fields: { Allow: /^(?=.*GET)(?=.*HEAD)(?=.*POST)(?=.*PUT)(?=.*DELETE)(?=.*PATCH)(?=.*OPTIONS)/ } },
  ),
  ...accepted({ "authority-form": request("CONNECT", "x:443") }, { status: 405, fields: { Allow: /GET/ } }),
  ...accepted(
    { TRACE: request("TRACE", "/hello"), "CONNECT with a path": request("CONNECT", "/hello") },
    { status: 405, fields: { Allow: /GET/ } },
  ),
  ...accepted(
    {
      "every character of a path": request("GET", "/a-._~!$&'()*+,;=:@/%41%7a"),
      "a path that is not routed": request("GET", "/nowhere"),
      "two slashes at its start": request("GET", "//hello"),
    },
    { status: 404 },
  ),

  ...refused(400, {
    "bare LF at its end": "GET / HTTP/1.1\nHost: x\r\n\r\n",
    "bare CR at its end": "GET / HTTP/1.1\rHost: x\r\n\r\n",
    "CR CR LF at its end": "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n",
    "a bare LF before it": "\n" + request("GET", "/"),
    "a bare CR before it": "\rGET / HTTP/1.1\r\n" + HOST,
    "a space before it": " GET / HTTP/1.1\r\n" + HOST,
    "a space behind it": "GET / HTTP/1.1 \r\n" + HOST,
    "two spaces before the target": "GET  / HTTP/1.1\r\n" + HOST,
    "two spaces before the version": "GET /  HTTP/1.1\r\n" + HOST,
    "a tab before the target": "GET\t/ HTTP/1.1\r\n" + HOST,
    "a tab before the version": "GET /\tHTTP/1.1\r\n" + HOST,
    "no method": "/ HTTP/1.1\r\n" + HOST,
    "a method that is no token": "G(T / HTTP/1.1\r\n" + HOST,
    "NUL in the method": "G\0T / HTTP/1.1\r\n" + HOST,
    "no target": "GET HTTP/1.1\r\n" + HOST,
    "NUL in the target": request("GET", "/a\0b"),
    "a control in the target": request("GET", "/a\x01b"),
    "DEL in the target": request("GET", "/a\x7fb"),
    "a bare CR in the target": request("GET", "/a\rb"),
    "a byte above 127 in the path": request("GET", "/caf\xe9"),
    "a byte above 127 in the query": request("GET", "/?caf\xe9"),
    "a fragment": request("GET", "/a#b"),
    "a fragment behind the query": request("GET", "/a?b#c"),
    "a target without a slash": request("GET", "hello"),
    "asterisk-form with GET": request("GET", "*"),
    "more than an asterisk": request("OPTIONS", "*/"),
    "authority-form with GET": request("GET", "x:80"),
    "authority-form without a port": request("CONNECT", "x"),
    "absolute-form without a host": request("GET", "http:///hello"),
    "absolute-form with user information": request("GET", "http://user@x/"),
    "absolute-form of another scheme": request("GET", "ftp://x/"),
    "absolute-form with one slash": request("GET", "http:/x/"),
    "no version": "GET /\r\n" + HOST,
    "a version in small letters": "GET / http/1.1\r\n" + HOST,
    "a version without a dot": "GET / HTTP/11\r\n" + HOST,
    "a version without a minor digit": "GET / HTTP/1.\r\n" + HOST,
    "a version of three digits": "GET / HTTP/1.10\r\n" + HOST,
    "another protocol": "GET / ICAP/1.0\r\n" + HOST,
    "the preface of HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS on the plain port": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\x42".repeat(64),
  }),
  ...refused(505, {
    "HTTP/0.9": "GET / HTTP/0.9\r\n" + HOST,
    "HTTP/1.2": "GET / HTTP/1.2\r\n" + HOST,
    "HTTP/2.0": "GET / HTTP/2.0\r\n" + HOST,
  }),
  ...refused(501, {
    "an unknown method": request("BREW", "/"),
    "a method in small letters": request("get", "/"),
    "a method that begins like GET": request("GETS", "/"),
    PROPFIND: request("PROPFIND", "/"),
    "a method of all token characters": request("!#$%&'*+-.^_`|~09azAZ", "/"),
  }),
];
