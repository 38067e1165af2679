/**
 * Whether two secrets are equal, in a time that tells nothing of where they differ.
 * That their lengths differ can be seen from outside: keep secrets at a length that everyone may know.
 */
export function secureEquals(a: string | null, b: string): bool {
  if (a === null || a.length != b.length) return false;
  return secureEqualBytes(changetype<usize>(a), changetype<usize>(b), b.length << 1);
}

/** The same for `length` bytes at `a` and at `b`. */
export function secureEqualBytes(a: usize, b: usize, length: i32): bool {
  let difference: u64 = 0;
  let i: usize = 0;
  for (; i + 8 <= <usize>length; i += 8) difference |= load<u64>(a + i) ^ load<u64>(b + i);
  for (; i < <usize>length; i++) difference |= load<u8>(a + i) ^ load<u8>(b + i);
  return !difference;
}
