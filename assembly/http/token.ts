import { first } from "../bytes/swar";
import { nonNames } from "./swar";

// Sets of ASCII characters: a bit each, of codes 0–63 and 64–127.
// @ts-ignore: decorator
@inline const TOKEN_LOW: u64 = 0x03ff6cfa00000000;
// @ts-ignore: decorator
@inline const TOKEN_HIGH: u64 = 0x57ffffffc7fffffe;
// @ts-ignore: decorator
@inline const HOST_LOW: u64 = 0x2fff6ff200000000;
// @ts-ignore: decorator
@inline const HOST_HIGH: u64 = 0x47fffffe87fffffe;

// @ts-ignore: decorator
@inline
function isIn(code: u32, low: u64, high: u64): bool {
  return code < 128 && (((code < 64 ? low : high) >> (code & 63)) & 1) != 0;
}

/** Whether `code` is a token character (RFC 9110 §5.6.2). */
export function isTokenCharacter(code: u32): bool {
  return isIn(code, TOKEN_LOW, TOKEN_HIGH);
}

/** Behind the token characters of [p, end); eight bytes behind `end` can be read. */
export function behindToken(p: usize, end: usize): usize {
  while (p < end) {
    const stops = nonNames(load<u64>(p));
    if (!stops) {
      p += 8;
      continue;
    }
    p += first(stops);
    if (p < end && !isTokenCharacter(load<u8>(p))) return p;
    p++;
  }
  return end;
}

/** Whether `code` is a character of a registered name, port or percent-encoding (RFC 3986 §3.2.2). */
export function isHostCharacter(code: u32): bool {
  return isIn(code, HOST_LOW, HOST_HIGH);
}

/** Whether the bytes at `from` are `name`, an `ascii` text in lower case, compared without regard to case. */
export function equalsIgnoreCase(from: usize, length: i32, name: usize): bool {
  if (length != load<u8>(name)) return false;
  for (let i = 0; i < length; i++) {
    const code = <u32>load<u8>(from + i);
    const lower = code - 0x41 < 26 ? code | 0x20 : code;
    if (lower != load<u8>(name + 1 + i)) return false;
  }
  return true;
}
