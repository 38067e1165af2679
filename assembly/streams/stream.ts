import { Close, Flag } from "../abi";
import { head } from "../http/parser";
import { Activity, Producer } from "../server/activity";
import { complete, sendHead } from "../server/answer";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { wait } from "../server/deadline";
import { refuel } from "../server/fuel";
import { goOn } from "../server/http";
import { requestCollection } from "../server/memory";
import { Response } from "../server/response";
import { end } from "../server/send";
import { settings } from "../server/settings";
import { host } from "../server/window";
import { Writer } from "./writer";

/** Pieces after which others have their turn, in case the client takes all at once. */
// @ts-ignore: decorator
@inline const MAX_PIECES: i32 = 16;

/** Makes content piece by piece, each when there is room for it, and keeps no stack in between. */
export abstract class Stream {
  /** Writes the next piece: a few hundred bytes, at most some thousand. False where that was the last one. */
  abstract next(out: Writer): bool;

  /** It is over, whether all was sent or not. Called once. */
  close(): void {}
}

/** Answers with what a `Stream` makes. */
export class PullProducer extends Producer {
  constructor(private readonly stream: Stream) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    const isChunked = head.minor != 0;
    if (!sendHead(c, response, -1)) return complete(c);
    return new PullTask(this.stream, new Writer(c, isChunked)).start(c);
  }
}

/** A `Stream` that is being sent. */
class PullTask extends Activity {
  constructor(
    private readonly stream: Stream,
    private readonly writer: Writer,
  ) {
    super();
  }

  /** Sends the first pieces; as `Producer.begin`. */
  start(c: Connection): bool {
    c.state = State.BUSY;
    c.activity = this;
    return this.pull(c) && this.finishWith(c);
  }

  writable(c: Connection): void {
    if (this.writer.delay) this.rest(c);
    else this.goOn(c);
  }

  expire(c: Connection): void {
    if (c.queue) end(c, Close.RESET);
    else this.goOn(c);
  }

  gone(c: Connection): void {
    this.writer.connection = null;
    this.close();
  }

  private goOn(c: Connection): void {
    if (this.pull(c)) goOn(c, this.finishWith(c));
  }

  /** Sends pieces while there is room. True where that was all. */
  private pull(c: Connection): bool {
    refuel();
    const writer = this.writer;
    for (let i = 0; i < MAX_PIECES && !c.queue && !writer.delay && !c.isGone; i++) {
      current.isLocked = true;
      const isLast = !this.stream.next(writer);
      current.isLocked = false;
      if (isLast) return true;
      requestCollection();
      if (host.flags & (<u32>Flag.COLLECT)) break;
    }
    this.rest(c);
    return false;
  }

  /** Waits for room, then for as long as it asked to. */
  private rest(c: Connection): void {
    if (c.queue || c.isGone) return wait(c, settings.sendTimeout);
    wait(c, this.writer.delay);
    this.writer.delay = 0;
  }

  private finishWith(c: Connection): bool {
    c.activity = null;
    this.writer.finish();
    this.close();
    return complete(c);
  }

  private close(): void {
    const isLocked = current.isLocked;
    current.isLocked = true;
    refuel();
    this.stream.close();
    current.isLocked = isLocked;
  }
}
