import { ascii } from "../bytes/ascii";
import { newBuffer } from "../bytes/buffer";
import { clearContent, Content, decodeChunked } from "../http/chunked";
import { HeadFlag } from "../http/head";
import { content, head } from "../http/parser";
import { refusalReason, refuse } from "../http/refusal";
import { input } from "../server/buffer";
import { Connection } from "../server/connection";
import { logRefusal, sendContinue } from "../server/http";
import { settings } from "../server/settings";
import { host } from "../server/window";
import { Partial } from "./partial";

/**
 * The current request's content, taken in pieces as it comes. A client may fall behind 1 KB/s by `settings.contentTimeout`
 * at most: each byte gives it a millisecond, up to that.
 */
export class Incoming {
  /** The piece that was taken last; it holds until the event is over. */
  piece: usize = 0;
  length: i32 = 0;
  isWhole: bool = false;
  /** Why there will be no more of it: 400, 408 or 413, and an `ascii` text; 0 while it goes on or is whole. */
  status: i32 = 0;
  reason: usize = 0;
  /** What would be left behind where the handler trapped now. */
  partial: Partial | null = null;
  private expectsContinue: bool = head.has(HeadFlag.CONTINUE) && head.minor != 0;
  private isChunked: bool = head.has(HeadFlag.CHUNKED);
  private codingOwner: ArrayBuffer = newBuffer(<i32>offsetof<Content>());
  /** Time in ms that the client may still let pass, and since when it does. */
  private patience: u32 = settings.contentTimeout;
  private since: u32 = 0;

  constructor(
    /** Null once the client is gone. */
    public connection: Connection | null,
  ) {
    const coding = this.coding;
    clearContent(coding);
    coding.limit = content.limit;
    if (head.has(HeadFlag.LENGTH)) coding.left = head.contentLength;
    this.isWhole = !this.isChunked && !coding.left;
  }

  /** Whether no more will come. */
  get isOver(): bool {
    return this.isWhole || this.status != 0;
  }

  /** Takes the next piece from [input.next, input.stop). False where there is none. */
  take(): bool {
    if (this.isOver || input.next == input.stop) return false;
    const from = input.next;
    const coding = this.coding;
    coding.length = 0;
    if (this.isChunked) {
      coding.source = 0;
      const result = decodeChunked(coding, from, input.stop);
      if (result < 0) {
        this.breakOff(result);
        return false;
      }
      input.next = from + coding.source;
      coding.overhead -= min(coding.overhead, coding.length << 3);
      coding.limit -= coding.length;
      this.isWhole = result > 0;
    } else {
      coding.length = min(coding.left, <u32>(input.stop - from));
      coding.left -= coding.length;
      input.next = from + coding.length;
      this.isWhole = !coding.left;
    }
    this.piece = from;
    this.length = coding.length;
    return this.length != 0;
  }

  /** Takes all that is here. */
  skip(): void {
    while (this.take()) continue;
  }

  /** Begins to wait for more; returns how many ms at most. */
  await(c: Connection): u32 {
    if (this.expectsContinue) sendContinue(c);
    this.expectsContinue = false;
    this.since = host.now;
    return this.patience;
  }

  /** That many bytes came. */
  resume(length: i32): void {
    const waited = host.now - this.since;
    this.patience = min(settings.contentTimeout, this.patience - min(this.patience, waited) + length);
  }

  /** There will be no more: `result` is a negated status. */
  breakOff(result: i32): void {
    this.status = -result;
    this.reason = refusalReason;
    const c = this.connection;
    if (c && !c.isGone) logRefusal(c, -result);
  }

  /** The client sends no more. */
  end(): void {
    this.breakOff(refuse(400, ascii("request ends early")));
  }

  /** The client lets us wait too long. */
  expire(): void {
    this.breakOff(refuse(408, ascii("request takes too long")));
  }

  /** The handler trapped. */
  discard(): void {
    const partial = this.partial;
    this.partial = null;
    if (partial) partial.discard();
  }

  /** The client is gone. */
  lose(): void {
    this.connection = null;
    if (!this.isOver) this.breakOff(refuse(400, ascii("client is gone")));
  }

  // @ts-ignore: decorator
  @inline
  private get coding(): Content {
    return changetype<Content>(this.codingOwner);
  }
}

/** That of the request whose handler runs, where it is taken in pieces. */
// @ts-ignore: decorator
@lazy export let incoming: Incoming | null = null;

/** Says whose handler runs. */
export function turnTo(body: Incoming | null): void {
  incoming = body;
}
