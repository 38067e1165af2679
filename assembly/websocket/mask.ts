/**
 * Masks or unmasks `length` bytes at `p` in place, by words (RFC 6455 §5.3). `key` is the masking key as a little-endian word,
 * rotated so that its lowest byte is for the first of them. Up to seven bytes behind them are read, and written as they were.
 */
export function unmask(p: usize, length: i32, key: u32): void {
  const word = (<u64>key) | ((<u64>key) << 32);
  let left = length;
  for (; left >= 32; left -= 32, p += 32) {
    store<u64>(p, load<u64>(p) ^ word);
    store<u64>(p, load<u64>(p, 8) ^ word, 8);
    store<u64>(p, load<u64>(p, 16) ^ word, 16);
    store<u64>(p, load<u64>(p, 24) ^ word, 24);
  }
  for (; left >= 8; left -= 8, p += 8) store<u64>(p, load<u64>(p) ^ word);
  if (left) store<u64>(p, load<u64>(p) ^ (word & (((<u64>1) << (left << 3)) - 1)));
}

/** The key for what follows `length` bytes. */
// @ts-ignore: decorator
@inline
export function rotateKey(key: u32, length: i32): u32 {
  return rotr(key, length << 3);
}
