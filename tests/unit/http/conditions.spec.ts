import { Output } from "microserver/bytes/output";
import { evaluate, Representation } from "microserver/http/conditional";
import { acceptsGzip } from "microserver/http/encoding";
import { ETAG_SIZE, matchesEtag, writeEtag } from "microserver/http/etag";
import { clearHead } from "microserver/http/head";
import { head, parseHead } from "microserver/http/parser";
import { appendContentRange, part, readRange } from "microserver/http/range";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const place: usize = heap.alloc(8192);
/** 2026-11-23. */
const NOW: u32 = 1795392000;

describe("entity tag of a file", () => {
  it("has size and time in hexadecimal", () => {
    expect(etagOf(500, 0x65a0b3c2, false)).toBe('"1f4-65a0b3c2"');
    expect(etagOf(0, 1, false)).toBe('"0-1"');
    expect(etagOf(0xabcdef, 0x10, false)).toBe('"abcdef-10"');
  });
  it("is another one for the gzip form", () => {
    expect(etagOf(500, 0x65a0b3c2, true)).toBe('"1f4-65a0b3c2-gz"');
  });
  it("is not there where the time is not known", () => {
    expect(etagOf(500, 0, false)).toBe("");
  });
  it("has room in ETAG_SIZE", () => {
    const etag = etagOf(u32.MAX_VALUE, u32.MAX_VALUE, true);
    expect(etag).toBe('"ffffffff-ffffffff-gz"');
    expect(etag.length).toBe(ETAG_SIZE);
  });
  it("has every digit of every length", () => {
    for (let bits = 0; bits < 32; bits++) {
      const value = (<u32>1) << bits;
      expect(etagOf(value, value - 1 ? value - 1 : 1, false)).toBe(
        '"' + value.toString(16) + "-" + (value - 1 ? value - 1 : 1).toString(16) + '"',
      );
    }
  });
});

function etagOf(size: u32, modified: u32, isGzip: bool): string {
  return readLatin1(place, writeEtag(place, size, modified, isGzip));
}

class MatchRow extends Row {
  constructor(
    private list: string,
    private etag: string,
    private weak: bool,
    private strong: bool,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.list);
    writeLatin1(end, '"a", "a"');
    const etag = place + 2048;
    const length = this.etag.length;
    writeLatin1(etag, this.etag + '"');
    expect(matchesEtag(place, end, etag, length, false)).toBe(this.weak, "weak comparison");
    expect(matchesEtag(place, end, etag, length, true)).toBe(this.strong, "strong comparison");
  }
}

function matches(list: string, etag: string, weak: bool, strong: bool): void {
  testRow(`${list} of ${etag}`, new MatchRow(list, etag, weak, strong));
}

describe("entity tags compared (RFC 9110, 8.8.3.2)", () => {
  matches('W/"1"', 'W/"1"', true, false);
  matches('W/"1"', 'W/"2"', false, false);
  matches('W/"1"', '"1"', true, false);
  matches('"1"', 'W/"1"', true, false);
  matches('"1"', '"1"', true, true);
  matches('"1"', '"2"', false, false);
});

describe("lists of entity tags (RFC 9110, 13.1.1)", () => {
  matches('"a"', '"a"', true, true);
  matches('"b", "a"', '"a"', true, true);
  matches('"b","a","c"', '"a"', true, true);
  matches('W/"b" , "a"', '"a"', true, true);
  matches(', ,"a"', '"a"', true, true);
  matches('"b,", "a"', '"a"', true, true);
  matches('"b, "a", "c"', '"a"', false, false);
  matches('""', '""', true, true);
  matches("*", '"a"', true, true);
  matches("*", "", true, true);
  matches("* ", '"a"', true, true);
  matches('*, "b"', '"a"', false, false);
  matches('"b", *', '"a"', false, false);
  matches("", '"a"', false, false);
  matches('"a"', "", false, false);
  matches("a", '"a"', false, false);
  matches("a", "a", false, false);
  matches('"a', '"a"', false, false);
  matches('"aa"', '"a"', false, false);
  matches('"A"', '"a"', false, false);
  matches('w/"a"', '"a"', false, false);
  matches('W/ "a"', '"a"', false, false);
  matches('"b" "a"', '"a"', false, false);
  matches('b, "a"', '"a"', false, false);
  matches("W/", '"a"', false, false);
  matches(",", '"a"', false, false);
});

class RangeRow extends Row {
  constructor(
    private value: string,
    private size: u32,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.value);
    writeLatin1(end, "9-9,");
    expect(answer(readRange(place, end, this.size), this.size)).toBe(this.expected);
  }
}

/** Status, Content-Range and, of 206, the length. */
function answer(status: i32, size: u32): string {
  if (status != 206 && status != 416) return status.toString();
  const out = new Output();
  appendContentRange(out, status, size);
  const text = `${status} ${out.toString()}`;
  return status == 206 ? `${text} ${part.length}` : text;
}

function range(value: string, expected: string, size: u32 = 10000): void {
  testRow(`${value} of ${size}`, new RangeRow(value, size, expected));
}

describe("range (RFC 9110, 14.1.2)", () => {
  range("bytes=0-499", "206 bytes 0-499/10000 500");
  range("bytes=500-999", "206 bytes 500-999/10000 500");
  range("bytes=-500", "206 bytes 9500-9999/10000 500");
  range("bytes=9500-", "206 bytes 9500-9999/10000 500");
  range("bytes=0-", "206 bytes 0-9999/10000 10000");
  range("bytes=0-0", "206 bytes 0-0/10000 1");
  range("bytes=-1", "206 bytes 9999-9999/10000 1");
  range("bytes=9999-", "206 bytes 9999-9999/10000 1");
  range("BYTES=0-1", "206 bytes 0-1/10000 2");
  range("bytes=00-01", "206 bytes 0-1/10000 2");
});

describe("range: past the end", () => {
  range("bytes=9000-20000", "206 bytes 9000-9999/10000 1000");
  range("bytes=-20000", "206 bytes 0-9999/10000 10000");
  range("bytes=0-99999999999999999999999999", "206 bytes 0-9999/10000 10000");
  range("bytes=-99999999999999999999999999", "206 bytes 0-9999/10000 10000");
  range("bytes=0-4294967295", "206 bytes 0-4294967294/4294967295 4294967295", u32.MAX_VALUE);
  range("bytes=4294967294-", "206 bytes 4294967294-4294967294/4294967295 1", u32.MAX_VALUE);
});

describe("range: nothing of it is there", () => {
  range("bytes=10000-", "416 bytes */10000");
  range("bytes=10000-10001", "416 bytes */10000");
  range("bytes=4294967296-", "416 bytes */10000");
  range("bytes=18446744073709551616-", "416 bytes */10000");
  range("bytes=99999999999999999999999999-", "416 bytes */10000");
  range("bytes=-0", "416 bytes */10000");
  range("bytes=0-", "416 bytes */0", 0);
  range("bytes=-0", "416 bytes */0", 0);
});

describe("range: ignored", () => {
  range("bytes=-1", "200", 0);
  range("bytes=0-1,5-6", "200");
  range("bytes=0-1, -1", "200");
  range("bytes=0-1,", "200");
  range("bytes=1-0", "200");
  range("bytes=99999999999999999999-0", "200");
  range("bytes=-", "200");
  range("bytes=", "200");
  range("bytes", "200");
  range("", "200");
  range("bytes =0-1", "200");
  range("bytes= 0-1", "200");
  range("bytes=0 -1", "200");
  range("bytes=0- 1", "200");
  range("bytes=0-1 ", "200");
  range("bytes=a-b", "200");
  range("bytes=0x0-1", "200");
  range("bytes=+0-1", "200");
  range("bytes=--1", "200");
  range("bytes=0-1-2", "200");
  range("bytes=5", "200");
  range("items=0-1", "200");
  range("0-1", "200");
});

const file: Representation = changetype<Representation>(heap.alloc(offsetof<Representation>()));
const etag: usize = heap.alloc(64);

const MODIFIED: u32 = 784111777;
const IMF = "Sun, 06 Nov 1994 08:49:37 GMT";
const RFC850 = "Sunday, 06-Nov-94 08:49:37 GMT";
const ASCTIME = "Sun Nov  6 08:49:37 1994";
const BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
const AFTER = "Sun, 06 Nov 1994 08:49:38 GMT";

/** A request about a file of 10,000 bytes with the entity tag "e", modified at 784111777. */
class ConditionRow extends Row {
  constructor(
    private method: string,
    private fields: string,
    private expected: string,
    private known: bool,
  ) {
    super();
  }

  check(): void {
    readHead(this.method, this.fields);
    file.etag = etag;
    file.etagLength = this.known ? <i32>(writeLatin1(etag, '"e"') - etag) : 0;
    file.modified = this.known ? MODIFIED : 0;
    file.size = 10000;
    file.isRanged = true;
    expect(answer(evaluate(head, place + head.section, file, NOW), 10000)).toBe(this.expected);
    if (!this.expected.startsWith("206") && !this.expected.startsWith("416")) return;
    file.isRanged = false;
    expect(evaluate(head, place + head.section, file, NOW)).toBe(200, "without ranges");
  }
}

function readHead(method: string, fields: string): void {
  const end = writeLatin1(place, `${method} / HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n${fields}\r\n`);
  store<u64>(end, 0);
  clearHead(head);
  expect(parseHead(place, end)).toBe(<i32>(end - place), "the head is good");
}

function condition(fields: string, expected: string, method: string = "GET"): void {
  const shown = fields.replaceAll("\r\n", "; ");
  testRow(`${method} ${shown}${expected}`, new ConditionRow(method, fields, expected, true));
}

/** The same where neither tag nor time of the file is known. */
function unknown(fields: string, expected: string): void {
  const shown = fields.replaceAll("\r\n", "; ");
  testRow(`${shown}${expected}`, new ConditionRow("GET", fields, expected, false));
}

describe("conditions: none", () => {
  condition("", "200");
  condition("X-None-Match1: *\r\n", "200");
  condition("If-None-Matcx: *\r\n", "200");
});

describe("conditions: If-None-Match (RFC 9110, 13.1.2)", () => {
  condition('If-None-Match: "e"\r\n', "304");
  condition('if-none-match: W/"e"\r\n', "304");
  condition('If-None-Match: "a", "e"\r\n', "304");
  condition('If-None-Match: "a"\r\nIf-None-Match: "e"\r\n', "304");
  condition("If-None-Match: *\r\n", "304");
  condition('If-None-Match: "e"\r\n', "304", "HEAD");
  condition('If-None-Match: "e"\r\n', "412", "PUT");
  condition("If-None-Match: *\r\n", "412", "PUT");
  condition('If-None-Match: "a"\r\n', "200");
  condition('If-None-Match: "e\r\n', "200");
  condition("If-None-Match:\r\n", "200");
  unknown('If-None-Match: "e"\r\n', "200");
  unknown("If-None-Match: *\r\n", "304");
});

describe("conditions: If-Modified-Since (RFC 9110, 13.1.3)", () => {
  condition(`If-Modified-Since: ${IMF}\r\n`, "304");
  condition(`If-Modified-Since: ${RFC850}\r\n`, "304");
  condition(`If-Modified-Since: ${ASCTIME}\r\n`, "304");
  condition(`If-Modified-Since: ${AFTER}\r\n`, "304");
  condition(`If-Modified-Since: ${AFTER}\r\n`, "304", "HEAD");
  condition(`If-Modified-Since: ${BEFORE}\r\n`, "200");
  condition(`If-Modified-Since: ${AFTER}\r\n`, "200", "POST");
  condition("If-Modified-Since: yesterday\r\n", "200");
  condition(`If-Modified-Since: ${AFTER}\r\nIf-Modified-Since: ${AFTER}\r\n`, "200");
  condition(`If-Modified-Since: ${AFTER}\r\nIf-None-Match: "a"\r\n`, "200");
  condition(`If-None-Match: "e"\r\nIf-Modified-Since: ${BEFORE}\r\n`, "304");
  unknown(`If-Modified-Since: ${AFTER}\r\n`, "200");
});

describe("conditions: If-Match (RFC 9110, 13.1.1)", () => {
  condition('If-Match: "e"\r\n', "200");
  condition('If-Match: "a", "e"\r\n', "200");
  condition('If-Match: "a"\r\nIf-Match: "e"\r\n', "200");
  condition("If-Match: *\r\n", "200");
  condition('If-Match: "a"\r\n', "412");
  condition('If-Match: W/"e"\r\n', "412");
  condition("If-Match: e\r\n", "412");
  condition('If-Match: "a"\r\n', "412", "PUT");
  unknown('If-Match: "e"\r\n', "412");
  unknown("If-Match: *\r\n", "200");
});

describe("conditions: If-Unmodified-Since (RFC 9110, 13.1.4)", () => {
  condition(`If-Unmodified-Since: ${IMF}\r\n`, "200");
  condition(`If-Unmodified-Since: ${AFTER}\r\n`, "200");
  condition(`If-Unmodified-Since: ${BEFORE}\r\n`, "412");
  condition(`If-Unmodified-Since: ${BEFORE}\r\n`, "412", "DELETE");
  condition("If-Unmodified-Since: Wed, 31 Dec 1969 23:59:59 GMT\r\n", "412");
  condition("If-Unmodified-Since: 0\r\n", "200");
  condition(`If-Unmodified-Since: ${BEFORE}\r\nIf-Unmodified-Since: ${BEFORE}\r\n`, "200");
  unknown(`If-Unmodified-Since: ${BEFORE}\r\n`, "200");
});

describe("conditions: their order (RFC 9110, 13.2.2)", () => {
  condition(`If-Match: "e"\r\nIf-Unmodified-Since: ${BEFORE}\r\n`, "200");
  condition('If-None-Match: "e"\r\nIf-Match: "a"\r\n', "412");
  condition('If-None-Match: "e"\r\nIf-Match: "e"\r\n', "304");
  condition(`If-None-Match: "e"\r\nIf-Unmodified-Since: ${BEFORE}\r\n`, "412");
  condition('Range: bytes=0-1\r\nIf-None-Match: "e"\r\n', "304");
  condition('Range: bytes=0-1\r\nIf-Match: "a"\r\n', "412");
  condition('Range: bytes=10000-\r\nIf-Match: "e"\r\n', "416 bytes */10000");
});

describe("conditions: Range and If-Range (RFC 9110, 13.1.5, 14.2)", () => {
  condition("Range: bytes=0-1\r\n", "206 bytes 0-1/10000 2");
  condition("Range: bytes=10000-\r\n", "416 bytes */10000");
  condition("Range: bytes=0-1\r\n", "200", "HEAD");
  condition("Range: bytes=10000-\r\n", "200", "PUT");
  condition("Range: bytes=0-1,4-5\r\n", "200");
  condition("Range: bytes=0-1\r\nRange: bytes=4-5\r\n", "200");
  condition('Range: bytes=0-1\r\nIf-Range: "e"\r\n', "206 bytes 0-1/10000 2");
  condition('If-Range: "e"\r\nRange: bytes=0-1\r\n', "206 bytes 0-1/10000 2");
  condition('Range: bytes=0-1\r\nIf-Range: "a"\r\n', "200");
  condition('Range: bytes=0-1\r\nIf-Range: W/"e"\r\n', "200");
  condition('Range: bytes=0-1\r\nIf-Range: "e", "a"\r\n', "200");
  condition("Range: bytes=0-1\r\nIf-Range: *\r\n", "200");
  condition("Range: bytes=0-1\r\nIf-Range:\r\n", "200");
  condition('Range: bytes=0-1\r\nIf-Range: "e"\r\nIf-Range: "e"\r\n', "200");
  condition('Range: bytes=10000-\r\nIf-Range: "a"\r\n', "200");
  condition(`Range: bytes=0-1\r\nIf-Range: ${IMF}\r\n`, "206 bytes 0-1/10000 2");
  condition(`Range: bytes=0-1\r\nIf-Range: ${AFTER}\r\n`, "200");
  condition(`Range: bytes=0-1\r\nIf-Range: ${BEFORE}\r\n`, "200");
  condition('If-Range: "e"\r\n', "200");
  unknown("Range: bytes=0-1\r\n", "206 bytes 0-1/10000 2");
  unknown("Range: bytes=0-1\r\nIf-Range:\r\n", "200");
  unknown("Range: bytes=0-1\r\nIf-Range: Thu, 01 Jan 1970 00:00:00 GMT\r\n", "200");
});

class GzipRow extends Row {
  constructor(
    private fields: string,
    private expected: bool,
  ) {
    super();
  }

  check(): void {
    readHead("GET", this.fields);
    expect(acceptsGzip(head, place + head.section)).toBe(this.expected);
  }
}

function gzip(value: string, expected: bool): void {
  testRow(`"${value}"`, new GzipRow(`Accept-Encoding: ${value}\r\n`, expected));
}

function gzipOf(name: string, fields: string, expected: bool): void {
  testRow(name, new GzipRow(fields, expected));
}

describe("gzip is accepted (RFC 9110, 12.5.3)", () => {
  gzip("gzip", true);
  gzip("GZip", true);
  gzip("x-gzip", true);
  gzip("compress, gzip", true);
  gzip("gzip, deflate, br, zstd", true);
  gzip("compress;q=0.5, gzip;q=1.0", true);
  gzip("gzip;q=1.0, identity; q=0.5, *;q=0", true);
  gzip("gzip;q=0.001", true);
  gzip("gzip;q=1.", true);
  gzip("gzip ; Q=0.8", true);
  gzip("*", true);
  gzip("br, *;q=0.1", true);
  gzip("identity;q=0, gzip", true);
  gzip("identity;q=0.5, gzip;q=0.5", true);
  gzip(",, gzip", true);
  gzip("deflate,gzip,", true);
  gzipOf("in a second field line", "Accept-Encoding: br\r\naccept-encoding: gzip\r\n", true);
});

describe("gzip is not accepted", () => {
  gzipOf("without the field", "", false);
  gzipOf("in another field", "Accept-Encodinx: gzip\r\n", false);
  gzip("", false);
  gzip("identity", false);
  gzip("br", false);
  gzip("gzipx", false);
  gzip("xgzip", false);
  gzip("gzip x", false);
  gzip("gzip;q=0", false);
  gzip("gzip;q=0.0", false);
  gzip("gzip;q=0.000", false);
  gzip("gzip;q=0, *", false);
  gzip("*, gzip;q=0", false);
  gzip("*;q=0", false);
  gzip("identity, gzip;q=0.5", false);
  gzip("gzip;q=", false);
  gzip("gzip;q=a", false);
  gzip("gzip;q=2", false);
  gzip("gzip;q=1.5", false);
  gzip("gzip;q=0.5000", false);
  gzip("gzip;q=0,5", false);
  gzip("gzip;q=.5", false);
  gzip("gzip;q=-1", false);
  gzip("gzip;q= 1", false);
  gzip("gzip;level=1", false);
  gzip("gzip;", false);
  gzip("gzip;q=0.5;q=1", false);
});
