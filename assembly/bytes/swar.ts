// Eight bytes at a time. A mask has bit 7 set in every byte that is looked for, exactly up to the first of them.

// @ts-ignore: decorator
@inline export const ONES: u64 = 0x0101010101010101;
// @ts-ignore: decorator
@inline export const HIGHS: u64 = 0x8080808080808080;

/** Bits up to the first byte that a mask names, itself included; 64 where it names none. By arithmetic, as `ctz` is a loop in the interpreter. */
// @ts-ignore: decorator
@inline
export function bitsTo(mask: u64): u64 {
  return (((mask - 1) & ONES) * ONES) >> 53;
}

/** Index of the first byte that a mask names. */
// @ts-ignore: decorator
@inline
export function first(mask: u64): usize {
  return <usize>(ctz(mask) >> 3);
}
