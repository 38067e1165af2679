import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Connection } from "../server/connection";
import { request } from "../server/dispatch";
import { Request } from "../server/request";
import { deliver } from "../server/send";
import { beginPiece, deliverPiece } from "./piece";

/** Writes content of an answer piece by piece. */
export class Writer {
  /** Time in ms to pass before the next piece. */
  delay: u32 = 0;

  constructor(
    /** Null once the client is gone. */
    public connection: Connection | null,
    private readonly isChunked: bool,
  ) {}

  /** Whether the client is still there. */
  get isOpen(): bool {
    const c = this.connection;
    return c != null && !c.isGone;
  }

  /** The request that is answered. Ask for it before the first write; from then on it stays what it is. */
  get request(): Request {
    fail(ascii("the request is for functions that write: give a Stream what it needs"));
    return request;
  }

  /** Sends text as UTF-8; false where the client is gone. Where it does not take what it is sent a function waits here. */
  write(text: string): bool {
    beginPiece(text.length).text(text);
    return this.push();
  }

  /** Sends bytes; as `write`. */
  writeBytes(bytes: Uint8Array): bool {
    beginPiece(bytes.length).bytes(bytes.dataStart, bytes.length);
    return this.push();
  }

  /** Lets so many ms pass before the next piece; false where the client is gone. */
  wait(ms: i32): bool {
    this.delay = max(0, ms);
    return this.isOpen;
  }

  /** Sends the piece. */
  protected push(): bool {
    const c = this.connection;
    if (!c || c.isGone) return false;
    deliverPiece(c, this.isChunked);
    return this.settle(c);
  }

  /** A piece is sent, or queued. */
  protected settle(c: Connection): bool {
    return !c.isGone;
  }

  /** Ends the content. */
  finish(): void {
    const c = this.connection;
    if (c && this.isChunked) endChunks(c);
    this.connection = null;
  }
}

/** Sends the last chunk (RFC 9112 §7.1). */
export function endChunks(c: Connection): void {
  const last = ascii("0\r\n\r\n");
  deliver(c, last + 1, load<u8>(last));
}
