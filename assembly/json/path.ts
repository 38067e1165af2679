import { Output } from "../bytes/output";

/** Levels that a path can have. */
// @ts-ignore: decorator
@inline const LEVELS: i32 = 16;
/** Keys are shown up to this length in bytes. */
// @ts-ignore: decorator
@inline const SHOWN: u32 = 32;

/**
 * Appends the path to the byte at `fault` of the JSON text from `start`, like `readings[2].name`; false for the outermost
 * value. The text before `fault` must be well formed. It is found by going over the text again: only a fault costs it.
 */
export function writePath(out: Output, start: usize, fault: usize): bool {
  // For each level, the address of its key and the key's length; 0 and the index in an array.
  const keys = new StaticArray<usize>(LEVELS + 1);
  const numbers = new StaticArray<u32>(LEVELS + 1);
  let arrays: u32 = 0;
  let depth = 0;
  for (let at = start; at < fault;) {
    const byte = <u32>load<u8>(at++);
    const inArray = (arrays >> depth) & 1;
    if (byte == 0x22) {
      const from = at;
      while (at < fault && load<u8>(at) != 0x22) at += load<u8>(at) == 0x5c ? 2 : 1;
      if (at < fault && !inArray && !keys[depth]) {
        keys[depth] = from;
        numbers[depth] = <u32>(at - from);
      }
      at++;
    } else if (byte == 0x5b || byte == 0x7b) {
      depth++;
      keys[depth] = 0;
      numbers[depth] = 0;
      arrays = byte == 0x5b ? arrays | (1 << depth) : arrays & ~(1 << depth);
    } else if (byte == 0x5d || byte == 0x7d) {
      depth--;
    } else if (byte == 0x2c) {
      if (inArray) numbers[depth]++;
      else keys[depth] = 0;
    }
  }
  const before = out.length;
  for (let level = 1; level <= depth; level++) {
    if ((arrays >> level) & 1) {
      out.byte(0x5b);
      out.int(numbers[level]);
      out.byte(0x5d);
    } else if (keys[level]) {
      if (out.length > before) out.byte(0x2e);
      writeKey(out, keys[level], numbers[level]);
    }
  }
  return out.length > before;
}

/** Appends the beginning of a key, cut between characters. */
function writeKey(out: Output, key: usize, length: u32): void {
  let shown = min(length, SHOWN);
  if (shown < length) while (shown > 0 && (load<u8>(key + shown) & 0xc0) == 0x80) shown--;
  out.bytes(key, shown);
}
