import { ascii } from "microserver/bytes/ascii";
import { allKeys, allValues, lastValue, PairReader } from "microserver/http/form";
import { findParameter, isMediaType, parameter, unquote } from "microserver/http/media_type";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const place: usize = heap.alloc(1024);

class PairsRow extends Row {
  constructor(
    private content: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.content);
    writeLatin1(end, "41&z=z");
    const reader = new PairReader(place, end);
    const found: string[] = [];
    while (reader.next()) found.push(`${reader.key}: ${reader.value}`);
    expect(found.join("|")).toBe(this.expected);
    expect(reader.next()).toBe(false, "again");
  }
}

function pairs(content: string, expected: string): void {
  testRow(`"${content}"`, new PairsRow(content, expected));
}

describe("form: its pairs", () => {
  pairs("a=1", "a: 1");
  pairs("a=1&b=2&a=3", "a: 1|b: 2|a: 3");
  pairs("a", "a: ");
  pairs("a&b", "a: |b: ");
  pairs("a=", "a: ");
  pairs("=1", ": 1");
  pairs("=", ": ");
  pairs("a=b=c", "a: b=c");
  pairs("&&a=1&&b=2&&", "a: 1|b: 2");
  pairs("", "");
  pairs("&", "");
  pairs("a=1;b=2", "a: 1;b=2");
});

describe("form: what they mean", () => {
  pairs("a+b=c+d", "a b: c d");
  pairs("a%2Bb=c%20d", "a+b: c d");
  pairs("a%3D%26=%3D%26", "a=&: =&");
  pairs("a=%C3%A9", "a: \xe9");
  pairs("a=\xc3\xa9", "a: \xe9");
  pairs("a=%ff", "a: \ufffd");
  pairs("a=%", "a: %");
  pairs("a=%4", "a: %4");
  pairs("a=%zz", "a: %zz");
  pairs("a=%2541", "a: %41");
  pairs("a=%00", "a: \0");
  pairs("a=line%0D%0Aline", "a: line\r\nline");
});

function readerOf(content: string): PairReader {
  return new PairReader(place, writeLatin1(place, content));
}

describe("form: values of a key", () => {
  it("the last", () => {
    expect(lastValue(readerOf("a=1&b=2&a=3"), "a")).toBe("3");
    expect(lastValue(readerOf("a"), "a")).toBe("");
    expect(lastValue(readerOf("aa=1&A=2"), "a")).toBe(null);
  });
  it("all", () => {
    expect(allValues(readerOf("a=1&b=2&%61=3"), "a").join("|")).toBe("1|3");
    expect(allValues(readerOf("b=2"), "a").length).toBe(0);
  });
  it("the keys", () => {
    expect(allKeys(readerOf("a=1&b=2&a=3&c")).join("|")).toBe("a|b|c");
  });
});

class TypeRow extends Row {
  constructor(
    private type: string,
    private expected: bool,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.type);
    writeLatin1(end, ";l");
    expect(isMediaType(place, end, ascii("text/html"))).toBe(this.expected);
  }
}

function isHtml(type: string, expected: bool): void {
  testRow(`"${type}"`, new TypeRow(type, expected));
}

describe("media type (RFC 9110, 8.3.1)", () => {
  isHtml("text/html", true);
  isHtml("Text/HTML", true);
  isHtml("text/html;charset=utf-8", true);
  isHtml("text/html ; charset=utf-8", true);
  isHtml("text/html;", true);
  isHtml("text/htm", false);
  isHtml("text/htmlx", false);
  isHtml("text/ html", false);
  isHtml("text/plain;text/html", false);
  isHtml("", false);
  isHtml(";", false);
});

class ParameterRow extends Row {
  constructor(
    private field: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const end = writeLatin1(place, this.field);
    writeLatin1(end, '"; charset=x');
    const found = findParameter(place, end, ascii("charset"));
    if (found != 1) {
      expect(found == 0 ? "-" : "malformed").toBe(this.expected);
      return;
    }
    const length = unquote(parameter.from, parameter.end, parameter.from);
    expect(readLatin1(parameter.from, parameter.from + length)).toBe(this.expected);
  }
}

/** The parameter "charset", "-" where there is none. */
function charset(field: string, expected: string): void {
  testRow(field, new ParameterRow(field, expected));
}

describe("a parameter (RFC 9110, 5.6.6)", () => {
  charset("text/html;charset=utf-8", "utf-8");
  charset("Text/HTML;Charset=utf-8", "utf-8");
  charset('text/html; charset="utf-8"', "utf-8");
  charset("text/html ; \t charset=utf-8 ", "utf-8");
  charset("a; b=c; charset=d", "d");
  charset('a; b="c"; charset=d', "d");
  charset('a; b="; charset=c"; charset=d', "d");
  charset('a; b="\\"; charset=c"; charset=d', "d");
  charset("a; charset=b; charset=c", "b");
  charset("a;;; charset=b", "b");
  charset('a; charset="b\\"c\\\\d\\e"', 'b"c\\de');
  charset('a; charset="b c\td"', "b c\td");
  charset('a; charset=""', "");
  charset('a; charset="\x80\xff"', "\x80\xff");
});

describe("a parameter that is not there", () => {
  charset("", "-");
  charset("text/html", "-");
  charset("text/html;", "-");
  charset("text/html; ", "-");
  charset("charset=a", "-");
  charset("a; xcharset=b", "-");
  charset("a; charse=b", "-");
  charset('a; b="charset=c"', "-");
});

describe("parameters that are malformed", () => {
  charset("a; charset", "malformed");
  charset("a; charset=", "malformed");
  charset("a; charset =b", "malformed");
  charset("a; charset= b", "malformed");
  charset('a; charset="b', "malformed");
  charset('a; charset="b\\', "malformed");
  charset('a; charset="', "malformed");
  charset('a; charset="b\x01"', "malformed");
  charset("a; b c; charset=d", "malformed");
  charset('a; b="c"d; charset=e', "malformed");
  charset("a; =b; charset=c", "malformed");
  charset("a; b=; charset=c", "malformed");
  charset("a, b; charset c", "malformed");
});
