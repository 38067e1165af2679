import { decodeText, encodeText, narrowAscii } from "microserver/bytes/text";
import { readLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const SIZE = 256;
const place: usize = heap.alloc(SIZE);

function encode(text: string): string {
  memory.fill(place, 0x78, SIZE);
  const from = changetype<usize>(text);
  const end = encodeText(from, from + ((<usize>text.length) << 1), place);
  return readLatin1(place, end);
}

class EncodeRow extends Row {
  constructor(
    private text: string,
    private bytes: string,
  ) {
    super();
  }

  check(): void {
    expect(encode(this.text)).toBe(this.bytes);
    expect(encode("a" + this.text + "b")).toBe("a" + this.bytes + "b");
  }
}

function encodes(name: string, text: string, bytes: string): void {
  testRow(name, new EncodeRow(text, bytes));
}

describe("text to UTF-8", () => {
  encodes("nothing", "", "");
  encodes("ASCII", "plain\0\x01\x7f", "plain\0\x01\x7f");
  encodes("U+0080, the first of two bytes", "\x80", "\xc2\x80");
  encodes("U+07FF, the last of two bytes", "\u07ff", "\xdf\xbf");
  encodes("U+0800, the first of three bytes", "\u0800", "\xe0\xa0\x80");
  encodes("U+D7FF, the last before surrogates", "\ud7ff", "\xed\x9f\xbf");
  encodes("U+E000, the first behind surrogates", "\ue000", "\xee\x80\x80");
  encodes("U+FFFF, the last of three bytes", "\uffff", "\xef\xbf\xbf");
  encodes("U+10000, the first of four bytes", "\ud800\udc00", "\xf0\x90\x80\x80");
  encodes("U+1F600", "\ud83d\ude00", "\xf0\x9f\x98\x80");
  encodes("U+10FFFF, the last", "\udbff\udfff", "\xf4\x8f\xbf\xbf");
  encodes("several", "Zoë, 5 € \ud83d\ude00!", "Zo\xc3\xab, 5 \xe2\x82\xac \xf0\x9f\x98\x80!");
});

describe("surrogates without their other half become U+FFFD", () => {
  encodes("a high one", "\ud800", "\xef\xbf\xbd");
  encodes("a low one", "\udc00", "\xef\xbf\xbd");
  encodes("a high one, then another character", "\udbff\xe9", "\xef\xbf\xbd\xc3\xa9");
  encodes("two high ones", "\ud800\ud800", "\xef\xbf\xbd\xef\xbf\xbd");
  encodes("two low ones", "\udc00\udfff", "\xef\xbf\xbd\xef\xbf\xbd");
  encodes("in the wrong order", "\udc00\ud800", "\xef\xbf\xbd\xef\xbf\xbd");
  encodes("a high one before a pair", "\ud800\ud83d\ude00", "\xef\xbf\xbd\xf0\x9f\x98\x80");
});

describe("every character", () => {
  it("is the same there and back", () => {
    for (let code = 0; code < 0x110000; code++) {
      if ((code & 0xfff800) == 0xd800) continue;
      const text = String.fromCodePoint(code);
      const from = changetype<usize>(text);
      const end = encodeText(from, from + ((<usize>text.length) << 1), place);
      const back = decodeText(place, <i32>(end - place));
      if (back != text) expect(back).toBe(text, `U+${code.toString(16)}`);
    }
    expect(encode("\u20ac")).toBe("\xe2\x82\xac");
  });
});

describe("ASCII at the beginning of a text", () => {
  it("is counted and copied, up to the first other character", () => {
    for (let length = 0; length < 20; length++) {
      for (let at = 0; at <= length; at++) {
        const text =
          "abcdefghijklmnopqrst".substr(0, at) + (at < length ? "\x80" : "") + "z".repeat(max(0, length - at - 1));
        const from = changetype<usize>(text);
        memory.fill(place, 0x78, SIZE);
        expect(narrowAscii(from, from + ((<usize>text.length) << 1), place)).toBe(at);
        expect(readLatin1(place, place + at)).toBe(text.substr(0, at));
      }
    }
  });
  it("ends at every unit above 0x7f", () => {
    for (let code = 0x7e; code < 0x10000; code++) {
      const text = "abcde" + String.fromCharCode(code) + "fg";
      const from = changetype<usize>(text);
      const found = narrowAscii(from, from + 16, place);
      if (found != (code < 0x80 ? 8 : 5)) expect(found).toBe(5, `${code}`);
    }
    expect(narrowAscii(place, place, place)).toBe(0);
  });
});
