// The heap: everything from __heap_base to the end of memory, block behind block.
//
//     ╒═ u32 ═══════════════╤══════ payload, 16 n + 12 bytes ══════╕
//     │ its length │O│F     │ aligned to 16; next free block if F  │
//     └─────────────────────┴──────────────────────────────────────┘
//     F: free, O: an object of the collector
//
// Small blocks come from the low end and large ones from the high end, so that garbage among the small ones, which waits
// for a collection, does not break up the room for the large ones, which come and go with the messages.
// Small objects since the last collection lie between `young` and `top`. Where none of them is left in the next one, all go
// at once; else a walk over the heap frees what is dead and joins free neighbours. So does one where an allocation finds no
// room. A freed block goes to the list of its size. Small objects come from the room between the ends, but from these lists
// where too much of the heap is in them.

// @ts-ignore: decorator
@inline export const FREE: u32 = 1;
// @ts-ignore: decorator
@inline export const OBJECT: u32 = 2;
// @ts-ignore: decorator
@inline const FLAGS: u32 = 3;
// @ts-ignore: decorator
@inline const HEADER: usize = 4;

/** Lists of blocks of one size, of 12 bytes to 16 LISTS - 20; the first is of all larger ones. */
// @ts-ignore: decorator
@inline const LISTS: u32 = 32;
/** What is read by words may be read so far behind a block. */
// @ts-ignore: decorator
@inline const READ_BEHIND: usize = 16;
/** Bytes from which a block with its header is large. */
// @ts-ignore: decorator
@inline export const LARGE: usize = 16 * LISTS;
/** Bytes behind a header that make no block large. */
// @ts-ignore: decorator
@inline export const SMALL: usize = LARGE - HEADER - 16;

// @ts-ignore: decorator
@lazy const lists: usize = memory.data(LISTS * sizeof<usize>());
// @ts-ignore: decorator
@lazy let first: usize = 0;
// @ts-ignore: decorator
@lazy export let top: usize = 0;
// @ts-ignore: decorator
@lazy let bottom: usize = 0;
// @ts-ignore: decorator
@lazy let limit: usize = 0;
/** What small objects are made up to: `bottom`, or 0 where they come from the lists. */
// @ts-ignore: decorator
@lazy let roof: usize = 0;
/** Bytes of free blocks at the low end, when they were counted last. */
// @ts-ignore: decorator
@lazy let holes: usize = 0;
/** Where the small blocks since the last collection begin. */
// @ts-ignore: decorator
@lazy export let young: usize = 0;
/** Whether more happened since the last walk than that small objects were made: the next collection walks. */
// @ts-ignore: decorator
@lazy export let isMixed: bool = false;
/** Where `top` is when a collection is worth it; less where other blocks are taken, so that it may be negative. */
// @ts-ignore: decorator
@lazy let due: usize = 0;
/** Bytes in use when `top` gets there. */
// @ts-ignore: decorator
@lazy let usedThen: usize = 0;

/** Bytes of blocks in use. */
export function used(): usize {
  return usedThen + top - due;
}

// @ts-ignore: decorator
@inline
export function isDue(): bool {
  return <isize>top > <isize>due;
}

/** Makes a collection worth it when so many bytes more are in use. */
export function setDue(more: usize): void {
  usedThen = used() + more;
  due = top + more;
}

/** Makes one worth it at once. */
export function hurry(): void {
  usedThen -= due;
  due = 0;
}

/** Makes one worth it so many bytes earlier. */
export function hasten(bytes: usize): void {
  usedThen -= bytes;
  due -= bytes;
}

/** Bytes of small blocks that may become garbage before a collection: large blocks leave room for them. */
export function slack(): usize {
  return heapSize() >> 3;
}

/** Bytes of the heap. */
export function heapSize(): usize {
  if (!first) open();
  return limit - first;
}

function open(): void {
  first = ((__heap_base + HEADER + 15) & ~15) - HEADER;
  top = first;
  young = first;
  due = first;
  const end = ASC_LOW_MEMORY_LIMIT ? <usize>ASC_LOW_MEMORY_LIMIT : (<usize>memory.size()) << 16;
  limit = ((end - READ_BEHIND + HEADER) & ~15) - HEADER;
  bottom = limit;
  roof = limit;
}

/** Bytes of the largest block that can be allocated. */
export function largest(): usize {
  if (!first) open();
  join(false, 0);
  let size = bottom - top;
  for (let list = lists + (LISTS - 1) * sizeof<usize>(); list >= lists; list -= sizeof<usize>()) {
    for (let block = load<usize>(list); block; block = list == lists ? load<usize>(block) : 0) {
      size = max(size, sizeOf(block) + HEADER);
    }
  }
  return size && size - HEADER;
}

/** Bytes of a small block with `size` bytes behind its header. */
// @ts-ignore: decorator
@inline
export function wholeOf(size: usize): usize {
  return (size + HEADER + 15) & ~15;
}

/** Whether an object may take the low end up to `behind`, with four more bytes that are not in use. */
// @ts-ignore: decorator
@inline
export function hasRoom(behind: usize): bool {
  return behind < roof;
}

/** Makes the room from `header`, where the low end is, to `behind` a block of an object. */
// @ts-ignore: decorator
@inline
export function takeRoom(header: usize, behind: usize): void {
  top = behind;
  store<u32>(header, <u32>(behind - header) - <u32>HEADER + OBJECT);
}

/** The header of a block for `size` bytes of an object anywhere, 0 where there is no room for them. */
export function allocateObject(size: usize): usize {
  const block = allocate(size);
  if (!block) return 0;
  isMixed = true;
  const header = block - HEADER;
  store<u32>(header, load<u32>(header) | OBJECT);
  return header;
}

/** The address of `size` bytes, 0 where there is no room for them. */
export function allocate(size: usize): usize {
  if (size > 0x3fffffff) return 0;
  const payload = ((size + HEADER + 15) & ~15) - HEADER;
  const list = listOf(payload);
  const block = load<usize>(list);
  if (block && list != lists) {
    store<usize>(list, load<usize>(block));
    store<u32>(block - HEADER, payload);
    due -= payload + HEADER;
    return block;
  }
  const isLarge = list == lists;
  let found = isLarge ? search(payload) || carve(payload, true, slack()) : carve(payload, false, 0);
  if (!found) {
    join(false, 0);
    found = isLarge ? search(payload) || carve(payload, true, 0) : carve(payload, false, 0) || search(payload);
    if (!found) return 0;
  }
  return found;
}

/** Gives a block back. */
export function free(block: usize): void {
  const payload = sizeOf(block);
  if (block + payload == top) {
    top = block - HEADER;
    if (top < young) young = top;
    return;
  }
  if (block > young) isMixed = true;
  due += payload + HEADER;
  push(block, payload);
}

/** Bytes that a block has room for. */
// @ts-ignore: decorator
@inline
export function sizeOf(block: usize): usize {
  return <usize>(load<u32>(block - HEADER) & ~FLAGS);
}

/** Lets the next collection walk, or this one. */
// @ts-ignore: decorator
@inline
export function mix(): void {
  isMixed = true;
}

/** Frees all small objects since the last collection. */
export function rewind(): void {
  top = young;
}

/**
 * Walks over the heap and joins free neighbours. With `sweep`, objects whose collector word is not of colour `live` are
 * freed on the way.
 */
export function join(sweep: bool, live: u32): void {
  memory.fill(lists, 0, LISTS * sizeof<usize>());
  due -= top;
  holes = 0;
  top = joinRange(first, top, sweep, live);
  due += top;
  const isScattered = holes > slack() >> 1;
  if (sweep) young = top;
  isMixed = !sweep;
  const tail = joinRange(bottom, limit, sweep, live);
  if (tail == bottom) bottom = limit;
  else if (tail != limit) push(tail + HEADER, limit - tail - HEADER);
  roof = isScattered ? 0 : bottom;
}

/** The same for the blocks of [p, end). Returns where the free run at its end begins, `end` where there is none. */
function joinRange(p: usize, end: usize, sweep: bool, live: u32): usize {
  let run: usize = 0;
  while (p < end) {
    const info = load<u32>(p);
    const payload = <usize>(info & ~FLAGS);
    let isFree = (info & FREE) != 0;
    if (sweep && info & OBJECT && !isLive(p + HEADER, live)) {
      due += payload + HEADER;
      isFree = true;
    }
    if (isFree) {
      if (!run) run = p;
    } else if (run) {
      if (run == bottom) bottom = p;
      else push(run + HEADER, p - run - HEADER);
      holes += p - run;
      run = 0;
    }
    p += payload + HEADER;
  }
  return run ? run : end;
}

/**
 * Keeps those of the `count` words at `words` that are addresses of blocks of the collector, `offset` bytes into them,
 * sorted; returns how many these are.
 */
export function keepObjects(words: usize, count: i32, offset: usize): i32 {
  let end = words;
  for (let p = words, stop = words + ((<usize>count) << 2); p < stop; p += 4) {
    const word = load<u32>(p);
    if (word & 15 || word < <u32>first || word >= <u32>limit) continue;
    let at = end;
    while (at > words && load<u32>(at - 4) > word) {
      store<u32>(at, load<u32>(at - 4));
      at -= 4;
    }
    store<u32>(at, word);
    end += 4;
  }
  let kept = words;
  let p = first;
  for (let at = words; at < end; at += 4) {
    const block = <usize>load<u32>(at) - offset - HEADER;
    if (block >= top && p < bottom) p = bottom;
    while (p < block && p < limit) p += sizeOf(p + HEADER) + HEADER;
    if (p != block || p >= limit || (load<u32>(p) & (OBJECT | FREE)) != OBJECT) continue;
    store<u32>(kept, <u32>(block + HEADER + offset));
    kept += 4;
  }
  return <i32>((kept - words) >> 2);
}

/** Whether an object is marked with a colour. */
// @ts-ignore: decorator
@inline
function isLive(object: usize, live: u32): bool {
  return load<u32>(object) == live;
}

// @ts-ignore: decorator
@inline
function listOf(payload: usize): usize {
  const index = (payload + HEADER) >> 4;
  return index < LISTS ? lists + index * sizeof<usize>() : lists;
}

function push(block: usize, payload: usize): void {
  store<u32>(block - HEADER, (<u32>payload) | FREE);
  const list = listOf(payload);
  store<usize>(block, load<usize>(list));
  store<usize>(list, block);
}

/** Takes a block from the room between the two ends, where `spare` bytes are left of that. */
function carve(payload: usize, high: bool, spare: usize): usize {
  if (!first) open();
  const size = payload + HEADER;
  if (size + spare > bottom - top) return 0;
  let block = top + HEADER;
  if (high) {
    bottom -= size;
    if (roof) roof = bottom;
    block = bottom + HEADER;
    due -= size;
  } else {
    top += size;
    isMixed = true;
  }
  store<u32>(block - HEADER, <u32>payload);
  return block;
}

/** Takes a block that is larger. */
function search(payload: usize): usize {
  let list = listOf(payload);
  if (list != lists) {
    for (const end = lists + LISTS * sizeof<usize>(); list < end; list += sizeof<usize>()) {
      if (load<usize>(list)) return take(list, payload);
    }
  }
  for (let link = lists; load<usize>(link); link = load<usize>(link)) {
    if (sizeOf(load<usize>(link)) >= payload) return take(link, payload);
  }
  return 0;
}

/** Takes the block that `link` points at; the rest stays free, but large blocks leave no small ones among them. */
function take(link: usize, payload: usize): usize {
  const block = load<usize>(link);
  store<usize>(link, load<usize>(block));
  const room = sizeOf(block);
  const spare = room - payload;
  const isSplit = spare >= (payload + HEADER < LARGE ? 16 : LARGE);
  if (isSplit) push(block + payload + HEADER, spare - HEADER);
  const taken = isSplit ? payload : room;
  store<u32>(block - HEADER, <u32>taken);
  due -= taken + HEADER;
  return block;
}
