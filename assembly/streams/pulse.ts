import { Close } from "../abi";
import { Connection } from "../server/connection";
import { wait } from "../server/deadline";
import { end } from "../server/send";
import { settings } from "../server/settings";
import { host } from "../server/window";
import { writeComment } from "./event";
import { beginPiece, deliverPiece } from "./piece";

/** A time in ms in which nothing comes up. */
// @ts-ignore: decorator
@inline const LONG: u32 = 0x3fffffff;

/** Comments in a quiet event stream: they keep it alive, and show where its client is gone. */
export class Pulse {
  /** When something was sent last that the client could take, in ms as `Window.now`. */
  private last: u32 = host.now;

  constructor(
    private readonly isChunked: bool,
    /** Time in ms without anything, until a comment is sent; 0: none is. */
    private readonly interval: u32,
  ) {}

  /** Something is sent now, or what was sent is taken. */
  note(): void {
    this.last = host.now;
  }

  /** Waits until something is to be done, at most `ms`. */
  rest(c: Connection, ms: u32 = LONG): void {
    wait(c, min(ms, this.left(c)));
  }

  /** Sends a comment where it is time, or gives the client up that has taken nothing for too long: false. */
  beat(c: Connection): bool {
    if (this.left(c)) return true;
    if (c.queue) {
      end(c, Close.RESET);
      return false;
    }
    writeComment(beginPiece(0), "");
    deliverPiece(c, this.isChunked);
    this.note();
    return true;
  }

  private left(c: Connection): u32 {
    const patience = c.queue ? settings.sendTimeout : this.interval;
    return patience ? <u32>max(0, <i32>(this.last + patience - host.now)) : LONG;
  }
}
