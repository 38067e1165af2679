import { ascii, asciiLength, copyAscii } from "microserver/bytes/ascii";
import { readLatin1 } from "../latin1";

const place: usize = heap.alloc(64);

function text(p: usize): string {
  return readLatin1(p + 1, p + 1 + asciiLength(p));
}

describe("ascii", () => {
  it("is the address of a length and its bytes", () => {
    const p = ascii("abc");
    expect(load<u8>(p)).toBe(3);
    expect(asciiLength(p)).toBe(3);
    expect(text(p)).toBe("abc");
  });
  it("may be empty", () => {
    expect(asciiLength(ascii(""))).toBe(0);
  });
  it("may have any character of a literal, as UTF-8", () => {
    expect(text(ascii('"\\\r\n\0é€'))).toBe('"\\\r\n\0\xc3\xa9\xe2\x82\xac');
  });
  it("is one for equal texts", () => {
    expect(ascii("the same")).toBe(ascii("the same"));
    expect(ascii("the same")).not.toBe(ascii("another"));
  });
  it("is copied without its length", () => {
    memory.fill(place, 0x78, 64);
    expect(copyAscii(place, ascii("abc"))).toBe(place + 3);
    expect(readLatin1(place, place + 5)).toBe("abcxx");
  });
});
