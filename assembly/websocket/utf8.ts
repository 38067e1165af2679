// @ts-ignore: decorator
@inline const HIGHS: u64 = 0x8080808080808080;

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
    if (!(highs & 0x80)) p += <usize>(ctz(highs) >> 3);
    else {
      const lead = (<u32>word) & 0xff;
      const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      const known = min(length, <i32>(end - p));
      const bytes = (<u32>word) & (0xffffffff >> (32 - (known << 3)));
      if (lead - 0xc2 > 0x32 || (bytes & 0xc0c0c000) != (0x80808000 & (0xffffffff >> (32 - (known << 3)))))
        return NOT_UTF8;
      if (known > 1 && length > 2 && !isShortest(bytes, length)) return NOT_UTF8;
      if (known < length) return bytes | (known << 24);
      p += length;
    }
    while (p + 32 <= end && !((load<u64>(p) | load<u64>(p, 8) | load<u64>(p, 16) | load<u64>(p, 24)) & HIGHS)) p += 32;
    if (p >= end) return 0;
    word = load<u64>(p);
  }
}

/** Whether a sequence of three or four bytes is the shortest of its character, and that is one: its first two bytes tell. */
// @ts-ignore: decorator
@inline
function isShortest(bytes: u32, length: i32): bool {
  if (length == 3) {
    const bits = bytes & 0x200f;
    return bits != 0 && bits != 0x200d;
  }
  return (bytes & 0x3007) != 0 && ((bytes & 7) != 4 || !(bytes & 0x3000));
}
