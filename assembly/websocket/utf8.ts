import { first, HIGHS } from "../bytes/swar";

/** The state of a text that is no UTF-8. */
// @ts-ignore: decorator
@inline export const NOT_UTF8: i32 = -1;

/**
 * Checks the next bytes [from, end) of a text, which may be cut anywhere, strictly: no overlong forms, surrogates or values
 * over U+10FFFF (RFC 3629 §4). Seven bytes behind `end` can be read.
 *
 * `state` is what the last call returned, 0 at the text's beginning. Returns 0 where the text may end, the bytes of the
 * character that is open with their count above them, or NOT_UTF8 as soon as no text begins with these bytes.
 */
export function checkUtf8(state: i32, from: usize, end: usize): i32 {
  if (from == end) return state;
  let p = from;
  let word = load<u64>(p);
  if (state) {
    const open = state >> 24;
    word = (word << (open << 3)) | (state & 0xffffff);
    p -= open;
  }
  while (true) {
    const highs = word & HIGHS;
    if (highs & 0x80) {
      const left = <i32>(end - p);
      let bytes = <u32>word;
      if (left < 4) {
        if (left == 1) return (bytes & 0xff) - 0xc2 < 0x33 ? (bytes & 0xff) | 0x1000000 : NOT_UTF8;
        // What is to come is taken to go on.
        const unknown = 0xffffffff << (left << 3);
        bytes = (bytes & ~unknown) | (0x80808080 & unknown);
      }
      const size = sizeOf(bytes);
      if (!size) return NOT_UTF8;
      if (size > left) return (bytes & (0xffffff >> ((3 - left) << 3))) | (left << 24);
      p += size;
    } else if (highs) p += first(highs);
    else {
      p += 8;
      while (p + 32 <= end && !((load<u64>(p) | load<u64>(p, 8) | load<u64>(p, 16) | load<u64>(p, 24)) & HIGHS))
        p += 32;
    }
    if (p >= end) return 0;
    word = load<u64>(p);
  }
}

/** Bytes of the character outside ASCII that `bytes` begin with, the first lowest; 0 where they begin none. */
// @ts-ignore: decorator
@inline
function sizeOf(bytes: u32): i32 {
  if ((bytes & 0xc0e0) == 0x80c0) return bytes & 0x1e ? 2 : 0;
  if ((bytes & 0xc0c0f0) == 0x8080e0) {
    const high = bytes & 0x200f;
    return high != 0 && high != 0x200d ? 3 : 0;
  }
  if ((bytes & 0xc0c0c0f8) != 0x808080f0) return 0;
  const high = bytes & 0x3007;
  return high != 0 && (high & 7) < <u32>(high & 0x3000 ? 4 : 5) ? 4 : 0;
}
