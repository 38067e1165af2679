import { decodeComponent, decodePath, hexDigit } from "microserver/http/url";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const SIZE = 1024;
const input: usize = heap.alloc(SIZE);
const output: usize = heap.alloc(SIZE);

enum Coding {
  PATH,
  SEGMENT,
  QUERY,
}

/** A text that is decoded to another place, and in place. */
class Decoded extends Row {
  constructor(
    private coding: Coding,
    private text: string,
    private expected: string | null,
  ) {
    super();
  }

  check(): void {
    this.decode(output);
    this.decode(input);
  }

  private decode(to: usize): void {
    const end = writeLatin1(input, this.text);
    writeLatin1(end, "41"); // what must not be taken for the rest of an encoding
    const length =
      this.coding == Coding.PATH
        ? decodePath(input, end, to)
        : decodeComponent(input, end, to, this.coding == Coding.QUERY);
    const expected = this.expected;
    if (expected === null) expect(length).toBe(-1);
    else {
      expect(length).toBe(expected.length);
      expect(readLatin1(to, to + length)).toBe(expected);
    }
  }
}

function path(text: string, expected: string): void {
  testRow(text, new Decoded(Coding.PATH, text, expected));
}

function malformedPath(name: string, text: string): void {
  testRow(name, new Decoded(Coding.PATH, text, null));
}

function segment(text: string, expected: string): void {
  testRow(text, new Decoded(Coding.SEGMENT, text, expected));
}

function query(text: string, expected: string): void {
  testRow(text, new Decoded(Coding.QUERY, text, expected));
}

describe("path (RFC 3986, 2.1)", () => {
  path("", "");
  path("/", "/");
  path("/plain-._~", "/plain-._~");
  path("/a%20b", "/a b");
  path("/%41%7a", "/Az");
  path("/%c3%a9%C3%89", "/\xc3\xa9\xc3\x89");
  path("/%ff", "/\xff");
  path("/%01%7F", "/\x01\x7f");
  path("/a+b", "/a+b");
  path("/%3f%23", "/?#");
  path("/%2e%2e/%2E", "/../.");
  path("%41", "A");
});

describe("path: a slash and a percent sign stay encoded", () => {
  path("/a%2fb", "/a%2fb");
  path("/a%2Fb", "/a%2Fb");
  path("/100%25", "/100%25");
  path("/%2541", "/%2541");
  path("/%252f", "/%252f");
  path("/%25%41", "/%25A");
});

describe("path: malformed", () => {
  malformedPath("a percent sign alone", "/%");
  malformedPath("one digit", "/%4");
  malformedPath("one digit, then a slash", "/%4/");
  malformedPath("letters that are no digits", "/%zz");
  malformedPath("a second letter that is no digit", "/%4g");
  malformedPath("two percent signs", "/%%41");
  malformedPath("a sign", "/%+1");
  malformedPath("a space", "/% 1");
  malformedPath("NUL", "/%00");
  malformedPath("NUL at the end", "/a%00");
  malformedPath("behind what is right", "/%41%4");
});

describe("segment that a path left", () => {
  segment("plain", "plain");
  segment("a%2fb", "a/b");
  segment("a%2Fb", "a/b");
  segment("100%25", "100%");
  segment("%2541", "%41");
  segment("a+b", "a+b");
});

describe("key or value of a query", () => {
  query("", "");
  query("a+b", "a b");
  query("a%2Bb", "a+b");
  query("a%20b", "a b");
  query("%c3%a9", "\xc3\xa9");
  query("%2f%25%26%3D", "/%&=");
  query("%2541", "%41");
  query("%00", "\0");
  query("+", " ");
  query("%", "%");
  query("%4", "%4");
  query("%zz", "%zz");
  query("%4g", "%4g");
  query("%%41", "%A");
  query("100%+", "100% ");
});

describe("percent-encoding", () => {
  it("of every byte, in both cases of letters", () => {
    for (let code = 1; code < 256; code++) {
      const lower = "%" + code.toString(16).padStart(2, "0");
      for (let i = 0; i < 2; i++) {
        const text = i ? lower.toUpperCase() : lower;
        const end = writeLatin1(input, text);
        expect(decodeComponent(input, end, output, false)).toBe(1, text);
        expect(load<u8>(output)).toBe(<u8>code, text);
        if (code == 0x25 || code == 0x2f) continue;
        expect(decodePath(input, end, output)).toBe(1, text);
        expect(load<u8>(output)).toBe(<u8>code, text);
      }
    }
  });
  it("has sixteen digits", () => {
    for (let code = 0; code < 256; code++) {
      expect(hexDigit(code)).toBe("0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase()), `${code}`);
    }
  });
});
