import { Activity, Producer } from "../server/activity";
import { answer } from "../server/answer";
import { input, reopen } from "../server/buffer";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { wait } from "../server/deadline";
import { checked, complain, fault, NO_RESPONSE, refusal } from "../server/dispatch";
import { refuel } from "../server/fuel";
import { follow } from "../server/http";
import { requestCollection } from "../server/memory";
import { Request } from "../server/request";
import { freeShared, Response } from "../server/response";
import { Context } from "../tasks/context";
import { BodyHandler } from "./body_handler";
import { Incoming } from "./incoming";

/** Answers once the content is whole. */
export class BodyProducer extends Producer {
  constructor(
    private readonly handler: BodyHandler,
    private readonly request: Request,
  ) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    return new BodyActivity(this.handler, this.request, response, new Incoming(c)).begin(c);
  }
}

/** Content on its way to a handler. */
class BodyActivity extends Activity {
  private context: Context = new Context();

  constructor(
    private readonly handler: BodyHandler,
    private readonly request: Request,
    /** Has the fields that middleware added. */
    private readonly early: Response,
    private readonly body: Incoming,
  ) {
    super();
  }

  get takesData(): bool {
    return true;
  }

  /** As `Producer.begin`. */
  begin(c: Connection): bool {
    current.conn = -1;
    c.state = State.BUSY;
    c.activity = this;
    if (this.body.isWhole) return this.complete(c);
    wait(c, this.body.await(c));
    return false;
  }

  data(c: Connection, from: usize, to: usize): void {
    input.next = from;
    input.stop = to;
    store<u64>(to, 0);
    const body = this.body;
    body.resume(<i32>(to - from));
    refuel();
    current.isLocked = true;
    while (body.take()) this.handler.piece(copyOf(body));
    current.isLocked = false;
    if (body.isOver) return follow(c, this.complete(c));
    requestCollection();
    wait(c, body.await(c));
  }

  expire(c: Connection): void {
    reopen(c);
    this.body.expire();
    follow(c, this.complete(c));
  }

  finish(c: Connection): void {
    reopen(c);
    this.body.end();
    follow(c, this.complete(c));
  }

  gone(c: Connection): void {
    this.context.free();
    this.tell(400);
  }

  fault(c: Connection): void {
    this.context.restore();
    current.conn = c.conn;
    freeShared();
    follow(c, this.finishWith(c, fault()));
  }

  /** Answers, since no more will come. */
  private complete(c: Connection): bool {
    const body = this.body;
    this.context.restore();
    current.conn = c.conn;
    freeShared();
    refuel();
    if (!body.isWhole) {
      this.tell(body.status);
      return this.finishWith(c, refusal(body.status, body.reason));
    }
    current.isLocked = true;
    const response = this.handler.end(this.request);
    current.isLocked = false;
    return this.finishWith(c, changetype<usize>(response) ? checked(response) : complain(NO_RESPONSE));
  }

  private tell(status: i32): void {
    current.isLocked = true;
    this.handler.broken(status);
    current.isLocked = false;
  }

  private finishWith(c: Connection, response: Response): bool {
    const added = this.early.fields;
    response.fields.bytes(added.start, added.length);
    c.closing = !this.body.isWhole || c.isGone;
    c.activity = null;
    c.state = State.IDLE;
    const isReady = answer(c, response);
    this.context.free();
    return isReady;
  }
}

function copyOf(body: Incoming): Uint8Array {
  const bytes = new Uint8Array(body.length);
  memory.copy(bytes.dataStart, body.piece, body.length);
  return bytes;
}
