import { limits } from "microserver/http/limits";
import { decoded, refusedChunks } from "./chunks";

limits.body = i32.MAX_VALUE;

describe("chunked content without a limit", () => {
  refusedChunks("2 GiB", "80000000\r\n", 413, "content too large");
  refusedChunks("the largest of 32 bits", "ffffffff\r\n", 413, "content too large");
  refusedChunks("the largest of 32 bits behind content", "5\r\nhello\r\nffffffff\r\n", 413, "content too large");
  refusedChunks("more than 32 bits", "100000005\r\nhello\r\n0\r\n\r\n", 413, "content too large");
  refusedChunks("more than 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n", 413, "content too large");
  decoded("chunks of one byte", "1\r\nx\r\n".repeat(300) + "0\r\n\r\n", "x".repeat(300));
});
