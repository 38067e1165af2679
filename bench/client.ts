/** A client that sends one request again and again, each as soon as the last is answered, and does little else. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Sent } from "./cases.js";
import { parseResponse } from "../host/sandbox/response.js";
import { Failure } from "../host/setup/failure.mjs";

/** Requests on one connection, fewer than an app's 100: an answer that closes the connection is longer than the others. */
export const REQUESTS_A_CONNECTION = 90;

/** How long one answer may take, in ms; under valgrind the host is about 50 times slower. */
const PATIENCE_MS = 20_000;

const OK = Buffer.from("HTTP/1.1 200 ");

export class Client {
  private socket: Socket | undefined;
  private asked = 0;
  /** Bytes of each answer, 0 before the first. */
  private length = 0;
  private received: Buffer = Buffer.alloc(0);
  /** The handshake is answered, where there is one. */
  private isOpen = true;
  private succeed: () => void = () => undefined;
  private fail: (error: Failure) => void = () => undefined;

  constructor(
    private readonly port: number,
    private readonly sent: Sent,
  ) {}

  /**
   * Sends the request and waits for its answer.
   *
   * @throws {Failure} where the answer is no 200, does not come, or has another length than the first
   */
  async ask(): Promise<void> {
    const { request, other = request, handshake } = this.sent;
    const isFull = handshake === undefined && this.asked % REQUESTS_A_CONNECTION === 0;
    if (isFull || this.socket === undefined) await this.reconnect();
    return this.exchange(this.asked++ % 2 === 0 ? request : other);
  }

  private exchange(request: Uint8Array): Promise<void> {
    this.received = Buffer.alloc(0);
    return new Promise<void>((succeed, fail) => {
      this.succeed = succeed;
      this.fail = fail;
      this.socket?.write(request);
    });
  }

  /** Ends the connection, and waits until the server has ended it too: the number of connections is bounded. */
  async close(): Promise<void> {
    const socket = this.socket;
    this.socket = undefined;
    if (socket === undefined || socket.destroyed) return;
    socket.end();
    await once(socket, "close");
  }

  private async reconnect(): Promise<void> {
    await this.close();
    const socket = connect({ host: "127.0.0.1", port: this.port, noDelay: true });
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} s`)));
    await once(socket, "connect").catch((error: unknown) => {
      throw new Failure(`the bench cannot connect: ${(error as Error).message}`);
    });
    socket.on("data", (chunk: Buffer) => this.take(chunk));
    socket.on("error", (error) => this.fail(new Failure(`the bench got no answer: ${error.message}`)));
    socket.on("end", () => this.fail(new Failure("the bench got no answer: the server closed the connection")));
    this.socket = socket;
    if (this.sent.handshake === undefined) return;
    this.isOpen = false;
    await this.exchange(this.sent.handshake);
    this.isOpen = true;
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    if (!this.isOpen) {
      if (this.received.includes("\r\n\r\n")) this.succeed();
      return;
    }
    if (this.sent.answer !== undefined) return this.takeAnswer(this.sent.answer);
    if (this.received.length >= OK.length && this.received.compare(OK, 0, OK.length, 0, OK.length) !== 0) {
      const line = this.received.toString("latin1").split("\r\n", 1)[0];
      this.fail(new Failure(`the bench got another answer than 200: ${line}`));
    }
    if (this.length === 0) this.length = parseResponse(this.received)?.length ?? 0;
    if (this.length === 0 || this.received.length < this.length) return;
    if (this.received.length === this.length) this.succeed();
    else this.fail(new Failure("the bench got a longer answer than to its first request"));
  }

  private takeAnswer(answer: Uint8Array): void {
    if (this.received.length < answer.length) return;
    if (this.received.equals(answer)) this.succeed();
    else this.fail(new Failure("the bench got another answer than it should"));
  }
}
