import { Close } from "../abi";
import { Connection } from "./connection";
import { Response } from "./response";
import { end } from "./send";

/**
 * What goes on on a connection beyond one answer to one request: a handler that waits, an answer in pieces, a WebSocket.
 * Its connection is BUSY. It sets deadlines with `wait`, and ends by giving the connection back or closing it.
 */
export abstract class Activity {
  /** Whether it takes what the peer sends; else nothing is read until it is over. */
  get takesData(): bool {
    return false;
  }

  /** Bytes [from, to) came, in memory that it may change and that holds until it returns. */
  data(c: Connection, from: usize, to: usize): void {}

  /** All that was queued is sent. */
  writable(c: Connection): void {}

  /** The deadline has come. */
  expire(c: Connection): void {}

  /** The peer sends no more. */
  finish(c: Connection): void {}

  /** The connection is gone; it is nobody's any more. */
  gone(c: Connection): void {}

  /** App code that it called trapped. */
  fault(c: Connection): void {
    end(c, Close.RESET);
  }

  /** The server stops: come to an end soon. */
  stop(c: Connection): void {}
}

/** Answers in its own way: with content that is not there yet, or no HTTP at all. */
export abstract class Producer {
  /**
   * Begins to answer. True where that is all and the connection is ready for the next request; false where it is closed,
   * waits for room or is BUSY.
   */
  abstract begin(c: Connection, response: Response): bool;
}
