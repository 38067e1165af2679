import { Close } from "../abi";
import { head } from "../http/parser";
import { Activity, Producer } from "../server/activity";
import { complete } from "../server/answer";
import { Connection, State } from "../server/connection";
import { goOn } from "../server/http";
import { canSpare } from "../server/memory";
import { Response } from "../server/response";
import { end } from "../server/send";
import { writeEvent } from "./event";
import { sendEventHead } from "./event_stream";
import { beginPiece, deliverPiece, pieceLength } from "./piece";
import { Pulse } from "./pulse";
import { endChunks } from "./writer";

/** Bytes of memory that queues leave for requests, beside what all leave. */
// @ts-ignore: decorator
@inline const RESERVE: i32 = 4096;

/** Those who get events, whatever the topic. */
// @ts-ignore: decorator
@lazy let first: Subscriber | null = null;

/** What `Response.topic` clients get, by its name. */
export function topic(name: string): Topic {
  return new Topic(name);
}

/** A name under which events go to all who asked for them; nothing is kept of one that nobody asks for. */
export class Topic {
  constructor(readonly name: string) {}

  /** Sends an event to all clients, as `EventWriter.send`, but never waits. Returns how many it went to. */
  send(data: string, event: string = "", id: string = "", retry: i32 = 0): i32 {
    let count = 0;
    let isWritten = false;
    let at = find(this.name, first);
    while (at) {
      if (!isWritten) writeEvent(beginPiece(data.length + 64), data, event, id, retry);
      isWritten = true;
      if (at.offer()) count++;
      at = at.following;
    }
    return count;
  }

  /** How many clients there are. */
  get count(): i32 {
    let count = 0;
    let at = find(this.name, first);
    while (at) {
      count++;
      at = at.following;
    }
    return count;
  }

  /** Events that clients have missed who are there now, in total. */
  get dropped(): i32 {
    let dropped = 0;
    let at = find(this.name, first);
    while (at) {
      dropped += at.dropped;
      at = at.following;
    }
    return dropped;
  }
}

/** Answers with the events of a topic. */
export class TopicProducer extends Producer {
  constructor(
    private readonly name: string,
    private readonly maxQueue: i32,
    private readonly keepAlive: u32,
  ) {
    super();
  }

  begin(c: Connection, response: Response): bool {
    const isChunked = head.minor != 0;
    if (!sendEventHead(c, response)) return complete(c);
    const subscriber = new Subscriber(c, this.name, isChunked, this.maxQueue, new Pulse(isChunked, this.keepAlive));
    c.state = State.BUSY;
    c.activity = subscriber;
    subscriber.next = first;
    first = subscriber;
    subscriber.pulse.rest(c);
    return false;
  }
}

/** A client of a topic. */
class Subscriber extends Activity {
  next: Subscriber | null = null;
  /** Events that it missed. */
  dropped: i32 = 0;

  constructor(
    private readonly connection: Connection,
    readonly name: string,
    private readonly isChunked: bool,
    private readonly maxQueue: i32,
    readonly pulse: Pulse,
  ) {
    super();
  }

  /** The next one of the same topic. */
  get following(): Subscriber | null {
    return find(this.name, this.next);
  }

  /** Sends the piece; false where it is gone, or misses this. */
  offer(): bool {
    const c = this.connection;
    if (c.isGone) return false;
    const queue = c.queue;
    const length = pieceLength();
    const queued = queue ? queue.length - c.taken : 0;
    if ((queue && queued + length > this.maxQueue) || !canSpare(2 * queued + length + RESERVE)) {
      this.dropped++;
      return false;
    }
    deliverPiece(c, this.isChunked);
    if (queue) return true;
    this.pulse.note();
    this.pulse.rest(c);
    return true;
  }

  get takesData(): bool {
    return true;
  }

  writable(c: Connection): void {
    this.pulse.note();
    this.pulse.rest(c);
  }

  expire(c: Connection): void {
    if (this.pulse.beat(c)) this.pulse.rest(c);
  }

  finish(c: Connection): void {
    end(c, Close.FLUSH);
  }

  gone(c: Connection): void {
    if (first == this) first = this.next;
    else {
      let before = first;
      while (before && before.next != this) before = before.next;
      if (before) before.next = this.next;
    }
  }

  stop(c: Connection): void {
    this.gone(c);
    c.activity = null;
    if (this.isChunked) endChunks(c);
    goOn(c, complete(c));
  }
}

/** The first subscriber of a topic, from `at` on. */
function find(name: string, at: Subscriber | null): Subscriber | null {
  while (at && at.name != name) at = at.next;
  return at;
}
