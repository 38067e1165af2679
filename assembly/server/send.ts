import { close, Close, Limit, send } from "../abi";
import { Output } from "../bytes/output";
import { release } from "./buffer";
import { Connection } from "./connection";
import { leave } from "./connections";
import { discard } from "./memory";

/**
 * Sends bytes, or queues what the peer does not take; where an `owner` holds them they are not copied for that. With the
 * number of bytes that will follow, a queue is made large enough at once.
 */
export function deliver(
  c: Connection,
  bytes: usize,
  length: i32,
  owner: ArrayBuffer | null = null,
  following: i32 = 0,
): void {
  const taken = c.queue ? 0 : send(c.conn, bytes, length);
  if (taken != length) enqueue(c, bytes, length, taken, owner, following);
}

/** The same for bytes that nothing follows, made part of its caller. */
// @ts-ignore: decorator
@inline
export function deliverNow(c: Connection, bytes: usize, length: i32): void {
  const taken = c.queue ? 0 : send(c.conn, bytes, length);
  if (taken != length) enqueue(c, bytes, length, taken, null, 0);
}

/** Keeps what is left after `taken` bytes, or GONE. */
function enqueue(
  c: Connection,
  bytes: usize,
  length: i32,
  taken: i32,
  owner: ArrayBuffer | null,
  following: i32,
): void {
  if (taken == Limit.GONE) return lose(c);
  let queue = c.queue;
  if (!queue) {
    queue = new Output();
    c.queue = queue;
    c.taken = 0;
    if (owner) return queue.adopt(owner, bytes + taken, length - taken);
    queue.reserve(length - taken + following);
  }
  queue.bytes(bytes + taken, length - taken);
}

/** Nothing can be sent any more: `on_close` will follow. */
function lose(c: Connection): void {
  c.isGone = true;
  c.closing = true;
}

/** Sends what is queued; true once nothing is left. */
export function flush(c: Connection): bool {
  const queue = c.queue;
  if (!queue) return true;
  const left = queue.length - c.taken;
  const taken = send(c.conn, queue.start + c.taken, left);
  if (taken == Limit.GONE) lose(c);
  else if (taken < left) {
    c.taken += taken;
    return false;
  }
  c.queue = null;
  const owner = queue.owner;
  if (owner) discard(owner.byteLength);
  return true;
}

/** Ends a connection and frees what it holds. */
export function end(c: Connection, how: Close): void {
  close(c.conn, how);
  forget(c);
}

/** Frees what a connection holds. */
export function forget(c: Connection): void {
  release(c);
  c.queue = null;
  leave(c);
  const activity = c.activity;
  if (!activity) return;
  c.activity = null;
  activity.gone(c);
}
