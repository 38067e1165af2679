/** Connections in the sandbox. */

import type { Open, Wire } from "./wire.js";
import type { App, Connection } from "../../host/sandbox/index.js";

const STEPS = 100;

export function sandboxWires(app: App): Open {
  return async () => new SandboxWire(app, app.open({ window: 4000 }));
}

class SandboxWire implements Wire {
  private received = "";

  constructor(
    private readonly app: App,
    private readonly connection: Connection,
  ) {}

  write(data: Uint8Array | string): void {
    this.received = "";
    this.connection.write(data);
  }

  until(end: string, anywhere = false): Promise<void> {
    return this.wait(() => (anywhere ? this.received.includes(end) : this.received.endsWith(end)), end);
  }

  closed(): Promise<void> {
    return this.wait(() => this.connection.closed !== "no", "the end");
  }

  async end(): Promise<void> {
    this.connection.end();
    await this.closed();
  }

  async reset(): Promise<void> {
    this.connection.reset();
  }

  /** The client takes what has come, and time goes on, until something holds. Others get their turn in between. */
  private async wait(holds: () => boolean, what: string): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      const came = this.connection.take();
      this.received += came;
      if (came !== "") this.connection.window += came.length;
      if (holds()) return;
      if (came === "") this.app.advance({ ms: 1 });
      await Promise.resolve();
    }
    throw new Error(`${what} has not come, but ${this.received}`);
  }
}
