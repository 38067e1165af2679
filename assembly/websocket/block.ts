import { tryAlloc } from "../server/memory";
import { MAX_HEADER } from "./write";

// Bytes that a connection keeps outside of the collector's heap:
//
//     ╒═ u32 ══╤═ u32 ════╤══ 12 bytes ══════════════╤═ capacity ═╤═ 8 bytes ═══════╕
//     │ length │ capacity │ room for a frame's header │ bytes      │ read by words   │
//     └────────┴──────────┴───────────────────────────┴────────────┴─────────────────┘

// @ts-ignore: decorator
@inline const HEAD: i32 = 8 + ((MAX_HEADER + 3) & ~3);
// @ts-ignore: decorator
@inline const PAD: i32 = 8;

/** A block with room for `capacity` bytes, 0 where there is no memory for it. */
export function newBlock(capacity: i32): usize {
  const block = tryAlloc(HEAD + capacity + PAD);
  if (!block) return 0;
  store<u32>(block, 0);
  store<u32>(block, capacity, 4);
  return block;
}

/** The bytes, with room for a frame's header before them. */
// @ts-ignore: decorator
@inline
export function bytesOf(block: usize): usize {
  return block + HEAD;
}

// @ts-ignore: decorator
@inline
export function lengthOf(block: usize): i32 {
  return load<i32>(block);
}

/**
 * Appends bytes of a message that is at most `limit` bytes long. Returns the block, which may be a new one, or 0 where there
 * is no memory; the one that was there stays as it was then.
 */
export function append(block: usize, from: usize, length: i32, limit: i32): usize {
  const known = block ? lengthOf(block) : 0;
  const needed = known + length;
  let to = block;
  if (!block || needed > load<i32>(block, 4)) {
    to = newBlock(min(limit, max(needed << 1, FIRST_SIZE)));
    if (!to) return 0;
    if (block) {
      memory.copy(bytesOf(to), bytesOf(block), known);
      heap.free(block);
    }
  }
  memory.copy(bytesOf(to) + known, from, length);
  store<i32>(to, needed);
  return to;
}

/** What a message gets at first, so far as it is that long. */
// @ts-ignore: decorator
@inline const FIRST_SIZE: i32 = 2048;
