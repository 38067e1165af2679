import { Output } from "../bytes/output";
import { Activity } from "./activity";

/** What a connection is waiting for. */
export const enum State {
  /** The first byte of a request. */
  IDLE,
  /** The rest of a head. */
  HEAD,
  /** The rest of the content. */
  CONTENT,
  /** Room to send. */
  SENDING,
  /** Its turn: whole requests may wait in the buffer, and nothing is read. */
  READY,
  /** Its activity, which sees to all events. */
  BUSY,
  CLOSED,
}

/** One connection, from `on_open` until it is closed. */
export class Connection {
  state: State = State.CLOSED;
  /** The connection ends once everything is sent. */
  closing: bool = false;
  /** The peer sends no more. */
  ended: bool = false;
  /** Nothing can be sent any more. */
  isGone: bool = false;
  /** Requests that were answered. */
  requests: i32 = 0;
  /** When the wait is over, in ms as `Window.now`. */
  deadline: u32 = 0;
  /** Bytes that wait here for more: a message's state, then its bytes; 0 where there are none. */
  buffer: usize = 0;
  /** Bytes of the message in the buffer, and how many there is room for. */
  length: i32 = 0;
  capacity: i32 = 0;
  /** What the peer has not taken yet, from `taken` on. */
  queue: Output | null = null;
  taken: i32 = 0;
  /** What goes on while it is BUSY. */
  activity: Activity | null = null;

  constructor(readonly conn: i32) {}
}
