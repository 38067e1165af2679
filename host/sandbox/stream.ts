/** A response that is read while it comes: a stream, or server-sent events. */

import type { Closed, Connection } from "./connection.js";
import { readContent, type Content } from "./content.js";
import { Fields } from "./fields.js";
import { readHead, ResponseError, type Head } from "./response-head.js";
import { parseEvents, type EventStream, type ServerSentEvent } from "./server-sent-events.js";

/** Each look at it reads what has come until then, as strictly as `fetch`: it throws ResponseError. */
export class Stream {
  /** Characters that `take` has returned. */
  private taken = 0;

  /**
   * @param connection the client's end, on which the request has been sent
   * @param method the request's
   */
  constructor(
    readonly connection: Connection,
    private readonly method: string,
  ) {}

  /** The status; null while the head is incomplete. */
  get status(): number | null {
    return this.read()?.head.status ?? null;
  }

  /** The fields; none while the head is incomplete. */
  get headers(): Fields {
    return this.read()?.head.fields ?? new Fields([]);
  }

  /** The content so far, transfer coding removed. */
  get bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.read()?.content.pieces ?? []));
  }

  /** The content so far as UTF-8 text; half a character at its end is left out. */
  get text(): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.bytes, { stream: true });
  }

  /** What `text` has more than at the last `take`. */
  take(): string {
    const { text } = this;
    const fresh = text.slice(this.taken);
    this.taken = text.length;
    return fresh;
  }

  /** The server-sent events that are complete. */
  get events(): readonly ServerSentEvent[] {
    return this.eventStream().events;
  }

  /** The comments between them. */
  get comments(): readonly string[] {
    return this.eventStream().comments;
  }

  /** The reconnection time in ms that the server has set last; null where it has not. */
  get retry(): number | null {
    return this.eventStream().retry;
  }

  /** The fields behind chunked content; none before. */
  get trailers(): Fields {
    return this.read()?.content.trailers ?? new Fields([]);
  }

  /** The content is complete: its last chunk, its length or, where that ends it, the server's FIN has come. */
  get ended(): boolean {
    return this.read()?.content.complete ?? false;
  }

  /** The server has ended the connection before the content was complete. */
  get cut(): boolean {
    return this.connection.closed !== "no" && !this.ended;
  }

  /** How the server has ended the connection, "no" while it has not. */
  get closed(): Closed {
    return this.connection.closed;
  }

  /** Bytes that the client accepts before the server's `send` falls short; raising it lets the server go on. */
  get window(): number {
    return this.connection.window;
  }

  set window(bytes: number) {
    this.connection.window = bytes;
  }

  /** Sends FIN: the client has no more to say, but still reads. */
  close(): this {
    this.connection.end();
    return this;
  }

  /** Breaks off. */
  reset(): this {
    this.connection.reset();
    return this;
  }

  private read(): { head: Head; content: Content } | null {
    const { output, closed } = this.connection;
    const found = readHead(output);
    if (found === null) return null;
    const content = readContent(output, found.head, this.method, closed === "fin");
    if (content.complete && content.end < output.length)
      throw new ResponseError("the server sent more than one response");
    return { head: found.head, content };
  }

  private eventStream(): EventStream {
    const type = this.headers.get("content-type");
    if (this.status !== null && !/^text\/event-stream(;|$)/.test(type ?? ""))
      throw new ResponseError(`server-sent events with Content-Type: ${type}, status ${this.status}`);
    return parseEvents(this.text);
  }
}
