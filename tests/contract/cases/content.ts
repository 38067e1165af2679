/** How long the content is: Content-Length and Transfer-Encoding (RFC 9112, 6). */

import { accepted, chunked, refused, request, withContent, type Case } from "../case.js";

/** POST /echo with the content "hello" and a Content-Length field of this value. */
function length(value: string): string {
  return request("POST", "/echo", `Content-Length: ${value}\r\n`, "hello");
}

/** POST /echo with a chunked "hello" and a Transfer-Encoding field of this value. */
function coding(value: string): string {
  return request("POST", "/echo", `Transfer-Encoding: ${value}\r\n`, "5\r\nhello\r\n0\r\n\r\n");
}

const HELLO = { status: 200, body: "hello", fields: { "Content-Type": /^text\/plain/ } };

export const content: readonly Case[] = [
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].flatMap((method) =>
    accepted({ [`${method} with content`]: withContent(method, "/echo", "hello") }, HELLO),
  ),
  ...accepted(
    {
      "white space around a length": length(" \t5 \t"),
      "zeros before a length": length("005"),
      "a field name in small letters": request("POST", "/echo", "content-length: 5\r\n", "hello"),
      chunks: coding("chunked"),
      "chunks in capitals": coding("CHUNKED"),
      "Expect: 100-continue with the content at once": withContent(
        "POST",
        "/echo",
        "hello",
        "Expect: 100-continue\r\n",
      ),
    },
    HELLO,
  ),
  ...accepted(
    {
      "POST without content": request("POST", "/echo"),
      "a length of 0": withContent("POST", "/echo", ""),
      "no chunk but the last": chunked("0\r\n\r\n"),
    },
    { status: 200, body: "" },
  ),
  ...accepted({ "bytes of every value": withContent("POST", "/echo", allBytes()) }, { status: 200 }),

  ...refused(400, {
    "an empty length": length(""),
    "a length with a plus": length("+5"),
    "a length with a minus": length("-5"),
    "a length in hexadecimal": length("0x5"),
    "a length with a fraction": length("5.0"),
    "a length in words": length("five"),
    "a length with a space in it": length("5 5"),
    "a length with a unit": length("5b"),
    "a list of lengths": length("5, 5"),
    "a length in other digits": length("\xd9\xa5"),
    "a length that overflows 64 bits to 5": length("18446744073709551621"),
    "a length of forty digits": length("9".repeat(40)),
    "two equal lengths": request("POST", "/echo", "Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
    "two lengths": request("POST", "/echo", "Content-Length: 5\r\nContent-Length: 6\r\n", "hello"),
    "a length, then chunks": withContent("POST", "/echo", "0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
    "chunks, then a length": chunked("0\r\n\r\n", "Content-Length: 5\r\n"),
    "an empty coding": coding(""),
    identity: coding("identity"),
    "chunked twice": coding("chunked, chunked"),
    "chunked twice, in two lines": chunked("5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
    "chunked, but not last": coding("chunked, gzip"),
    "a coding without chunked": coding("gzip"),
    "a coding that ends like chunked": coding("xchunked"),
    "chunked with a parameter": coding("chunked;q=1"),
    "chunked in quotes": coding('"chunked"'),
    "chunked with a vertical tab": coding("\x0bchunked"),
    "chunks in HTTP/1.0": "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  }),
  ...refused(501, { "a coding before chunked": coding("gzip, chunked") }),
  ...refused(413, {
    "a length that overflows 32 bits to 5": length("4294967301"),
    "a length of nineteen digits": length("9".repeat(19)),
  }),
  ...refused(417, {
    "another expectation": withContent("POST", "/echo", "hello", "Expect: 200-ok\r\n"),
    "an empty expectation": withContent("POST", "/echo", "hello", "Expect:\r\n"),
  }),
];

function allBytes(): string {
  return Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString("latin1");
}
