import { Flag } from "../abi";
import { host } from "./window";

// What assembly/runtime offers beyond a standard runtime; without it (in unit tests) memory has no end.

/** Memory outside the collector's reach, 0 where there is none to spare. */
export function tryAlloc(size: i32): usize {
  // @ts-ignore: defined by the runtime
  return isDefined(__tryAlloc) ? __tryAlloc(size) : heap.alloc(size);
}

/** Whether an allocation failed since the last time this was asked. */
export function wasExhausted(): bool {
  // @ts-ignore: defined by the runtime
  return isDefined(__wasExhausted) ? __wasExhausted() : false;
}

/** Asks the host for a collection where it is worth it. */
// @ts-ignore: decorator
@inline
export function requestCollection(): void {
  // @ts-ignore: defined by the runtime
  if (isDefined(__isCollectionDue) && __isCollectionDue()) host.flags |= <u32>Flag.COLLECT;
}
