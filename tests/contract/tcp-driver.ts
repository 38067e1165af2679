/** A real server behind a real socket as a level. */

import { connect, type Socket } from "node:net";
import type { Closed } from "../../host/sandbox/index.js";
import { Peer, type Driver } from "./driver.js";

/** How long a byte may take that must come, in ms: far more than it ever does. */
const PATIENCE = 30_000;

/** Where a server listens. */
export interface Address {
  readonly port: number;
  readonly host: string;
}

export class TcpDriver implements Driver {
  constructor(private readonly server: Address) {}

  open(): Promise<TcpPeer> {
    return new Promise((resolve, reject) => {
      const { port, host } = this.server;
      const socket = connect({ port, host, noDelay: true, allowHalfOpen: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new TcpPeer(socket));
      });
    });
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }
}

export class TcpPeer extends Peer {
  private chunks: Buffer[] = [];
  private state: Closed = "no";
  private wake: (came?: boolean) => void = () => undefined;

  readonly address: string;

  constructor(readonly socket: Socket) {
    super();
    this.address = socket.localAddress ?? "";
    socket.on("data", (chunk: Buffer) => this.note(() => this.chunks.push(chunk)));
    socket.on("end", () => this.note(() => (this.state = "fin")));
    socket.on("error", () => this.note(() => (this.state = "reset")));
  }

  write(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.writable) this.socket.write(Buffer.from(text, "latin1"), () => resolve());
      else resolve();
    });
  }

  async end(): Promise<void> {
    this.socket.end();
  }

  drop(): void {
    this.socket.destroy();
  }

  protected received(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  protected take(length: number): void {
    this.chunks = [this.received().subarray(length)];
  }

  protected ended(): Closed {
    return this.state;
  }

  protected more(): Promise<boolean> {
    if (this.state !== "no") return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.note(() => undefined, false), PATIENCE);
      this.wake = (came = true) => {
        clearTimeout(timer);
        this.wake = () => undefined;
        resolve(came);
      };
    });
  }

  private note(change: () => void, came = true): void {
    change();
    this.wake(came);
  }
}
