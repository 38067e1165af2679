import { limits } from "microserver/http/limits";
import { decoded, open, refusedChunks } from "./chunks";

limits.body = 16;

const LAST = "0\r\n\r\n";

describe("chunked content: size", () => {
  decoded("at the limit", `10\r\n0123456789abcdef\r\n${LAST}`, "0123456789abcdef");
  decoded("at the limit, in two chunks", `8\r\n01234567\r\n8\r\n89abcdef\r\n${LAST}`, "0123456789abcdef");
  refusedChunks("one byte above", "11\r\n", 413, "content too large");
  refusedChunks("one byte above, in two chunks", "8\r\n01234567\r\n9\r\n", 413, "content too large");
  refusedChunks("a chunk behind the limit", "10\r\n0123456789abcdef\r\n1\r\n", 413, "content too large");
  refusedChunks("the largest of 32 bits", "ffffffff\r\n", 413, "content too large");
  refusedChunks("more than 32 bits", "100000005\r\nhello\r\n", 413, "content too large");
  refusedChunks("the largest of 64 bits", "ffffffffffffffff\r\n", 413, "content too large");
  refusedChunks("more than 64 bits", "10000000000000005\r\nhello\r\n", 413, "content too large");
});

// 2048 bytes that are no content are free, and eight more for each byte of content.
describe("chunked content: what is no content", () => {
  decoded("extensions at the limit", `0;${"a".repeat(2042)}\r\n\r\n`, "");
  refusedChunks("extensions one byte above", `0;${"a".repeat(2043)}\r\n\r\n`, 400, "more chunk overhead than content");
  decoded("trailers at the limit", `0\r\nA:${"a".repeat(2039)}\r\n\r\n`, "");
  refusedChunks(
    "trailers one byte above",
    `0\r\nA:${"a".repeat(2040)}\r\n\r\n`,
    400,
    "more chunk overhead than content",
  );
  refusedChunks("many trailers", `0\r\n${"A:b\r\n".repeat(410)}\r\n`, 400, "more chunk overhead than content");
  refusedChunks("a size of zeros", "0".repeat(2049), 400, "more chunk overhead than content");
  decoded("at the limit, with content", `1\r\nx\r\n0;${"a".repeat(2045)}\r\n\r\n`, "x");
  refusedChunks(
    "one byte above, with content",
    `1\r\nx\r\n0;${"a".repeat(2046)}\r\n\r\n`,
    400,
    "more chunk overhead than content",
  );
  open("content still to come does not count", "5\r\n", "");
});
