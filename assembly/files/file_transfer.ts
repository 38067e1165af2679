import { Close, file_unsent } from "../abi";
import { Activity } from "../server/activity";
import { complete } from "../server/answer";
import { Connection } from "../server/connection";
import { wait } from "../server/deadline";
import { goOn } from "../server/http";
import { end } from "../server/send";
import { settings } from "../server/settings";
import { FileProducer } from "./file_producer";

/** Bytes that a client has to take in each `sendTimeout`, where there are as many. */
// @ts-ignore: decorator
@inline const LEAST_PROGRESS: u32 = 4096;

/** A file on its way to a client that does not take it at once. */
export class FileTransfer extends Activity {
  /** Bytes that were unsent when the current `sendTimeout` began. */
  unsent: u32 = 0;

  /** With a producer, that sends the file once the head is taken. */
  constructor(private producer: FileProducer | null) {
    super();
  }

  writable(c: Connection): void {
    const producer = this.producer;
    this.producer = null;
    if (producer) {
      const isReady = producer.send(c, this);
      if (!c.activity) goOn(c, isReady);
      return;
    }
    c.activity = null;
    goOn(c, complete(c));
  }

  expire(c: Connection): void {
    const unsent = <u32>file_unsent(c.conn);
    if (this.producer || this.unsent - unsent < LEAST_PROGRESS) return end(c, Close.RESET);
    this.unsent = unsent;
    wait(c, settings.sendTimeout);
  }

  stop(c: Connection): void {
    c.closing = true;
  }
}
