import { answer } from "../server/answer";
import { reopen } from "../server/buffer";
import { Connection, State } from "../server/connection";
import { checked, complain, fault, NO_RESPONSE, redispatch } from "../server/dispatch";
import { goOn } from "../server/http";
import { freeShared, Response } from "../server/response";
import { Task } from "./task";

/** A request's handler, with the middleware around it. */
export class HandlerTask extends Task {
  private response: Response | null = null;

  protected invoke(): void {
    this.response = redispatch();
  }

  protected done(): void {
    const c = this.connection;
    if (!c) return;
    const response = checked(changetype<Response>(this.response));
    this.finishWith(c, changetype<usize>(response) ? response : complain(NO_RESPONSE));
  }

  fault(c: Connection): void {
    freeShared();
    this.finishWith(c, fault());
  }

  private finishWith(c: Connection, response: Response): void {
    c.activity = null;
    c.state = State.IDLE;
    // What follows, should the answer trap.
    reopen(c);
    const isReady = answer(c, response);
    this.drop();
    goOn(c, isReady);
  }
}
