import { checkUtf8 } from "microserver/websocket/utf8";

/** Checks a text of `length` bytes; returns how often it was UTF-8. */
export function checkByWords(base: usize, length: i32, rounds: i32): i32 {
  store<u64>(base + length, 0);
  let valid = 0;
  for (let n = 0; n < rounds; n++) valid += i32(checkUtf8(0, base, base + length) == 0);
  return valid;
}

/** The same, byte by byte. */
export function checkByBytes(base: usize, length: i32, rounds: i32): i32 {
  let valid = 0;
  for (let n = 0; n < rounds; n++) valid += i32(isUtf8(base, base + length));
  return valid;
}

/** Follows the table of well-formed sequences (Unicode, table 3-7). */
function isUtf8(p: usize, end: usize): bool {
  while (p < end) {
    const first = <u32>load<u8>(p++);
    if (first < 0x80) continue;
    if (first < 0xc2 || first > 0xf4) return false;
    let more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let least: u32 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    let most: u32 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    for (; more; more--) {
      if (p == end) return false;
      const next = <u32>load<u8>(p++);
      if (next < least || next > most) return false;
      least = 0x80;
      most = 0xbf;
    }
  }
  return true;
}
