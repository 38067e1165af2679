import { Producer } from "../server/activity";
import { complete, sendHead } from "../server/answer";
import { Connection, State } from "../server/connection";
import { goOn } from "../server/http";
import { head } from "../http/parser";
import { Response } from "../server/response";
import { settings } from "../server/settings";
import { pause, prepare, Task, Wait } from "../tasks/task";
import { Writer } from "./writer";

/** Writes content; ends where it returns. */
export type StreamHandler = (out: Writer) => void;

/** Answers with what a function writes. */
export class FunctionProducer extends Producer {
  constructor(private readonly handler: StreamHandler) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    const isChunked = head.minor != 0;
    if (!sendHead(c, response, -1)) return complete(c);
    const task = new StreamTask(c, this.handler, new WaitingWriter(c, isChunked));
    return task.start(c);
  }
}

/** A writer whose `write` waits. */
class WaitingWriter extends Writer {
  protected settle(c: Connection): bool {
    return !c.isGone && (!c.queue || pause(Wait.ROOM, settings.sendTimeout));
  }
}

/** A function that writes content. */
class StreamTask extends Task {
  constructor(
    c: Connection,
    private readonly handler: StreamHandler,
    private readonly writer: Writer,
  ) {
    super(c);
  }

  /** Calls the function for the first time; as `Producer.begin`. */
  start(c: Connection): bool {
    prepare();
    c.state = State.BUSY;
    c.activity = this;
    return this.run() ? this.finishWith(c) : false;
  }

  protected invoke(): void {
    this.handler(this.writer);
  }

  protected done(): void {
    const c = this.connection;
    if (c) goOn(c, this.finishWith(c));
  }

  gone(c: Connection): void {
    this.writer.connection = null;
    super.gone(c);
  }

  private finishWith(c: Connection): bool {
    c.activity = null;
    this.writer.finish();
    this.drop();
    return complete(c);
  }
}
