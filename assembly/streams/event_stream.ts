import { Close } from "../abi";
import { Method } from "../http/method";
import { head } from "../http/parser";
import { Producer } from "../server/activity";
import { complete, sendHead } from "../server/answer";
import { Connection } from "../server/connection";
import { isDue } from "../server/deadline";
import { request } from "../server/dispatch";
import { Response } from "../server/response";
import { end } from "../server/send";
import { host } from "../server/window";
import { Wait } from "../tasks/task";
import { writeComment, writeEvent } from "./event";
import { StreamTask } from "./function_stream";
import { beginPiece } from "./piece";
import { Pulse } from "./pulse";
import { WaitingWriter } from "./waiting_writer";

/** Sends events; they end where the function returns. */
export type EventHandler = (out: EventWriter) => void;

/** Sends server-sent events (WHATWG HTML, 9.2). */
export class EventWriter extends WaitingWriter {
  constructor(
    c: Connection,
    isChunked: bool,
    readonly pulse: Pulse,
    /** The last event that a client has which comes back, by its id (the field Last-Event-ID); "" where it tells none. */
    readonly lastEventId: string,
  ) {
    super(c, isChunked);
  }

  /**
   * Sends an event. Each line of `data` becomes a field; `event` is its type, "message" to the client where it is empty;
   * `retry` the time in ms after which the client comes back once it has lost the connection. False where the client is
   * gone. Aborts where `event` or `id` has CR, LF or NUL.
   */
  send(data: string, event: string = "", id: string = "", retry: i32 = 0): bool {
    writeEvent(beginPiece(data.length + 64), data, event, id, retry);
    return this.push();
  }

  /** Sends a comment, which the client passes over; as `send`. */
  comment(text: string): bool {
    writeComment(beginPiece(text.length), text);
    return this.push();
  }

  protected push(): bool {
    const c = this.connection;
    if (c && !c.queue) this.pulse.note();
    return super.push();
  }
}

/** Answers with the events that a function sends. */
export class EventProducer extends Producer {
  constructor(
    private readonly handler: EventHandler,
    private readonly keepAlive: u32,
  ) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    const isChunked = head.minor != 0;
    if (!sendEventHead(c, response)) return complete(c);
    const id = request.headers.get("last-event-id");
    const pulse = new Pulse(isChunked, this.keepAlive);
    const writer = new EventWriter(c, isChunked, pulse, id === null ? "" : id);
    return new EventTask(c, writer, this.handler).start(c);
  }
}

/** Sends the head; false where no events follow. The connection ends with them, so that what the client sends needs no place. */
export function sendEventHead(c: Connection, response: Response): bool {
  if (head.method != <u16>Method.HEAD) c.closing = true;
  return sendHead(c, response, -1);
}

/** A function that sends events. */
class EventTask extends StreamTask {
  /** When the function waits no more, in ms as `Window.now`. */
  private until: u32 = 0;

  constructor(
    c: Connection,
    private readonly events: EventWriter,
    private readonly handler: EventHandler,
  ) {
    super(c, events);
  }

  get takesData(): bool {
    return true;
  }

  protected invoke(): void {
    this.handler(this.events);
  }

  protected arm(ms: u32): void {
    super.arm(ms);
    this.until = host.now + ms;
    const c = this.connection;
    if (c && this.waitsFor == Wait.TIME) this.events.pulse.rest(c, ms);
  }

  expire(c: Connection): void {
    const rest = this.until - host.now;
    if (this.isGone || this.waitsFor != Wait.TIME || isDue(this.until)) super.expire(c);
    else if (this.events.pulse.beat(c)) this.events.pulse.rest(c, rest);
  }

  finish(c: Connection): void {
    end(c, Close.FLUSH);
  }

  stop(c: Connection): void {
    this.finishSoon(c);
  }
}
