import { Limit } from "../abi";
import { Content } from "../http/chunked";
import { limits } from "../http/limits";
import { message, MESSAGE_SIZE, restoreMessage } from "../http/parser";
import { Connection } from "./connection";
import { tryAlloc } from "./memory";
import { receiveWindow } from "./window";

// A message that is not whole yet waits in a buffer of its connection:
//
//     ╒═══════ MESSAGE_SIZE ═══════╤═══ capacity ═══╤═══ RECEIVE_PAD ═══╕
//     │ what is known of it so far │ its bytes      │ zeros when parsed │
//     └────────────────────────────┴────────────────┴───────────────────┘

/** Bytes of messages [next, stop), in the receive window or in the connection's buffer. */
export namespace input {
  export let next: usize = 0;
  export let stop: usize = 0;
}

/** Turns to the `length` bytes that arrived, put behind those that waited. Where there is no memory for that, turns to those, and returns false. */
// @ts-ignore: decorator
@inline
export function take(c: Connection, length: i32): bool {
  if (!c.buffer) {
    input.next = receiveWindow;
    input.stop = receiveWindow + length;
  } else {
    const needed = c.length + length;
    if (needed > c.capacity) {
      const size = max(needed, min<u32>(c.capacity << 1, limits.head + limitOf(c.buffer)));
      if (!move(c, bytesOf(c.buffer), c.length, size) && !move(c, bytesOf(c.buffer), c.length, needed)) {
        resume(c);
        return false;
      }
    }
    memory.copy(bytesOf(c.buffer) + c.length, receiveWindow, length);
    c.length = needed;
    resume(c);
  }
  store<u64>(input.stop, 0);
  return true;
}

/** Turns to the bytes that waited. */
export function resume(c: Connection): void {
  restoreMessage(c.buffer);
  turnTo(c);
}

/** Turns to the bytes that wait behind what was taken of the current request, if there are any. */
export function reopen(c: Connection): void {
  if (c.buffer) return turnTo(c);
  input.next = 0;
  input.stop = 0;
}

function turnTo(c: Connection): void {
  input.next = bytesOf(c.buffer);
  input.stop = input.next + c.length;
  store<u64>(input.stop, 0);
}

/** Keeps the message that is open, with room for `size` bytes of it at least. False where there is no memory. */
export function keep(c: Connection, size: i32): bool {
  const length = <i32>(input.stop - input.next);
  if (size > c.capacity) {
    if (!move(c, input.next, length, size)) return false;
  } else memory.copy(bytesOf(c.buffer), input.next, length);
  c.length = length;
  memory.copy(c.buffer, message, MESSAGE_SIZE);
  return true;
}

/** Gives the buffer back. */
// @ts-ignore: decorator
@inline
export function release(c: Connection): void {
  if (c.buffer) freeBuffer(c);
}

/** A buffer that is its connection's no more, and not free yet. */
let lent: usize = 0;

/** Takes the buffer, where there is one, from its connection; the bytes hold until `takeBack`. */
export function lend(c: Connection): void {
  if (!c.buffer) return;
  takeBack();
  lent = c.buffer;
  c.buffer = 0;
  c.length = 0;
  c.capacity = 0;
}

/** Frees what was lent. */
export function takeBack(): void {
  if (lent) heap.free(lent);
  lent = 0;
}

function freeBuffer(c: Connection): void {
  heap.free(c.buffer);
  c.buffer = 0;
  c.length = 0;
  c.capacity = 0;
}

/** Content that the message in a buffer may have; of one without content it is what the one before might have. */
// @ts-ignore: decorator
@inline
function limitOf(buffer: usize): u32 {
  return load<u32>(buffer, offsetof<Content>("limit"));
}

// @ts-ignore: decorator
@inline
function bytesOf(buffer: usize): usize {
  return buffer + MESSAGE_SIZE;
}

/** Puts `length` bytes at `from`, which may be the buffer's own, into a new buffer with room for `capacity`. */
function move(c: Connection, from: usize, length: i32, capacity: i32): bool {
  const buffer = tryAlloc(MESSAGE_SIZE + capacity + <i32>Limit.RECEIVE_PAD);
  if (!buffer) return false;
  memory.copy(bytesOf(buffer), from, length);
  if (c.buffer) {
    memory.copy(buffer, c.buffer, MESSAGE_SIZE);
    heap.free(c.buffer);
  }
  c.buffer = buffer;
  c.capacity = capacity;
  return true;
}
