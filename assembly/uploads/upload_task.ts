import { read } from "../abi";
import { answer } from "../server/answer";
import { input, reopen } from "../server/buffer";
import { Connection, State } from "../server/connection";
import { checked, complain, fault, NO_RESPONSE, redispatch, refusal } from "../server/dispatch";
import { follow, settle } from "../server/http";
import { requestCollection } from "../server/memory";
import { freeShared, Response } from "../server/response";
import { Context } from "../tasks/context";
import { prepare, Task, Wait } from "../tasks/task";
import { Incoming, turnTo } from "./incoming";

/** A handler that reads its request's content as it comes, with the middleware around it. */
export class UploadTask extends Task {
  private response: Response | null = null;

  constructor(
    c: Connection,
    private readonly body: Incoming,
  ) {
    super(c);
  }

  /** Calls the handler for the first time. */
  begin(c: Connection): void {
    prepare();
    freeShared();
    c.state = State.BUSY;
    c.activity = this;
    this.go(c);
  }

  get takesData(): bool {
    return this.waitsFor == Wait.DATA;
  }

  protected invoke(): void {
    turnTo(this.body);
    this.response = redispatch();
    turnTo(null);
  }

  keep(): void {
    if (!this.context) this.context = new Context();
    super.keep();
  }

  data(c: Connection, from: usize, to: usize): void {
    input.next = from;
    input.stop = to;
    store<u64>(to, 0);
    this.body.resume(<i32>(to - from));
    this.go(c);
  }

  expire(c: Connection): void {
    if (this.takesData) this.body.expire();
    reopen(c);
    this.go(c);
  }

  finish(c: Connection): void {
    if (!this.takesData) return;
    reopen(c);
    this.go(c);
  }

  gone(c: Connection): void {
    this.body.lose();
    super.gone(c);
  }

  /** Lets the handler go on, until it waits or returns. */
  private go(c: Connection): void {
    if (this.run()) return this.done();
    requestCollection();
    settle(c);
    if (c.activity == this && this.takesData) read(c.conn, 1);
  }

  protected done(): void {
    const c = this.connection;
    if (!c) return;
    const status = this.body.status;
    let response = checked(changetype<Response>(this.response));
    if (!changetype<usize>(response)) response = complain(NO_RESPONSE);
    if (status && response.status < 400) {
      freeShared();
      response = refusal(status, this.body.reason);
    }
    this.finishWith(c, response);
  }

  /** Its handler trapped. */
  abandon(): void {
    turnTo(null);
    this.body.discard();
    if (!this.connection) this.drop();
  }

  fault(c: Connection): void {
    this.abandon();
    freeShared();
    this.finishWith(c, fault());
  }

  private finishWith(c: Connection, response: Response): void {
    const body = this.body;
    body.skip();
    c.closing = !body.isWhole || c.isGone;
    c.activity = null;
    c.state = State.IDLE;
    const isReady = answer(c, response);
    this.connection = null;
    this.drop();
    follow(c, isReady);
  }
}
