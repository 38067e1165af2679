import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";

// @ts-ignore: decorator
@inline const SLASH: u32 = 0x2f;
// @ts-ignore: decorator
@inline const PERCENT: u32 = 0x25;

/**
 * Decodes percent-encoding (RFC 3986 §2.1) of a path from [from, end) to `to`, which may be the same place.
 * "%2F" and "%25" stay as they are: a slash so encoded separates no segments, and nothing is decoded twice.
 * Returns the length, or -1 where an encoding is malformed or means NUL.
 */
export function decodePath(from: usize, end: usize, to: usize): i32 {
  const first = to;
  while (from < end) {
    let code = <u32>load<u8>(from++);
    if (code == PERCENT) {
      const value = from + 2 <= end ? hexByte(from) : -1;
      if (value <= 0) return -1;
      if (value != SLASH && value != PERCENT) {
        code = value;
        from += 2;
      }
    }
    store<u8>(to++, code);
  }
  return <i32>(to - first);
}

/**
 * Decodes one segment or value from [from, end) to `to`: what `decodePath` left, or with `plus` a query's key or value,
 * where "+" is a space. What is no encoding stays as it is. Returns the length.
 */
export function decodeComponent(from: usize, end: usize, to: usize, plus: bool): i32 {
  const first = to;
  while (from < end) {
    let code = <u32>load<u8>(from++);
    if (code == PERCENT && from + 2 <= end) {
      const value = hexByte(from);
      if (value >= 0) {
        code = value;
        from += 2;
      }
    } else if (plus && code == 0x2b) code = 0x20;
    store<u8>(to++, code);
  }
  return <i32>(to - first);
}

/** The same as a String. */
export function componentText(from: usize, end: usize, plus: bool): string {
  const bytes = takeScratch(<i32>(end - from));
  const text = decodeText(bytes, decodeComponent(from, end, bytes, plus));
  freeScratch(bytes);
  return text;
}

/** The value of two hexadecimal digits at `p`, -1 where they are none. */
function hexByte(p: usize): i32 {
  const high = hexDigit(load<u8>(p));
  const low = hexDigit(load<u8>(p + 1));
  return (high | low) < 0 ? -1 : (high << 4) | low;
}

/** The value of a hexadecimal digit, -1 where it is none. */
export function hexDigit(code: u32): i32 {
  if (code - 0x30 < 10) return code - 0x30;
  const letter = (code | 0x20) - 0x61;
  return letter < 6 ? letter + 10 : -1;
}
