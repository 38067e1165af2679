/** The sandbox as a level. */

import type { App, Closed, Connection } from "../../host/sandbox/index.js";
import { CLIENT } from "./case.js";
import { Peer, type Driver } from "./driver.js";

export class SandboxDriver implements Driver {
  constructor(private readonly app: App) {}

  open(): Promise<SandboxPeer> {
    return Promise.resolve(new SandboxPeer(this.app.open()));
  }

  async pause(ms: number): Promise<void> {
    this.app.advance({ ms });
  }
}

class SandboxPeer extends Peer {
  readonly address = CLIENT;
  private taken = 0;

  constructor(private readonly connection: Connection) {
    super();
  }

  async write(text: string): Promise<void> {
    this.connection.write(Buffer.from(text, "latin1"));
  }

  async end(): Promise<void> {
    this.connection.end();
  }

  drop(): void {
    this.connection.reset();
  }

  protected received(): Buffer {
    return Buffer.from(this.connection.output).subarray(this.taken);
  }

  protected take(length: number): void {
    this.taken += length;
  }

  protected ended(): Closed {
    return this.connection.closed;
  }

  /** Everything that will come without time has come. */
  protected async more(): Promise<boolean> {
    return false;
  }
}
