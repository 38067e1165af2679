/** The chunked transfer coding (RFC 9112, 7.1). */

import { accepted, chunked, refused, type Case } from "../case.js";

const HELLO = { status: 200, body: "hello" };

export const chunks: readonly Case[] = [
  ...accepted(
    {
      "one chunk": chunked("5\r\nhello\r\n0\r\n\r\n"),
      "many chunks": chunked("1\r\nh\r\n3\r\nell\r\n1\r\no\r\n0\r\n\r\n"),
      "zeros before a size": chunked("0005\r\nhello\r\n0\r\n\r\n"),
      "many zeros as the last size": chunked("5\r\nhello\r\n0000\r\n\r\n"),
      "an extension": chunked("5;name=value\r\nhello\r\n0\r\n\r\n"),
      "an extension without a value": chunked("5;name\r\nhello\r\n0\r\n\r\n"),
      "an extension with a quoted value": chunked('5;name="a;b, \\" c"\r\nhello\r\n0\r\n\r\n'),
      "white space around an extension": chunked("5 ; name = value\r\nhello\r\n0\r\n\r\n"),
      "an extension of the last chunk": chunked("5\r\nhello\r\n0;last\r\n\r\n"),
      "a trailer": chunked("5\r\nhello\r\n0\r\nX-Checksum: 1234\r\n\r\n"),
      "two trailers": chunked("5\r\nhello\r\n0\r\nA: b\r\nC:\r\n\r\n"),
      "a trailer that would change the framing": chunked("5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n"),
    },
    HELLO,
  ),
  ...accepted(
    { "sizes in both cases": chunked(`a\r\n${"x".repeat(10)}\r\nA\r\n${"y".repeat(10)}\r\n0\r\n\r\n`) },
    {
      status: 200,
      body: "x".repeat(10) + "y".repeat(10),
    },
  ),
  ...accepted(
    { "a chunk that holds CR LF and digits": chunked("9\r\n0\r\n\r\n5\r\nh\r\n0\r\n\r\n") },
    {
      status: 200,
      body: "0\r\n\r\n5\r\nh",
    },
  ),
  ...accepted(
    { "chunks of one byte": chunked("1\r\nx\r\n".repeat(600) + "0\r\n\r\n") },
    {
      status: 200,
      body: "x".repeat(600),
    },
  ),

  ...refused(400, {
    "an empty size": chunked("\r\nhello\r\n0\r\n\r\n"),
    "a size that is no number": chunked("z\r\nhello\r\n0\r\n\r\n"),
    "a size with a letter behind": chunked("5g\r\nhello\r\n0\r\n\r\n"),
    "a size with a prefix": chunked("0x5\r\nhello\r\n0\r\n\r\n"),
    "a size with a plus": chunked("+5\r\nhello\r\n0\r\n\r\n"),
    "a size with a minus": chunked("-5\r\nhello\r\n0\r\n\r\n"),
    "a space before the size": chunked(" 5\r\nhello\r\n0\r\n\r\n"),
    "a space behind the size": chunked("5 \r\nhello\r\n0\r\n\r\n"),
    "bare LF behind the size": chunked("5\nhello\r\n0\r\n\r\n"),
    "bare CR behind the size": chunked("5\rhello\r\n0\r\n\r\n"),
    "only an extension": chunked(";name\r\nhello\r\n0\r\n\r\n"),
    "bare LF in an extension": chunked("5;a\nb\r\nhello\r\n0\r\n\r\n"),
    "bare CR in an extension": chunked("5;a\rb\r\nhello\r\n0\r\n\r\n"),
    "NUL in an extension": chunked("5;a\0b\r\nhello\r\n0\r\n\r\n"),
    "more data than the size": chunked("4\r\nhello\r\n0\r\n\r\n"),
    "less data than the size": chunked("6\r\nhello\r\n0\r\n\r\n"),
    "bare LF behind the data": chunked("5\r\nhello\n0\r\n\r\n"),
    "no line end behind the data": chunked("5\r\nhello0\r\n\r\n"),
    "a trailer without a colon": chunked("5\r\nhello\r\n0\r\nX\r\n\r\n"),
    "a space before the colon of a trailer": chunked("5\r\nhello\r\n0\r\nX : v\r\n\r\n"),
    "a folded trailer": chunked("5\r\nhello\r\n0\r\nX: a\r\n b\r\n\r\n"),
    "bare LF behind a trailer": chunked("5\r\nhello\r\n0\r\nX: v\n\r\n"),
    "bare LF at the end": chunked("5\r\nhello\r\n0\r\n\n"),
    "NUL in a trailer": chunked("5\r\nhello\r\n0\r\nX: \0\r\n\r\n"),
    "more overhead than content": chunked(`1;${"e".repeat(40)}\r\nx\r\n`.repeat(100) + "0\r\n\r\n"),
    "an extension without end": chunked(`5;${"e".repeat(9000)}`),
    "trailers without end": chunked(`5\r\nhello\r\n0\r\n${"X: v\r\n".repeat(1500)}`),
  }),
  ...refused(413, {
    "a size above the limit": chunked("10001\r\nhello"),
    "a size that overflows 32 bits to 5": chunked("100000005\r\nhello\r\n0\r\n\r\n"),
    "a size that overflows 64 bits to 5": chunked("10000000000000005\r\nhello\r\n0\r\n\r\n"),
    "a size of ten thousand digits": chunked("f".repeat(10_000)),
  }),
];
