/** What a contract case needs of a level: connections to the server, seen from the client. */

import { parseResponse, type Closed, type Response } from "../../host/sandbox/index.js";

export interface Driver {
  open(): Promise<Peer>;
  /** Lets time pass. */
  pause(ms: number): Promise<void>;
}

/** A client's connection: bytes out, responses in. */
export abstract class Peer {
  /** The client's address, as the server sees it. */
  abstract readonly address: string;
  /** Sends a character as a byte each. */
  abstract write(text: string): Promise<void>;
  /** Sends FIN. */
  abstract end(): Promise<void>;
  /** Breaks the connection off, whatever its state; at the end of a case. */
  abstract drop(): void;
  /** The bytes that have come and were not yet taken. */
  protected abstract received(): Buffer;
  /** Takes that many of them. */
  protected abstract take(length: number): void;
  /** How the server has ended the connection. */
  protected abstract ended(): Closed;
  /** Waits until more has come or the connection has ended; false where nothing more will come by itself. */
  protected abstract more(): Promise<boolean>;

  /** The next response. Rejects where it is malformed or does not come whole. */
  async response(method = "GET"): Promise<Response> {
    for (;;) {
      const bytes = this.received();
      const found = parseResponse(bytes, { method, ended: this.ended() !== "no" });
      if (found !== null) {
        this.take(found.length);
        return found.response;
      }
      if (!(await this.more()))
        throw new Error(`no complete response, only ${JSON.stringify(bytes.toString("latin1"))}`);
    }
  }

  /** Waits for a text, such as an interim response, and takes it. */
  async text(expected: string): Promise<void> {
    for (;;) {
      const text = this.received().toString("latin1");
      if (text.startsWith(expected)) {
        this.take(expected.length);
        return;
      }
      if (!expected.startsWith(text) || !(await this.more())) {
        throw new Error(`expected ${JSON.stringify(expected)}, not ${JSON.stringify(text)}`);
      }
    }
  }

  /** Waits for bytes that match to have come, and leaves them. */
  async until(expected: RegExp): Promise<void> {
    while (!expected.test(this.rest)) {
      if (!(await this.more())) throw new Error(`expected ${expected}, not ${JSON.stringify(this.rest)}`);
    }
  }

  /** Waits for the server to end the connection; "no" where it does not. */
  async closing(): Promise<Closed> {
    while (this.ended() === "no" && (await this.more())) continue;
    return this.ended();
  }

  /** Bytes that have come and belong to no response read so far. */
  get rest(): string {
    return this.received().toString("latin1");
  }
}
