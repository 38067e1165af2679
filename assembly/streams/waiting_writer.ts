import { Flag } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Connection } from "../server/connection";
import { request } from "../server/dispatch";
import { requestCollection } from "../server/memory";
import { Request } from "../server/request";
import { settings } from "../server/settings";
import { host } from "../server/window";
import { Context } from "../tasks/context";
import { pause, running, Task, Wait } from "../tasks/task";
import { Writer } from "./writer";

/** Pieces after which others have their turn, in case the client takes all at once. */
// @ts-ignore: decorator
@inline const MAX_PIECES: i32 = 64;

/** A writer whose methods wait. */
export class WaitingWriter extends Writer {
  /** Runs the function that it was given to. */
  task: Task | null = null;
  /** The request may be another one's by now. */
  private isLate: bool = false;
  private pieces: i32 = 0;

  get request(): Request {
    const task = this.own();
    if (!task.context) {
      if (this.isLate) fail(ascii("ask for the request before the first write or wait"));
      task.context = new Context();
    }
    return request;
  }

  wait(ms: i32): bool {
    this.own();
    return pause(Wait.TIME, max(0, ms));
  }

  protected push(): bool {
    this.own();
    this.isLate = true;
    return super.push();
  }

  /** Waits until the client has taken what it was sent; or for a moment, so that garbage can be collected and others are served. */
  protected settle(c: Connection): bool {
    if (c.isGone) return false;
    if (c.queue) return pause(Wait.ROOM, settings.sendTimeout) && !c.isGone;
    requestCollection();
    if (++this.pieces < MAX_PIECES && !(host.flags & (<u32>Flag.COLLECT))) return true;
    return pause(Wait.TIME, 0) && !c.isGone;
  }

  /** Notes that the function waits, by whatever call. */
  left(): void {
    this.isLate = true;
    this.pieces = 0;
  }

  /** Its task. Aborts where another one, or none, runs. */
  private own(): Task {
    const task = this.task;
    if (!task || task != running) fail(ascii("a Writer is only for the function that it was given to"));
    return changetype<Task>(task);
  }
}
