/** A client of the guest in `tests/apps/files`: commands and their answers, and the bytes of files. */

import { once } from "node:events";
import type { Client, Host } from "./bare-host.js";

/** How long anything may take, in ms. */
const PATIENCE = 30_000;

export class FileSession {
  private received: Buffer = Buffer.alloc(0);
  private end: string | null = null;
  private wake: () => void = () => undefined;

  private constructor(readonly client: Client) {
    const { socket } = client;
    socket.on("data", (text: string) =>
      this.note(() => (this.received = Buffer.concat([this.received, latin1(text)]))),
    );
    socket.on("end", () => this.note(() => (this.end ??= "fin")));
    socket.on("error", (error: NodeJS.ErrnoException) => this.note(() => (this.end ??= error.code ?? error.message)));
  }

  static async open(host: Host): Promise<FileSession> {
    return new FileSession(await host.connect());
  }

  /** Gives a command, and waits for a line. */
  async ask(...command: readonly string[]): Promise<string> {
    this.tell(...command);
    return this.line();
  }

  tell(...command: readonly string[]): this {
    this.client.write(command.join("\n"));
    return this;
  }

  async line(): Promise<string> {
    await this.until("a line", () => this.received.includes(0x0a));
    const end = this.received.indexOf(0x0a);
    const line = this.received.toString("utf8", 0, end);
    this.received = this.received.subarray(end + 1);
    return line;
  }

  async bytes(count: number): Promise<Buffer> {
    await this.until(`${count} bytes`, () => this.received.length >= count);
    const bytes = this.received.subarray(0, count);
    this.received = this.received.subarray(count);
    return bytes;
  }

  /** Forgets `count` bytes as they come. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      await this.until(`${left} bytes`, () => this.received.length > 0);
      left -= (await this.bytes(Math.min(left, this.received.length))).length;
    }
  }

  /** Reads on to the end: what came, and how it ended, "fin" or the code of an error such as ECONNRESET. */
  async rest(): Promise<{ bytes: Buffer; end: string }> {
    await this.until("the end", () => this.end !== null);
    return { bytes: this.received, end: this.end ?? "" };
  }

  /** Waits for the end, and tells whether it was a reset. */
  async wasReset(): Promise<boolean> {
    const { end } = await this.rest();
    if (end !== "fin") return true;
    // Node may take a reset for FIN while it reads; a connection that was reset takes nothing, though.
    return new Promise((resolve) => this.client.socket.write("x", (error) => resolve((error ?? null) !== null)));
  }

  /** Takes nothing from now on, until `resume`. */
  pause(): this {
    this.client.socket.pause();
    return this;
  }

  resume(): this {
    this.client.socket.resume();
    return this;
  }

  /** Breaks the connection off. */
  async reset(): Promise<void> {
    this.client.socket.resetAndDestroy();
    await once(this.client.socket, "close");
  }

  private note(change: () => void): void {
    change();
    this.wake();
  }

  private async until(what: string, come: () => boolean): Promise<void> {
    while (!come()) {
      if (this.end !== null && what !== "the end") {
        throw new Error(`${what} expected, but it ended (${this.end}) after ${this.received.length} more bytes`);
      }
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`timed out: ${what}`)), PATIENCE);
        this.wake = () => (clearTimeout(timer), resolve());
      });
    }
  }
}

function latin1(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
