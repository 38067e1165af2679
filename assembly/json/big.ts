/** Unsigned integers of a fixed number of 32-bit limbs, lowest first, for the conversions that 64 bits cannot hold. */

/** Room for one number: the widest that the range of f64 needs, 1,203 bits, and some slack. */
// @ts-ignore: decorator
@inline export const BIG_SIZE: i32 = 160;

/** Bytes in use of each number. */
let used: usize = 0;

/** Sets the width of all numbers of a calculation; its results stay below 2^`bits`, and `bits` below 1,280. */
export function useBits(bits: i32): void {
  used = (<usize>((bits + 31) >> 5)) << 2;
}

/** `big = value << shift`. */
export function bigSet(big: usize, value: u64, shift: i32): void {
  memory.fill(big, 0, BIG_SIZE);
  const at = big + ((<usize>(shift >> 5)) << 2);
  const rest = shift & 31;
  const low = (value & 0xffffffff) << rest;
  const high = ((value >> 32) << rest) + (low >> 32);
  store<u32>(at, low);
  store<u64>(at + 4, high);
}

/** `to = from`. */
export function bigCopy(to: usize, from: usize): void {
  memory.copy(to, from, used);
}

/** `big *= factor`. */
export function bigMultiply(big: usize, factor: u32): void {
  const end = big + used;
  let carry: u64 = 0;
  for (let at = big; at < end; at += 4) {
    carry += <u64>load<u32>(at) * factor;
    store<u32>(at, carry);
    carry >>= 32;
  }
}

/** `big *= 10 ** exponent`, for an exponent of 0 or more. */
export function bigScale(big: usize, exponent: i32): void {
  for (; exponent >= 9; exponent -= 9) bigMultiply(big, 1_000_000_000);
  let factor: u32 = 1;
  for (; exponent > 0; exponent--) factor *= 10;
  bigMultiply(big, factor);
}

/** Less than, equal to or greater than 0, as `a` is to `b`. */
export function bigCompare(a: usize, b: usize): i32 {
  for (let at = used; at > 0;) {
    at -= 4;
    const left = load<u32>(a + at);
    const right = load<u32>(b + at);
    if (left != right) return left < right ? -1 : 1;
  }
  return 0;
}

/** `a -= b`, for a `b` of at most `a`. */
export function bigSubtract(a: usize, b: usize): void {
  let borrow: i64 = 0;
  for (let at: usize = 0; at < used; at += 4) {
    borrow += <i64>load<u32>(a + at) - <i64>load<u32>(b + at);
    store<u32>(a + at, borrow);
    borrow >>= 32;
  }
}
