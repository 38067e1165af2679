import { Output } from "../bytes/output";
import { freeScratch, takeScratch } from "../bytes/scratch";

/** Levels that a path can have. */
// @ts-ignore: decorator
@inline const LEVELS: i32 = 16;
/** Keys are shown up to this length in bytes. */
// @ts-ignore: decorator
@inline const SHOWN: u32 = 32;

/** A level on the way to a fault. */
@unmanaged
class Level {
  isArray: bool;
  /** Address of the current key in an object, 0 before it. */
  key: usize;
  /** The key's length, or the index in an array. */
  number: u32;
}

/**
 * Appends the path to the byte at `fault` of the JSON text from `start`, like `readings[2].name`; false for the outermost
 * value. The text before `fault` must be well formed. It is found by going over the text again: only a fault costs it.
 */
export function writePath(out: Output, start: usize, fault: usize): bool {
  const levels = takeScratch((LEVELS + 1) * <i32>offsetof<Level>());
  let level = changetype<Level>(levels);
  level.isArray = true;
  for (let at = start; at < fault;) {
    const byte = <u32>load<u8>(at++);
    if (byte == 0x22) {
      const from = at;
      while (at < fault && load<u8>(at) != 0x22) at += load<u8>(at) == 0x5c ? 2 : 1;
      if (at < fault && !level.isArray && !level.key) {
        level.key = from;
        level.number = <u32>(at - from);
      }
      at++;
    } else if (byte == 0x5b || byte == 0x7b) {
      level = changetype<Level>(changetype<usize>(level) + offsetof<Level>());
      level.isArray = byte == 0x5b;
      level.key = 0;
      level.number = 0;
    } else if (byte == 0x5d || byte == 0x7d) {
      level = changetype<Level>(changetype<usize>(level) - offsetof<Level>());
    } else if (byte == 0x2c) {
      level.key = 0;
      if (level.isArray) level.number++;
    }
  }
  const before = out.length;
  for (let at = levels; at < changetype<usize>(level);) {
    at += offsetof<Level>();
    writeLevel(out, changetype<Level>(at), out.length == before);
  }
  freeScratch(levels);
  return out.length > before;
}

function writeLevel(out: Output, level: Level, isFirst: bool): void {
  if (level.isArray) {
    out.byte(0x5b);
    out.int(level.number);
    out.byte(0x5d);
  } else if (level.key) {
    if (!isFirst) out.byte(0x2e);
    writeKey(out, level.key, level.number);
  }
}

/** Appends the beginning of a key, cut between characters. */
function writeKey(out: Output, key: usize, length: u32): void {
  let shown = min(length, SHOWN);
  if (shown < length) while (shown > 0 && (load<u8>(key + shown) & 0xc0) == 0x80) shown--;
  out.bytes(key, shown);
}
