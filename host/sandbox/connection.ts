/** A virtual TCP connection, seen from the client's end. */

import type { FileSend } from "./file-send.js";

/** What the server has done to the connection: nothing, FIN after its last byte, or a reset. */
export type Closed = "no" | "fin" | "reset";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The server's end of a connection: what the virtual host sees of it. */
export class Socket {
  /** Bytes that the client has sent and the guest has not yet read. */
  readonly inbox: Uint8Array[] = [];
  /** Bytes that have reached the client. */
  readonly outbox: Uint8Array[] = [];
  /** The client has sent its FIN. */
  ended = false;
  /** The guest has been told so. */
  endSeen = false;
  /** The client has reset the connection. */
  broken = false;
  /** The guest reads from it. */
  reading = true;
  /** A send fell short: `on_writable` is owed. */
  blocked = false;
  /** Bytes that the client accepts before `send` falls short. */
  room = Infinity;
  closed: Closed = "no";
  /** A file on its way to the client. */
  file: FileSend | null = null;
  /** Told when bytes, or the server's end, have reached the client: for one that answers by itself. */
  arrived: () => void = () => {};

  constructor(readonly address: string) {}

  /** Takes up to `size` bytes off the inbox. */
  receive(size: number): Uint8Array {
    const first = this.inbox.shift();
    if (first === undefined) return new Uint8Array(0);
    if (first.length > size) this.inbox.unshift(first.subarray(size));
    return first.subarray(0, size);
  }

  /** Passes the guest's bytes to the client; returns how many it took: none while a file is sent. */
  send(bytes: Uint8Array): number {
    return this.file === null ? this.pass(bytes) : 0;
  }

  /** Goes on with the file, if there is one, as far as the client takes it. */
  sendFile(): "all" | "part" | "cut" {
    const sent = this.file?.go((bytes) => this.pass(bytes)) ?? "all";
    if (sent === "all") this.file = null;
    else this.blocked = true;
    return sent;
  }

  private pass(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, this.room);
    if (taken > 0) this.outbox.push(bytes.slice(0, taken));
    this.room -= taken;
    this.blocked = taken < bytes.length;
    this.arrived();
    return taken;
  }

  /** Starts over as if it were new, for an instance that does not know it yet. */
  renew(): void {
    this.endSeen = false;
    this.reading = true;
    this.blocked = false;
  }

  /** The server ends the connection; what the client still sends goes nowhere. Within a file that is a reset. */
  close(how: "fin" | "reset"): void {
    this.inbox.length = 0;
    if (this.closed !== "no") return;
    this.closed = this.file === null ? how : "reset";
    this.file = null;
    this.arrived();
  }
}

/** The client's end: feed it, end it, and see what comes back. Each call returns when the server has nothing left to do. */
export class Connection {
  /** @param run lets the server work until it waits for something */
  constructor(
    private readonly socket: Socket,
    private readonly run: () => void,
  ) {}

  /** Sends bytes, or text as UTF-8, as one segment. After the server has closed they go nowhere, as on a real network. */
  write(data: Uint8Array | string): this {
    if (this.socket.ended || this.socket.broken) throw new Error("write after end() or reset()");
    this.post(typeof data === "string" ? encoder.encode(data) : data.slice());
    this.run();
    return this;
  }

  /** Sends bytes as one segment, where that is still possible, and leaves it to others to let the server go on. */
  post(bytes: Uint8Array): void {
    const { ended, broken, closed, inbox } = this.socket;
    if (bytes.length > 0 && !ended && !broken && closed === "no") inbox.push(bytes);
  }

  /** Sends FIN: the client will write no more, but still reads. */
  end(): this {
    this.socket.ended = true;
    this.run();
    return this;
  }

  /** Breaks the connection off: unread bytes in both directions are lost. */
  reset(): this {
    this.socket.broken = true;
    this.socket.inbox.length = 0;
    this.run();
    return this;
  }

  /** Bytes that the client accepts before the server's `send` falls short; raising it lets the server go on. */
  get window(): number {
    return this.socket.room;
  }

  set window(bytes: number) {
    this.socket.room = bytes;
    this.run();
  }

  /** How the server has ended the connection, "no" while it has not. */
  get closed(): Closed {
    return this.socket.closed;
  }

  /** All bytes that have come so far. */
  get output(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.socket.outbox));
  }

  /** The same as text (UTF-8). */
  get text(): string {
    return decoder.decode(this.output);
  }

  /** Returns what `output` holds and forgets it. */
  takeBytes(): Uint8Array {
    const bytes = this.output;
    this.socket.outbox.length = 0;
    return bytes;
  }

  /** How many sends of the server's the output came by, since it was last taken. */
  get sends(): number {
    return this.socket.outbox.length;
  }

  /** Returns what `text` holds and forgets it. */
  take(): string {
    return decoder.decode(this.takeBytes());
  }
}
