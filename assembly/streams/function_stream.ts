import { head } from "../http/parser";
import { Producer } from "../server/activity";
import { complete, sendHead } from "../server/answer";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { goOn } from "../server/http";
import { Response } from "../server/response";
import { prepare, Task } from "../tasks/task";
import { WaitingWriter } from "./waiting_writer";
import { Writer } from "./writer";

/** Writes content; that ends where the function returns. */
export type StreamHandler = (out: Writer) => void;

/** Answers with what a function writes. */
export class FunctionProducer extends Producer {
  constructor(private readonly handler: StreamHandler) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    const isChunked = head.minor != 0;
    if (!sendHead(c, response, -1)) return complete(c);
    return new FunctionTask(c, new WaitingWriter(c, isChunked), this.handler).start(c);
  }
}

/** A function that writes content. */
export abstract class StreamTask extends Task {
  constructor(
    c: Connection,
    protected readonly writer: WaitingWriter,
  ) {
    super(c);
    writer.task = this;
  }

  /** Calls the function for the first time; as `Producer.begin`. */
  start(c: Connection): bool {
    prepare();
    c.state = State.BUSY;
    c.activity = this;
    current.conn = c.conn;
    return this.run() && this.finishWith(c);
  }

  protected arm(ms: u32): void {
    this.writer.left();
    super.arm(ms);
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
    current.conn = -1;
    c.activity = null;
    this.writer.finish();
    this.drop();
    return complete(c);
  }
}

class FunctionTask extends StreamTask {
  constructor(
    c: Connection,
    writer: WaitingWriter,
    private readonly handler: StreamHandler,
  ) {
    super(c, writer);
  }

  protected invoke(): void {
    this.handler(this.writer);
  }
}
