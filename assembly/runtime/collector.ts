// A mark-and-sweep collector that runs between events only, when no frame of the guest is live: the roots are the
// globals, and what is pinned.
//
//     ╒═ u32 ══╤═ u32 ══════╤═ u32 ══╤═ u32 ══╤═══ rtSize bytes ═══╕
//     │ colour │ next grey  │ rtId   │ rtSize │ the object         │
//     └────────┴────────────┴────────┴────────┴────────────────────┘
//     behind its block's header (heap.ts); objects of the data segment have the same words before them

import {
  allocate,
  allocateObject,
  free,
  hasRoom,
  hasten,
  heapSize,
  hurry,
  isDue,
  isMixed,
  join,
  keepObjects,
  largest,
  mix,
  rewind,
  setDue,
  sizeOf,
  slack,
  SMALL,
  takeRoom,
  top,
  used,
  wholeOf,
  young,
} from "./heap";

// @ts-ignore: decorator
@inline const OVERHEAD: usize = 16;
// @ts-ignore: decorator
@inline const HEADER: usize = 4;
// @ts-ignore: decorator
@inline const GREY: usize = 4;
// @ts-ignore: decorator
@inline const ID: usize = 8;
// @ts-ignore: decorator
@inline const SIZE: usize = 12;
// @ts-ignore: decorator
@inline const NO_OBJECT: usize = 1;

/** Colour of what the last collection found, and of what is new since; each has another one. */
// @ts-ignore: decorator
@lazy let colour: u32 = 1;
// @ts-ignore: decorator
@lazy let grey: usize = NO_OBJECT;
/** Objects on the heap that the last collection left, and those that this one found. */
// @ts-ignore: decorator
@lazy let kept: i32 = 0;
// @ts-ignore: decorator
@lazy let found: i32 = 0;
/** Addresses of pinned objects. */
// @ts-ignore: decorator
@lazy let pins: usize = 0;
// @ts-ignore: decorator
@lazy let pinned: i32 = 0;
// @ts-ignore: decorator
@lazy let pinRoom: i32 = 0;

/** Visits what no global refers to. */
// @ts-ignore: decorator
@lazy let roots: (() => void) | null = null;

/** Set once an allocation failed. */
// @ts-ignore: decorator
@lazy
let isExhausted: bool = false;

// @ts-ignore: decorator
@global @unsafe
export function __alloc(size: usize): usize {
  const block = allocate(size);
  if (!block) exhaust();
  return block;
}

// @ts-ignore: decorator
@global @unsafe
export function __free(block: usize): void {
  if (block > __heap_base) free(block);
}

// @ts-ignore: decorator
@global @unsafe
export function __realloc(block: usize, size: usize): usize {
  const room = sizeOf(block);
  if (room >= size) return block;
  const moved = __alloc(size);
  memory.copy(moved, block, room);
  free(block);
  return moved;
}

// @ts-ignore: decorator
@global @unsafe
export function __new(size: usize, id: i32): usize {
  return make(size, id, size);
}

/** The same, made part of its caller. It may be filled up to a multiple of 16 bytes, before another one is made. */
// @ts-ignore: decorator
@global @unsafe @inline
export function __newNow(size: usize, id: i32): usize {
  return make(size, id, (size + 16) & ~15);
}

/** Makes an object, with room for `room` bytes where it is not the last one at the low end. */
// @ts-ignore: decorator
@inline
function make(size: usize, id: i32, room: usize): usize {
  let header = top;
  const behind = header + wholeOf(OVERHEAD + size);
  if (size <= SMALL - OVERHEAD && hasRoom(behind)) takeRoom(header, behind);
  else header = makeAnywhere(room);
  store<u32>(header, colour, HEADER);
  store<u32>(header, <u32>id, HEADER + ID);
  store<u32>(header, <u32>size, HEADER + SIZE);
  return header + (HEADER + OVERHEAD);
}

function makeAnywhere(size: usize): usize {
  const header = allocateObject(OVERHEAD + size);
  if (!header) exhaust();
  return header;
}

// @ts-ignore: decorator
@global @unsafe
export function __renew(object: usize, size: usize): usize {
  const block = object - OVERHEAD;
  const length = <usize>load<u32>(block, SIZE);
  if (object > __heap_base && sizeOf(block) >= OVERHEAD + size) {
    store<u32>(block, <u32>size, SIZE);
    return object;
  }
  const moved = __new(size, load<i32>(block, ID));
  memory.copy(moved, object, min(length, size));
  return moved;
}

/** Frees an object that nothing points at, before a collection does. */
// @ts-ignore: decorator
@global @unsafe
export function __release(object: usize): void {
  free(object - OVERHEAD);
}

// @ts-ignore: decorator
@global @unsafe
export function __link(parent: usize, child: usize, isMultiple: bool): void {}

// @ts-ignore: decorator
@global @unsafe
export function __visit(object: usize, cookie: i32): void {
  if (object) mark(object);
}

function mark(object: usize): void {
  const block = object - OVERHEAD;
  if (load<u32>(block) == colour) return;
  store<u32>(block, colour);
  store<usize>(block, grey, GREY);
  grey = block;
  if (block < __heap_base) return;
  found++;
  if (block > young && block < top) mix();
}

// @ts-ignore: decorator
@global @unsafe
export function __pin(object: usize): usize {
  if (pinned == pinRoom) {
    pinRoom += 8;
    const more = __alloc(<usize>pinRoom * sizeof<usize>());
    memory.copy(more, pins, <usize>pinned * sizeof<usize>());
    __free(pins);
    pins = more;
  }
  store<usize>(pins + <usize>pinned * sizeof<usize>(), object);
  pinned++;
  return object;
}

// @ts-ignore: decorator
@global @unsafe
export function __unpin(object: usize): void {
  for (let i = pinned; --i >= 0;) {
    const at = pins + <usize>i * sizeof<usize>();
    if (load<usize>(at) != object) continue;
    pinned--;
    store<usize>(at, load<usize>(pins + <usize>pinned * sizeof<usize>()));
    return;
  }
}

/** Lets each collection call `visit` for objects that no global refers to. */
// @ts-ignore: decorator
@global
export function __setRoots(visit: () => void): void {
  roots = visit;
}

/** Visits those of the `count` words at `words` that are addresses of objects; changes their order. */
// @ts-ignore: decorator
@global @unsafe
export function __visitWords(words: usize, count: i32): void {
  const found = keepObjects(words, count, OVERHEAD);
  for (let i = 0; i < found; i++) __visit(<usize>load<u32>(words + ((<usize>i) << 2)), 0);
}

// @ts-ignore: decorator
@global @unsafe
export function __collect(): void {
  colour++;
  found = 0;
  __visit_globals(0);
  if (roots) roots();
  for (let i = 0; i < pinned; i++) __visit(load<usize>(pins + <usize>i * sizeof<usize>()), 0);
  while (grey != NO_OBJECT) {
    const block = grey;
    grey = load<usize>(block, GREY);
    __visit_members(block + OVERHEAD, 0);
  }
  if (isMixed || found != kept) join(true, colour);
  else rewind();
  kept = found;
  setDue(slack());
}

/** Whether a collection is worth it. */
// @ts-ignore: decorator
@global @inline
export function __isCollectionDue(): bool {
  return isDue();
}

/** So many bytes that the last collection may have kept are garbage: the next one is due that much earlier. */
// @ts-ignore: decorator
@global
export function __discard(size: usize): void {
  hasten(size);
}

/** Whether an eighth of the heap is left where that many bytes are taken; else a collection is worth it. */
// @ts-ignore: decorator
@global
export function __canSpare(size: usize): bool {
  if (used() + size + slack() <= heapSize()) return true;
  hurry();
  return false;
}

/** Memory outside the collector's reach, 0 where there is none, or where an eighth of the heap would not be left. */
// @ts-ignore: decorator
@global
export function __tryAlloc(size: usize): usize {
  const block = used() + size + slack() > heapSize() ? <usize>0 : allocate(size);
  if (!block) hurry();
  return block;
}

/** Bytes that are not in use. */
// @ts-ignore: decorator
@global
export function __freeMemory(): usize {
  return heapSize() - used();
}

/** Bytes of the largest object that there is room for. */
// @ts-ignore: decorator
@global
export function __largestBlock(): usize {
  return max(largest(), OVERHEAD) - OVERHEAD;
}

/** Whether an allocation failed since the last time this was asked. */
// @ts-ignore: decorator
@global
export function __wasExhausted(): bool {
  const was = isExhausted;
  isExhausted = false;
  return was;
}

function exhaust(): void {
  isExhausted = true;
  hurry();
  throw new Error("out of memory");
}
