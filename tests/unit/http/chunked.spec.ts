import { decoded, open, refusedChunks } from "./chunks";

describe("chunked content (RFC 9112, 7.1)", () => {
  decoded("no content", "0\r\n\r\n", "");
  decoded("a chunk", "5\r\nhello\r\n0\r\n\r\n", "hello");
  decoded("several chunks", "5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n", "hello world");
  decoded("a size of two digits", "10\r\n0123456789abcdef\r\n0\r\n\r\n", "0123456789abcdef");
  decoded("a size in lower case", "a\r\n0123456789\r\n0\r\n\r\n", "0123456789");
  decoded("a size in capitals", "A\r\n0123456789\r\n0\r\n\r\n", "0123456789");
  decoded("a size with leading zeros", "0000000000000005\r\nhello\r\n0\r\n\r\n", "hello");
  decoded("a last size of many zeros", "1\r\na\r\n0000000000\r\n\r\n", "a");
  decoded("line ends in the content", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n");
  decoded("a last chunk in the content", "5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n");
  decoded("every kind of byte", "4\r\n\0\x7f\x80\xff\r\n0\r\n\r\n", "\0\x7f\x80\xff");
});

describe("chunk extensions (RFC 9112, 7.1.1)", () => {
  decoded("a name", "1;a\r\nx\r\n0\r\n\r\n", "x");
  decoded("a name and a value", "1;a=b\r\nx\r\n0\r\n\r\n", "x");
  decoded("several", "1;a=b;c=d\r\nx\r\n0\r\n\r\n", "x");
  decoded("a quoted value", '1;a="b;\\"c"\r\nx\r\n0\r\n\r\n', "x");
  decoded("blanks around the semicolon", "1 \t; a = b\r\nx\r\n0\r\n\r\n", "x");
  decoded("of the last chunk", "1\r\nx\r\n0;a=b\r\n\r\n", "x");
  decoded("bytes above ASCII", '1;a="\x80\xff"\r\nx\r\n0\r\n\r\n', "x");
});

describe("trailers (RFC 9112, 7.1.2)", () => {
  decoded("a field line", "1\r\nx\r\n0\r\nA: b\r\n\r\n", "x");
  decoded("several", "1\r\nx\r\n0\r\nA: b\r\nC:d\r\n\r\n", "x");
  decoded("an empty value", "1\r\nx\r\n0\r\nA:\r\n\r\n", "x");
  decoded("a field that frames messages", "1\r\nx\r\n0\r\nContent-Length: 5\r\n\r\n", "x");
  decoded("bytes above ASCII", "1\r\nx\r\n0\r\nA: \x80\xff\r\n\r\n", "x");
});

describe("content that is not whole", () => {
  open("a size", "5", "");
  open("a size and its CR", "5\r", "");
  open("nothing of a chunk", "5\r\n", "");
  open("some of a chunk", "5\r\nhel", "hel");
  open("a chunk", "5\r\nhello", "hello");
  open("a chunk and its CR", "5\r\nhello\r", "hello");
  open("a chunk with its line end", "5\r\nhello\r\n", "hello");
  open("a last chunk", "5\r\nhello\r\n0\r\n", "hello");
  open("an open trailer", "5\r\nhello\r\n0\r\nA: b", "hello");
  open("a trailer with its line end", "5\r\nhello\r\n0\r\nA: b\r\n", "hello");
  open("all but the last byte", "5\r\nhello\r\n0\r\n\r", "hello");
});

describe("chunk sizes: refused", () => {
  refusedChunks("none", "\r\nhello\r\n", 400, "malformed chunk size");
  refusedChunks("none behind a chunk", "1\r\nx\r\n\r\n", 400, "malformed chunk size");
  refusedChunks("a letter that is no digit", "g\r\n", 400, "malformed chunk size");
  refusedChunks("a letter behind a digit", "1g\r\n", 400, "malformed chunk size");
  refusedChunks("a sign", "+1\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("negative", "-1\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("0x", "0x1\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("a blank before it", " 1\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("a blank behind it", "1 \r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("a blank within it", "1 1\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("a comma", "1,a\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("NUL", "1\0\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("a byte above ASCII", "\xb1\r\nx\r\n", 400, "malformed chunk size");
  refusedChunks("bare LF", "1\nx\r\n", 400, "malformed chunk size");
  refusedChunks("bare CR", "1\rx\r\n", 400, "bare CR");
  refusedChunks("CR CR LF", "1\r\r\nx\r\n", 400, "bare CR");
});

describe("chunks: refused", () => {
  refusedChunks("longer than the size", "5\r\nhello!\r\n0\r\n\r\n", 400, "chunk longer than its size");
  refusedChunks("shorter than the size", "6\r\nhello\r\n0\r\n\r\n", 400, "chunk longer than its size");
  refusedChunks("without a line end", "5\r\nhello0\r\n\r\n", 400, "chunk longer than its size");
  refusedChunks("bare LF behind it", "5\r\nhello\n0\r\n\r\n", 400, "chunk longer than its size");
  refusedChunks("bare CR behind it", "5\r\nhello\r0\r\n\r\n", 400, "bare CR");
});

describe("chunk extensions: refused", () => {
  refusedChunks("bare LF", "1;a\nx\r\n", 400, "malformed chunk extension");
  refusedChunks("bare CR", "1;a\rx\r\n", 400, "bare CR");
  refusedChunks("a line end in quotes", '1;a="\r\n"\r\nx\r\n0\r\n\r\n', 400, "malformed chunk size");
  refusedChunks("NUL", "1;a\0\r\nx\r\n", 400, "malformed chunk extension");
  refusedChunks("DEL", "1;a\x7f\r\nx\r\n", 400, "malformed chunk extension");
  refusedChunks("a control character", "1;a\x01\r\nx\r\n", 400, "malformed chunk extension");
});

describe("trailers: refused", () => {
  refusedChunks("no colon", "0\r\nA\r\n\r\n", 400, "malformed trailer");
  refusedChunks("no name", "0\r\n: a\r\n\r\n", 400, "malformed trailer");
  refusedChunks("space before the colon", "0\r\nA : b\r\n\r\n", 400, "malformed trailer");
  refusedChunks("line folding", "0\r\nA: b\r\n c\r\n\r\n", 400, "malformed trailer");
  refusedChunks("a space in place of a name", "0\r\n \r\n\r\n", 400, "malformed trailer");
  refusedChunks("bare LF", "0\r\nA: b\n\r\n", 400, "malformed trailer");
  refusedChunks("bare LF at the end", "0\r\n\n", 400, "malformed trailer");
  refusedChunks("bare CR", "0\r\nA: b\rc\r\n\r\n", 400, "bare CR");
  refusedChunks("bare CR at the end", "0\r\n\r\r\n", 400, "bare CR");
  refusedChunks("NUL", "0\r\nA: \0\r\n\r\n", 400, "malformed trailer");
  refusedChunks("DEL", "0\r\nA: \x7f\r\n\r\n", 400, "malformed trailer");
});
