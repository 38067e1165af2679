import { decodeText } from "microserver/bytes/text";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const SIZE = 256;
const place: usize = heap.alloc(SIZE);

/** Decodes bytes that continuation bytes follow, which must not be read. */
function decode(bytes: string): string {
  memory.fill(place, 0xbf, SIZE);
  writeLatin1(place, bytes);
  return decodeText(place, bytes.length);
}

class DecodeRow extends Row {
  constructor(
    private bytes: string,
    private text: string,
  ) {
    super();
  }

  /** Alone, and at every place among others: four ASCII bytes are taken at a time. */
  check(): void {
    expect(decode(this.bytes)).toBe(this.text);
    for (let before = 0; before < 9; before++) {
      for (let behind = 0; behind < 9; behind++) {
        const left = "abcdefgh".substr(0, before);
        const right = "ABCDEFGH".substr(0, behind);
        expect(decode(left + this.bytes + right)).toBe(left + this.text + right, `${before} before, ${behind} behind`);
      }
    }
  }
}

function decodes(name: string, bytes: string, text: string): void {
  testRow(name, new DecodeRow(bytes, text));
}

describe("UTF-8 to text", () => {
  decodes("nothing", "", "");
  decodes("ASCII", "plain\0\x01\x7f", "plain\0\x01\x7f");
  decodes("U+0080, the first of two bytes", "\xc2\x80", "\x80");
  decodes("U+00EB", "Zo\xc3\xab", "Zoë");
  decodes("U+07FF, the last of two bytes", "\xdf\xbf", "\u07ff");
  decodes("U+0800, the first of three bytes", "\xe0\xa0\x80", "\u0800");
  decodes("U+20AC", "\xe2\x82\xac", "€");
  decodes("U+D7FF, the last before surrogates", "\xed\x9f\xbf", "\ud7ff");
  decodes("U+E000, the first behind surrogates", "\xee\x80\x80", "\ue000");
  decodes("U+FEFF, which is no mark here", "\xef\xbb\xbfa", "\ufeffa");
  decodes("U+FFFF, the last of three bytes", "\xef\xbf\xbf", "\uffff");
  decodes("U+10000, the first of four bytes", "\xf0\x90\x80\x80", "\ud800\udc00");
  decodes("U+1F600", "\xf0\x9f\x98\x80", "\ud83d\ude00");
  decodes("U+10FFFF, the last", "\xf4\x8f\xbf\xbf", "\udbff\udfff");
});

describe("what is no UTF-8: one U+FFFD for each longest beginning of a character", () => {
  decodes("a continuation byte", "\x80", "\ufffd");
  decodes("two continuation bytes", "\xbf\x80", "\ufffd\ufffd");
  decodes("two bytes for ASCII", "\xc0\xaf", "\ufffd\ufffd");
  decodes("two bytes for ASCII, the last", "\xc1\xbf", "\ufffd\ufffd");
  decodes("three bytes for two", "\xe0\x9f\xbf", "\ufffd\ufffd\ufffd");
  decodes("four bytes for three", "\xf0\x8f\xbf\xbf", "\ufffd\ufffd\ufffd\ufffd");
  decodes("a high surrogate", "\xed\xa0\x80", "\ufffd\ufffd\ufffd");
  decodes("a low surrogate", "\xed\xbf\xbf", "\ufffd\ufffd\ufffd");
  decodes("a pair of surrogates", "\xed\xa0\xbd\xed\xb8\x80", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd");
  decodes("above U+10FFFF", "\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd");
  decodes("a lead byte of more than U+10FFFF", "\xf5\x80\x80\x80", "\ufffd\ufffd\ufffd\ufffd");
  decodes("a lead byte of five bytes", "\xf8\x88\x80\x80\x80", "\ufffd\ufffd\ufffd\ufffd\ufffd");
  decodes("bytes that never occur", "\xfe\xff", "\ufffd\ufffd");
  decodes("one of two bytes", "\xc3", "\ufffd");
  decodes("one of three bytes", "\xe2", "\ufffd");
  decodes("two of three bytes", "\xe2\x82", "\ufffd");
  decodes("one of four bytes", "\xf0", "\ufffd");
  decodes("two of four bytes", "\xf0\x9f", "\ufffd");
  decodes("three of four bytes", "\xf0\x9f\x98", "\ufffd");
  decodes("a lead byte, then ASCII", "\xc3(", "\ufffd(");
  decodes("two of three bytes, then ASCII", "\xe2\x82(", "\ufffd(");
  decodes("three of four bytes, then ASCII", "\xf0\x9f\x98(", "\ufffd(");
  decodes("a lead byte, then a character", "\xe2\xc3\xab", "\ufffd\xeb");
  decodes("two of three bytes, then a character", "\xe2\x82\xe2\x82\xac", "\ufffd€");
  decodes("a character, then a continuation byte", "\xc3\xab\xab", "\xeb\ufffd");
});

/** The encoding standard's decoder, a byte at a time. */
function decodePlainly(bytes: string): string {
  let text = "";
  let code = 0;
  let needed = 0;
  let lower = 0x80;
  let upper = 0xbf;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    if (needed) {
      if (byte < lower || byte > upper) {
        text += "\ufffd";
        needed = 0;
        lower = 0x80;
        upper = 0xbf;
        i--;
        continue;
      }
      lower = 0x80;
      upper = 0xbf;
      code = (code << 6) | (byte & 0x3f);
      if (--needed == 0) text += String.fromCodePoint(code);
    } else if (byte < 0x80) text += String.fromCharCode(byte);
    else if (byte >= 0xc2 && byte <= 0xdf) {
      needed = 1;
      code = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte == 0xe0) lower = 0xa0;
      if (byte == 0xed) upper = 0x9f;
      needed = 2;
      code = byte & 0xf;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte == 0xf0) lower = 0x90;
      if (byte == 0xf4) upper = 0x8f;
      needed = 3;
      code = byte & 0x7;
    } else text += "\ufffd";
  }
  return needed ? text + "\ufffd" : text;
}

/** Bytes on both sides of every border. */
const BORDERS = "\0A\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1\xf3\xf4\xf5\xff";

function compare(bytes: string): void {
  const found = decode(bytes);
  const expected = decodePlainly(bytes);
  if (found != expected) expect(found).toBe(expected, bytes);
}

describe("any bytes, against a decoder that takes one at a time", () => {
  it("every two bytes", () => {
    for (let i = 0; i < 65536; i++) compare(String.fromCharCode(i >> 8) + String.fromCharCode(i & 0xff));
    expect(decode("\xc3\xab")).toBe(decodePlainly("\xc3\xab"));
  });
  it("every four bytes on both sides of every border", () => {
    const n = BORDERS.length;
    for (let i = 0; i < n * n * n * n; i++) {
      compare(
        BORDERS.charAt(i % n) +
          BORDERS.charAt((i / n) % n) +
          BORDERS.charAt((i / n / n) % n) +
          BORDERS.charAt(i / n / n / n),
      );
    }
    expect(n).toBe(25);
  });
  it("leaves the bytes as they are", () => {
    decode("a\xff\xe2\x82");
    expect(readLatin1(place, place + 4)).toBe("a\xff\xe2\x82");
  });
  it("gives nothing for no or a negative length", () => {
    expect(decodeText(place, 0)).toBe("");
    expect(decodeText(place, -1)).toBe("");
  });
});
