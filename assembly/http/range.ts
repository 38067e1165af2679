import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { equalsIgnoreCase } from "./token";

// @ts-ignore: decorator
@inline const HYPHEN: u32 = 0x2d;
// @ts-ignore: decorator
@inline const UNIT_LENGTH: i32 = 6;

/** The part that the last range which could be satisfied asked for. */
export namespace part {
  /** Offset of its first byte. */
  export let first: u32 = 0;
  /** Its length in bytes, not 0. */
  export let length: u32 = 0;
}

/**
 * Reads the Range field value [from, end) for a file of `size` bytes (RFC 9110 §14.1.2, §14.2). Returns 206 and sets `part`, or
 * 416 where the range begins behind the file's end, or 200 where the field is ignored: another unit, several ranges, a
 * malformed one, or the end of an empty file, which no Content-Range can name.
 */
export function readRange(from: usize, end: usize, size: u32): i32 {
  if (end < from + UNIT_LENGTH || !equalsIgnoreCase(from, UNIT_LENGTH, ascii("bytes="))) return 200;
  let p = from + UNIT_LENGTH;
  const hasFirst = p < end && load<u8>(p) != HYPHEN;
  let first: u64 = 0;
  if (hasFirst) {
    p = readNumber(p, end);
    if (!p || p >= end || load<u8>(p) != HYPHEN) return 200;
    first = number;
  }
  p++;
  let last: u64 = u64.MAX_VALUE;
  const hasLast = p < end;
  if (hasLast) {
    p = readNumber(p, end);
    if (p != end) return 200;
    last = number;
  }

  if (!hasFirst) {
    if (!hasLast) return 200;
    if (!last) return 416;
    if (!size) return 200;
    part.length = <u32>min<u64>(last, size);
    part.first = size - part.length;
    return 206;
  }
  if (last < first) return 200;
  if (first >= size) return 416;
  part.first = <u32>first;
  part.length = <u32>(min<u64>(last, size - 1) - first) + 1;
  return 206;
}

/** Appends the value of Content-Range (RFC 9110 §14.4) for an answer of `status` about a file of `size` bytes: 206 or 416. */
export function appendContentRange(out: Output, status: i32, size: u32): void {
  out.ascii(ascii("bytes "));
  if (status == 206) {
    out.int(part.first);
    out.byte(HYPHEN);
    out.int(<u64>part.first + part.length - 1);
  } else out.byte(0x2a);
  out.byte(0x2f);
  out.int(size);
}

/** What `readNumber` read; a number that no file's size comes near stands for all above. */
let number: u64 = 0;

/** Reads decimal digits at `p`; returns the address behind them, 0 where there are none. */
function readNumber(p: usize, end: usize): usize {
  const from = p;
  number = 0;
  for (; p < end; p++) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit > 9) break;
    number = min<u64>(number * 10 + digit, u64.MAX_VALUE >> 8);
  }
  return p == from ? 0 : p;
}
