import { Limit, send } from "../abi";
import { Output } from "../bytes/output";
import { Connection } from "../server/connection";
import { tryAlloc } from "../server/memory";

/** What became of bytes that were to be sent. */
export const enum Sent {
  /** Sent, or queued. */
  ALL,
  /** Not at all: the client is gone, or there is no memory for them. */
  NOTHING,
  /** In part, and there is no memory for the rest: what follows would make no sense. */
  PART,
}

/** Bytes that a client has not taken yet. */
export function queuedOf(c: Connection): i32 {
  const queue = c.queue;
  return queue ? queue.length - c.taken : 0;
}

/** Sends bytes, or queues what the client does not take. */
export function push(c: Connection, from: usize, length: i32): Sent {
  const taken = c.queue ? 0 : send(c.conn, from, length);
  return taken == length ? Sent.ALL : queue(c, from, length, taken);
}

/** Queues what is left after `taken` bytes, or GONE. */
function queue(c: Connection, from: usize, length: i32, taken: i32): Sent {
  if (c.isGone) return Sent.NOTHING;
  if (taken == Limit.GONE) {
    c.isGone = true;
    return Sent.NOTHING;
  }
  let queue = c.queue;
  if (queue && c.taken) {
    const left = queue.length - c.taken;
    memory.copy(queue.start, queue.start + c.taken, left);
    queue.end = queue.start + left;
    c.taken = 0;
  }
  const left = length - taken;
  if (!queue || queue.end + left > queue.limit) {
    if (!canGrow(((queue ? queue.length : 0) + left) << 1)) return taken ? Sent.PART : Sent.NOTHING;
    if (!queue) {
      queue = new Output();
      c.queue = queue;
      c.taken = 0;
    }
  }
  queue.bytes(from + taken, left);
  return Sent.ALL;
}

/** Whether an output can become `size` bytes large. */
function canGrow(size: i32): bool {
  const block = tryAlloc(max(size, FIRST_SIZE));
  if (block) heap.free(block);
  return block != 0;
}

/** What an output gets at first, and what is beside its bytes. */
// @ts-ignore: decorator
@inline const FIRST_SIZE: i32 = 512;
