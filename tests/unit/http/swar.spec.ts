import { first } from "microserver/bytes/swar";
import { controls, nonNames, pathStops } from "microserver/http/swar";

/** The masks, each with the loop over bytes that it stands for. */
enum Mask {
  CONTROLS,
  PATH_STOPS,
  NON_NAMES,
}

function maskOf(kind: Mask, word: u64): u64 {
  switch (kind) {
    case Mask.CONTROLS:
      return controls(word);
    case Mask.PATH_STOPS:
      return pathStops(word);
    default:
      return nonNames(word);
  }
}

function isNamed(kind: Mask, code: u32): bool {
  switch (kind) {
    case Mask.CONTROLS:
      return code < 0x20 || code == 0x7f || code == 0xff;
    case Mask.PATH_STOPS:
      return code <= 0x26 || code == 0x3f || code >= 0x7f;
    default:
      return !((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code == 0x2d);
  }
}

/** Index of the first byte that is named, 8 where none is. */
function firstByLoop(kind: Mask, word: u64): i32 {
  for (let i = 0; i < 8; i++) if (isNamed(kind, <u32>((word >> (i << 3)) & 0xff))) return i;
  return 8;
}

function firstByMask(kind: Mask, word: u64): i32 {
  const mask = maskOf(kind, word);
  return mask ? <i32>first(mask) : 8;
}

/** Puts every value at every place of a word, before each byte of `others`, and behind bytes that are not named. */
function everyByte(kind: Mask): void {
  const plain: u64 = 0x7a2d416d7a2d4161; // aA-zmA-z
  for (let value: u64 = 0; value < 256; value++) {
    for (let at = 0; at < 8; at++) {
      const shift = (<u64>at) << 3;
      const below = ((<u64>1) << shift) - 1;
      const above = ~below & ~((<u64>0xff) << shift);
      for (let i = 0; i < 256; i++) {
        const word = (plain & below) | (value << shift) | ((<u64>i * 0x0101010101010101) & above);
        if (firstByMask(kind, word) != firstByLoop(kind, word)) {
          expect(firstByMask(kind, word)).toBe(firstByLoop(kind, word), `value ${value} at ${at}, ${i} behind it`);
        }
      }
    }
  }
  expect(firstByMask(kind, plain)).toBe(8);
}

function manyWords(kind: Mask): void {
  let word: u64 = 0x9e3779b97f4a7c15;
  for (let i = 0; i < 100000; i++) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    // Half of all words in ASCII: others rarely have more than a byte that is not named.
    const tried = i & 1 ? word : (word & 0x3f3f3f3f3f3f3f3f) + 0x4040404040404040;
    if (firstByMask(kind, tried) != firstByLoop(kind, tried)) {
      expect(firstByMask(kind, tried)).toBe(firstByLoop(kind, tried), `word ${tried}`);
    }
  }
  expect(word).not.toBe(0);
}

describe("masks over eight bytes, against a loop: every value at every place", () => {
  it("control characters", () => everyByte(Mask.CONTROLS));
  it("what stops a path", () => everyByte(Mask.PATH_STOPS));
  it("what stops a name", () => everyByte(Mask.NON_NAMES));
});

describe("masks over eight bytes, against a loop: 100,000 words", () => {
  it("control characters", () => manyWords(Mask.CONTROLS));
  it("what stops a path", () => manyWords(Mask.PATH_STOPS));
  it("what stops a name", () => manyWords(Mask.NON_NAMES));
});
