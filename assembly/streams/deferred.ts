import { Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { HeadFlag } from "../http/head";
import { head } from "../http/parser";
import { Activity, Producer } from "../server/activity";
import { answer } from "../server/answer";
import { reopen } from "../server/buffer";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { wait } from "../server/deadline";
import { checked, refusal } from "../server/dispatch";
import { clearRequest } from "../server/errors";
import { goOn } from "../server/http";
import { beginLine, endLine } from "../server/log";
import { detachShared, freeShared, Response, Use } from "../server/response";

/**
 * An answer that comes later: the handler returns `response`, and a timer, or another request's handler, calls `resolve`.
 * Nothing waits in between, and no stack is kept.
 */
export class Deferred {
  /** What the handler returns. Field lines that middleware adds to it go to the client with the answer. */
  readonly response: Response = new Response();
  private readonly pending: Pending;

  constructor(
    /** Time in ms from when `response` is returned; then the client gets 504. */
    timeout: i32 = 60_000,
  ) {
    const pending = new Pending(timeout);
    this.pending = pending;
    this.response.use = Use.PRODUCED;
    this.response.producer = new DeferredProducer(pending);
  }

  /** Answers. False where it is too late: the client is gone, it was answered before, or time was up. */
  resolve(response: Response): bool {
    return this.pending.resolve(response);
  }

  /** Whether an answer would still be sent. */
  get isOpen(): bool {
    return this.pending.isOpen;
  }
}

class DeferredProducer extends Producer {
  constructor(private readonly pending: Pending) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    this.pending.start(c, response.fields);
    return false;
  }
}

/** A request that is answered later. */
class Pending extends Activity {
  isOpen: bool = true;
  private connection: Connection | null = null;
  /** The answer, and what it is to be used for. */
  private response: Response | null = null;
  private use: Use = Use.FRESH;
  /** Field lines of what the handler returned. */
  private fields: Output | null = null;
  /** What its head said that an answer depends on. */
  private flags: u16 = 0;
  private method: u16 = 0;
  private minor: u8 = 0;

  constructor(private readonly timeout: u32) {
    super();
  }

  /** The handler has returned. */
  start(c: Connection, fields: Output): void {
    this.fields = fields;
    this.flags = head.flags & (<u16>(HeadFlag.CLOSE | HeadFlag.KEEP_ALIVE));
    this.method = head.method;
    this.minor = head.minor;
    this.connection = c;
    c.state = State.BUSY;
    c.activity = this;
    current.conn = -1;
    wait(c, this.response ? 0 : this.timeout);
  }

  /** It is sent once this event is over, which may be in the middle of another answer. */
  resolve(response: Response): bool {
    const c = this.connection;
    if (!this.isOpen || (c && c.isGone)) return false;
    if (response.use == Use.SENT) fail(ascii("a Response was sent twice: make one a request"));
    detachShared();
    this.isOpen = false;
    this.response = response;
    this.use = response.use;
    response.use = Use.SENT;
    if (c) wait(c, 0);
    return true;
  }

  expire(c: Connection): void {
    this.isOpen = false;
    c.activity = null;
    c.state = State.IDLE;
    // What follows, should an error handler trap.
    reopen(c);
    current.conn = c.conn;
    clearRequest();
    head.flags = this.flags;
    head.method = this.method;
    head.minor = this.minor;
    const response = this.answer();
    const fields = changetype<Output>(this.fields);
    response.fields.bytes(fields.start, fields.length);
    goOn(c, answer(c, response));
  }

  gone(c: Connection): void {
    this.isOpen = false;
    this.response = null;
  }

  private answer(): Response {
    freeShared();
    const response = this.response;
    if (response) {
      response.use = this.use;
      return checked(response);
    }
    const text = ascii("the answer did not come in time");
    const line = beginLine();
    line.ascii(text);
    endLine(Level.WARN);
    return refusal(504, text);
  }
}
