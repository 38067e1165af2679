/**
 * Masks or unmasks `length` bytes at `p` in place, by words (RFC 6455 §5.3). `key` is the masking key as a little-endian word,
 * rotated so that its lowest byte is for the first of them. Up to seven bytes behind them are read, and written as they were.
 * Returns all unmasked words joined by "or": where no byte of that has its highest bit set, all of them are ASCII.
 */
// @ts-ignore: decorator
@inline
export function unmask(p: usize, length: i32, key: u32): u64 {
  const word = (<u64>key) | ((<u64>key) << 32);
  let all: u64 = 0;
  const end = p + length;
  for (const last = end - 64; p <= last; p += 64) {
    const h = load<u64>(p, 56) ^ word;
    const g = load<u64>(p, 48) ^ word;
    const f = load<u64>(p, 40) ^ word;
    const e = load<u64>(p, 32) ^ word;
    store<u64>(p, h, 56);
    store<u64>(p, g, 48);
    store<u64>(p, f, 40);
    store<u64>(p, e, 32);
    const d = load<u64>(p, 24) ^ word;
    const c = load<u64>(p, 16) ^ word;
    const b = load<u64>(p, 8) ^ word;
    const a = load<u64>(p) ^ word;
    store<u64>(p, d, 24);
    store<u64>(p, c, 16);
    store<u64>(p, b, 8);
    store<u64>(p, a);
    all |= a | b | c | d | e | f | g | h;
  }
  let left = <i32>(end - p);
  for (; left >= 8; left -= 8, p += 8) {
    const a = load<u64>(p) ^ word;
    store<u64>(p, a);
    all |= a;
  }
  if (left) {
    const these = ((<u64>1) << (left << 3)) - 1;
    const a = load<u64>(p) ^ (word & these);
    store<u64>(p, a);
    all |= a & these;
  }
  return all;
}

/** The key for what follows `length` bytes. */
// @ts-ignore: decorator
@inline
export function rotateKey(key: u32, length: i32): u32 {
  return rotr(key, length << 3);
}
