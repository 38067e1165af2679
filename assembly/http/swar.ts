// Masks (bytes/swar.ts) of the characters that HTTP's parts end with.

import { HIGHS, ONES } from "../bytes/swar";

// @ts-ignore: decorator
@inline const LOWS: u64 = 0x7f7f7f7f7f7f7f7f;
// @ts-ignore: decorator
@inline const SPACES: u64 = 0x2020202020202020;

/** Bytes below `limit` (times ONES), which is at most 0x80. */
// @ts-ignore: decorator
@inline
function below(word: u64, limit: u64): u64 {
  return (word - limit * ONES) & ~word;
}

/** Bytes equal to `byte`. */
// @ts-ignore: decorator
@inline
function equal(word: u64, byte: u64): u64 {
  const difference = word ^ (byte * ONES);
  return (difference - ONES) & ~difference;
}

/** Control characters, below 0x20 or 0x7f; and 0xff. */
// @ts-ignore: decorator
@inline
export function controls(word: u64): u64 {
  const low = word & LOWS;
  return (~((low + 0x60 * ONES) | word) | (low + ONES)) & HIGHS;
}

/** What ends a run of plain path characters: all up to "&", "?", 0x7f and above. */
// @ts-ignore: decorator
@inline
export function pathStops(word: u64): u64 {
  return (below(word, 0x27) | word | equal(word, 0x3f) | equal(word, 0x7f)) & HIGHS;
}

/** Bytes equal to `byte`, which is at most 0x7f. */
// @ts-ignore: decorator
@inline
export function bytesEqual(word: u64, byte: u64): u64 {
  return equal(word, byte) & HIGHS;
}

/** What ends a run of plain characters of a file path: "/", "%", "\\", control characters, 0x7f and 0xff. */
// @ts-ignore: decorator
@inline
export function segmentStops(word: u64): u64 {
  return ((equal(word, 0x2f) | equal(word, 0x25) | equal(word, 0x5c)) & HIGHS) | controls(word);
}

/** Whatever is neither a letter nor "-". */
// @ts-ignore: decorator
@inline
export function nonNames(word: u64): u64 {
  const low = word & LOWS;
  const lower = low | SPACES;
  const letters = (lower + 0x1f * ONES) & ~(lower + 0x05 * ONES);
  const hyphens = ~((low ^ (0x2d * ONES)) + LOWS);
  return (~(letters | hyphens) | word) & HIGHS;
}
