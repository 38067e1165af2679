import { ascii } from "./ascii";

// @ts-ignore: decorator
@inline const PAD: u32 = 0x3d;

/** Bytes of the base64 of `length` bytes. */
// @ts-ignore: decorator
@inline
export function base64Length(length: i32): i32 {
  return ((length + 2) / 3) << 2;
}

/** Writes `length` bytes at `from` as base64 with padding (RFC 4648 §4) to `to`; returns the address behind. */
export function encodeBase64(from: usize, length: i32, to: usize): usize {
  const digits = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") + 1;
  const end = from + length;
  for (; from < end; from += 3, to += 4) {
    const left = <i32>(end - from);
    let bits = (<u32>load<u8>(from)) << 16;
    if (left > 1) bits |= (<u32>load<u8>(from, 1)) << 8;
    if (left > 2) bits |= load<u8>(from, 2);
    store<u8>(to, load<u8>(digits + (bits >> 18)));
    store<u8>(to, load<u8>(digits + ((bits >> 12) & 63)), 1);
    store<u8>(to, left > 1 ? load<u8>(digits + ((bits >> 6) & 63)) : PAD, 2);
    store<u8>(to, left > 2 ? load<u8>(digits + (bits & 63)) : PAD, 3);
  }
  return to;
}

/**
 * Decodes `length` bytes of base64 at `from` to `to`, which may be `from`. Returns how many bytes that made, or -1 where it is
 * no base64: padding must be there and unused bits must be 0, so that each text has one form only (RFC 4648 §3.5).
 */
export function decodeBase64(from: usize, length: i32, to: usize): i32 {
  if (length & 3) return -1;
  const start = to;
  let end = from + length;
  let pads = 0;
  while (pads < 2 && from < end && load<u8>(end - 1) == PAD) {
    pads++;
    end--;
  }
  let bits: u32 = 0;
  let count = 0;
  for (; from < end; from++) {
    const value = digitOf(load<u8>(from));
    if (value < 0) return -1;
    bits = (bits << 6) | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    store<u8>(to++, bits >> count);
  }
  return bits & ((1 << count) - 1) ? -1 : <i32>(to - start);
}

/** The value of a base64 digit, -1 where it is none. */
function digitOf(code: u32): i32 {
  const letter = (code | 0x20) - 0x61;
  if (letter < 26) return letter + (code & 0x20 ? 26 : 0);
  if (code - 0x30 < 10) return code + 4;
  if (code == 0x2b) return 62;
  return code == 0x2f ? 63 : -1;
}
