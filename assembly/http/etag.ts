import { behindBlanks } from "./blanks";

// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
// @ts-ignore: decorator
@inline const HYPHEN: u32 = 0x2d;
/** `W/` */
// @ts-ignore: decorator
@inline const WEAK: u32 = 0x2f57;
/** `-gz"` */
// @ts-ignore: decorator
@inline const GZIP_END: u32 = 0x227a672d;

/** The most bytes that `writeEtag` writes. */
// @ts-ignore: decorator
@inline export const ETAG_SIZE: i32 = 22;

/**
 * Writes a file's entity tag at `to`, such as `"1f4-65a0b3c2"`: its size in bytes and the time it was modified (s since
 * 1970-01-01), in hexadecimal; with "-gz" behind them for the gzip form of a file. Returns the address behind it, `to`
 * itself where the time is 0, not known: size alone does not tell two versions from each other.
 *
 * It is a strong one (RFC 9110 §8.8.1), as If-Range needs, and as other servers send. Two versions of the same size written
 * within one second have the same tag.
 */
export function writeEtag(to: usize, size: u32, modified: u32, isGzip: bool): usize {
  if (!modified) return to;
  store<u8>(to++, QUOTE);
  to = writeHex(to, size);
  store<u8>(to++, HYPHEN);
  to = writeHex(to, modified);
  if (isGzip) {
    store<u32>(to, GZIP_END);
    return to + 4;
  }
  store<u8>(to, QUOTE);
  return to + 1;
}

/**
 * Whether the list [from, end) of If-Match or If-None-Match has the entity tag of `length` bytes at `etag`, or is "*"
 * (RFC 9110 §13.1.1, §13.1.2). The strong comparison takes no weak tag for equal (§8.8.3.2). A list ends where it is malformed.
 */
export function matchesEtag(from: usize, end: usize, etag: usize, length: i32, strong: bool): bool {
  let p = behindBlanks(from, end);
  if (p < end && load<u8>(p) == 0x2a) return behindBlanks(p + 1, end) == end;
  while (p < end) {
    if (load<u8>(p) == COMMA) {
      p = behindBlanks(p + 1, end);
      continue;
    }
    const tag = p;
    p = behindEtag(p, end);
    if (!p) return false;
    if (isSameEtag(tag, p, etag, length, strong)) return true;
    p = behindBlanks(p, end);
    if (p < end && load<u8>(p) != COMMA) return false;
  }
  return false;
}

/** Whether [tag, end) is the entity tag of `length` bytes at `etag`; a length of 0 is that of none. */
export function isSameEtag(tag: usize, end: usize, etag: usize, length: i32, strong: bool): bool {
  let other = etag;
  const otherEnd = etag + length;
  if (isWeak(tag, end)) {
    if (strong) return false;
    tag += 2;
  }
  if (isWeak(other, otherEnd)) {
    if (strong) return false;
    other += 2;
  }
  const size = end - tag;
  return size != 0 && size == otherEnd - other && memory.compare(tag, other, size) == 0;
}

/** Behind the entity tag at `p` (RFC 9110 §8.8.3); 0 where there is none. */
function behindEtag(p: usize, end: usize): usize {
  if (isWeak(p, end)) p += 2;
  if (p >= end || load<u8>(p) != QUOTE) return 0;
  for (p++; p < end; p++) {
    const code = <u32>load<u8>(p);
    if (code == QUOTE) return p + 1;
    if (code <= 0x20 || code == 0x7f) return 0;
  }
  return 0;
}

function isWeak(p: usize, end: usize): bool {
  return p + 2 <= end && load<u16>(p) == WEAK;
}

function writeHex(to: usize, value: u32): usize {
  const end = to + <usize>((35 - clz(value | 1)) >> 2);
  for (let p = end; p > to; value >>= 4) {
    const digit = value & 15;
    store<u8>(--p, digit + (digit < 10 ? 0x30 : 0x57));
  }
  return end;
}
