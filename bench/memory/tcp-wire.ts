/** Connections over TCP. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Open, Wire } from "./wire.js";
import { Failure } from "../../host/setup/failure.mjs";

const PATIENCE_MS = 20_000;
/** Addresses of this computer that connections come from in turns: each has as many ports as TCP allows. */
const ADDRESSES = 8;

export function tcpWires(port: number): Open {
  let opened = 0;
  return async () => {
    const localAddress = `127.0.0.${1 + (opened++ % ADDRESSES)}`;
    const socket = connect({ host: "127.0.0.1", port, localAddress, noDelay: true });
    await once(socket, "connect").catch((error: unknown) => {
      throw new Failure(`the bench cannot connect: ${(error as Error).message}`);
    });
    return new TcpWire(socket);
  };
}

class TcpWire implements Wire {
  private received = "";
  private isClosed = false;
  private check: () => void = () => undefined;

  constructor(private readonly socket: Socket) {
    socket.setEncoding("latin1").on("data", (text: string) => {
      this.received += text;
      this.check();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.isClosed = true;
      this.check();
    });
  }

  write(data: Uint8Array | string): void {
    this.received = "";
    this.socket.write(data);
  }

  until(end: string, anywhere = false): Promise<void> {
    return this.wait(() => (anywhere ? this.received.includes(end) : this.received.endsWith(end)), end);
  }

  closed(): Promise<void> {
    return this.wait(() => this.isClosed, "the end");
  }

  async end(): Promise<void> {
    this.socket.end();
    await this.closed();
  }

  async reset(): Promise<void> {
    this.socket.resetAndDestroy();
    await this.closed();
  }

  private wait(holds: () => boolean, what: string): Promise<void> {
    return new Promise((succeed, fail) => {
      const say = (problem: string): void =>
        fail(new Failure(`${problem}: no ${what}, but ${this.received.slice(-200)}`));
      const timer = setTimeout(() => say("the server does not answer"), PATIENCE_MS);
      this.check = () => {
        if (!holds() && !this.isClosed) return;
        clearTimeout(timer);
        this.check = () => undefined;
        if (holds()) succeed();
        else say("the server closed the connection");
      };
      this.check();
    });
  }
}
