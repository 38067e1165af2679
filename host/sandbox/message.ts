/** Joins the data frames of messages (RFC 6455, 5.4). */

import { Opcode, readText, WebSocketError, type Frame } from "./frame.js";

/** A text message, or a binary one. */
export type Message = string | Uint8Array;

export class MessageReader {
  private readonly fragments: Frame[] = [];

  /** Takes a data frame; the message where that completes one, else null. Throws WebSocketError. */
  add(frame: Frame): Message | null {
    const begun = this.fragments.length > 0;
    if (frame.opcode === Opcode.CONTINUATION && !begun) throw new WebSocketError("a continuation of no message");
    if (frame.opcode !== Opcode.CONTINUATION && begun) throw new WebSocketError("a message within another one");
    this.fragments.push(frame);
    if (!frame.fin) return null;
    const all = this.fragments.splice(0);
    const bytes = new Uint8Array(Buffer.concat(all.map(({ payload }) => payload)));
    return all[0]?.opcode === Opcode.TEXT ? readText(bytes) : bytes;
  }
}
