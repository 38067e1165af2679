import { MAX_FIELDS } from "microserver/http/head";
import { limits } from "microserver/http/limits";
import { accepted, refused, View } from "./heads";

const defaults: i32[] = [limits.requestLine, limits.fieldLine, limits.fields, limits.head, limits.body];

describe("limits: what they are unless an app sets them", () => {
  it("the request line has 8192 bytes", () => {
    expect(defaults[0]).toBe(8192);
  });
  it("a field line has 8192 bytes", () => {
    expect(defaults[1]).toBe(8192);
  });
  it("a head has 50 fields", () => {
    expect(defaults[2]).toBe(50);
  });
  it("a head has 16384 bytes", () => {
    expect(defaults[3]).toBe(16384);
  });
  it("content has 8192 bytes", () => {
    expect(defaults[4]).toBe(8192);
  });
  it("there is room for more fields than that", () => {
    expect(MAX_FIELDS).toBeGreaterThanOrEqual(defaults[2]);
  });
});

limits.requestLine = 24;
limits.fieldLine = 24;
limits.fields = 3;
limits.head = 100;

const LINE = "GET / HTTP/1.1\r\n";
const HOST = "Host: x\r\n";
const HOST_24 = "Host: abcdefghijklmnopqr\r\n";
const LINE_24 = "GET /abcdefghij HTTP/1.1\r\n";
const FIELD_24 = "A: abcdefghijklmnopqrstu\r\n";

describe("limits: request line", () => {
  accepted("at the limit", `${LINE_24}${HOST}\r\n`, View.LINE, "GET origin /abcdefghij 1.1");
  accepted(
    "at the limit, of an absolute target",
    `GET http://xyz HTTP/1.1\r\n${HOST}\r\n`,
    View.LINE,
    "GET absolute - 1.1",
  );
  refused("one byte above", `GET /abcdefghijk HTTP/1.1\r\n${HOST}\r\n`, 414, "request line too long");
  refused("one byte above, by its query", `GET /?abcdefghij HTTP/1.1\r\n${HOST}\r\n`, 414, "request line too long");
  refused("a path without end", "GET /" + "a".repeat(200), 414, "request line too long");
  refused("a query without end", "GET /?" + "a".repeat(200), 414, "request line too long");
  refused("a target of another form without end", "GET " + "a".repeat(200), 414, "request line too long");
  refused("a method without end", "G".repeat(200), 414, "request line too long");
});

describe("limits: field line", () => {
  accepted("at the limit", `${LINE}${HOST}${FIELD_24}\r\n`, View.FIELDS, "Host=x|A=abcdefghijklmnopqrstu");
  accepted(
    "at the limit with blanks",
    `${LINE}${HOST}A:   abcdefghijklmnop   \r\n\r\n`,
    View.FIELDS,
    "Host=x|A=abcdefghijklmnop",
  );
  refused("one byte above", `${LINE}${HOST}A: abcdefghijklmnopqrstuv\r\n\r\n`, 431, "field line too long");
  refused("one byte above, of blanks", `${LINE}${HOST}A: abcdefghijklmnop      \r\n\r\n`, 431, "field line too long");
  refused("one byte above, of the first", `${LINE}Host: abcdefghijklmnopqrs\r\n\r\n`, 431, "field line too long");
  refused("a name without end", `${LINE}${HOST}` + "a".repeat(200), 431, "field line too long");
  refused("a value without end", `${LINE}${HOST}A: ` + "a".repeat(200), 431, "field line too long");
});

describe("limits: number of field lines", () => {
  accepted("at the limit", `${LINE}${HOST}A: b\r\nC: d\r\n\r\n`, View.FIELDS, "Host=x|A=b|C=d");
  refused("one above", `${LINE}${HOST}A: b\r\nC: d\r\nE: f\r\n\r\n`, 431, "too many fields");
  refused("one above, without end", `${LINE}${HOST}A: b\r\nC: d\r\nE: f\r\n`, 431, "too many fields");
});

describe("limits: head", () => {
  accepted(
    "at the limit",
    `${LINE_24}${HOST_24}${FIELD_24}B: abcdefghijklmno\r\n\r\n`,
    View.LINE,
    "GET origin /abcdefghij 1.1",
  );
  refused("one byte above", `${LINE_24}${HOST_24}${FIELD_24}B: abcdefghijklmnop\r\n\r\n`, 431, "head too long");
  refused("one line end above", `${LINE_24}${HOST_24}${FIELD_24}B: abcdefghijklmnopq\r\n\r\n`, 431, "head too long");
  refused("in a line without end", `${LINE_24}${HOST_24}${FIELD_24}B: abcdefghijklmnopqrstu`, 431, "head too long");
});
