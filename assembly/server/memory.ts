import { Flag } from "../abi";
import { newBuffer } from "../bytes/buffer";
import { host } from "./window";

// @ts-ignore: decorator
@inline const MORE_THAN_ALL: usize = 0x40000000;

// What assembly/runtime offers beyond a standard runtime; without it (in unit tests) memory has no end.

/** Memory outside the collector's reach, 0 where there is none to spare. */
export function tryAlloc(size: i32): usize {
  // @ts-ignore: defined by the runtime
  return isDefined(__tryAlloc) ? __tryAlloc(size) : heap.alloc(size);
}

/** Whether memory is not short where that many bytes are taken. */
export function canSpare(size: i32): bool {
  // @ts-ignore: defined by the runtime
  return isDefined(__canSpare) ? __canSpare(size) : true;
}

/** A buffer for work that goes on beyond an event. Where memory is short it aborts, which answers 503. */
export function spareBuffer(size: i32): ArrayBuffer {
  if (!canSpare(size)) heap.alloc(MORE_THAN_ALL);
  return newBuffer(size);
}

/** Gives a buffer back before a collection does; where a trap keeps it from being called, that does. */
export function releaseBuffer(buffer: ArrayBuffer): void {
  // @ts-ignore: defined by the runtime
  if (isDefined(__release)) __release(changetype<usize>(buffer));
}

/** Tells that an object of so many bytes, which outlived its event, is needed no longer. */
export function discard(size: i32): void {
  // @ts-ignore: defined by the runtime
  if (isDefined(__discard)) __discard(size);
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
