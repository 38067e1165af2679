/** A WebSocket client on a virtual connection (RFC 6455). */

import type { Closed, Connection } from "./connection.js";
import {
  closePayload,
  frame,
  Opcode,
  readClose,
  readFrame,
  WebSocketError,
  type Frame,
  type FrameOptions,
} from "./frame.js";
import { checkHandshake } from "./handshake.js";
import { MessageReader, type Message } from "./message.js";
import { parseResponse, type Response } from "./response.js";
import { readHead } from "./response-head.js";

/**
 * The client's end of a WebSocket, and what has come of the server. It answers Ping with Pong and Close with Close by
 * itself, unless told not to. Where the server breaks RFC 6455, the call in which it does throws WebSocketError.
 */
export class WebSocketClient {
  /** The status of the server's answer, null before it; 101 where the connection is a WebSocket now. */
  status: number | null = null;
  /** The answer of a server that refuses, once it is complete. */
  response: Response | null = null;
  /** The subprotocol, "" where there is none. */
  protocol = "";

  /** Messages that have come, oldest first: text as string, binary as bytes. */
  readonly messages: Message[] = [];
  /** All frames that have come, control frames as well. */
  readonly frames: Frame[] = [];
  /** Payloads of the Pings that have come. */
  readonly pings: Uint8Array[] = [];
  /** Payloads of the Pongs that have come. */
  readonly pongs: Uint8Array[] = [];
  /** The server's close code: 1005 where it gave none, 1006 where the connection ended without Close; null before. */
  closeCode: number | null = null;
  closeReason = "";

  /** Whether Ping is answered. */
  autoPong = true;
  /** Whether Close is answered. */
  autoClose = true;

  private readonly reader = new MessageReader();
  /** What has come of a head or a frame that is incomplete. */
  private rest: Uint8Array = new Uint8Array(0);
  private mask = 1;
  private closeSent = false;
  private failed = false;

  /**
   * @param connection on which the handshake has been sent
   * @param key its Sec-WebSocket-Key
   * @param protocols the subprotocols that it offered
   */
  constructor(
    readonly connection: Connection,
    private readonly key: string,
    private readonly protocols: readonly string[],
  ) {}

  /** How the server has ended the connection, "no" while it has not. */
  get closed(): Closed {
    return this.connection.closed;
  }

  /** Bytes that the client accepts before the server's `send` falls short; raising it lets the server go on. */
  get window(): number {
    return this.connection.window;
  }

  set window(bytes: number) {
    this.connection.window = bytes;
  }

  /** Returns the messages so far, and forgets them. */
  take(): Message[] {
    return this.messages.splice(0);
  }

  /** Sends a message in one frame. */
  send(message: Message): this {
    return this.write({ opcode: opcodeOf(message), payload: message });
  }

  /** Sends one message in several frames, each in a segment of its own; the first piece says whether it is text. */
  fragment(pieces: readonly Message[]): this {
    const first = opcodeOf(pieces[0] ?? "");
    pieces.forEach((payload, i) =>
      this.write({ fin: i === pieces.length - 1, opcode: i === 0 ? first : Opcode.CONTINUATION, payload }),
    );
    return this;
  }

  ping(payload: string | Uint8Array = ""): this {
    return this.write({ opcode: Opcode.PING, payload });
  }

  pong(payload: string | Uint8Array = ""): this {
    return this.write({ opcode: Opcode.PONG, payload });
  }

  /** Begins the closing handshake; without a code the frame is empty. */
  close(code?: number, reason = ""): this {
    return this.write({ opcode: Opcode.CLOSE, payload: code === undefined ? "" : closePayload(code, reason) });
  }

  /** Sends any bytes as one segment, such as a `frame(…)` that breaks the rules. */
  raw(bytes: Uint8Array): this {
    this.connection.write(bytes);
    return this;
  }

  /** Sends FIN. */
  end(): this {
    this.connection.end();
    return this;
  }

  /** Breaks the connection off. */
  reset(): this {
    this.connection.reset();
    return this;
  }

  /** Reads what has come, and answers by itself. The virtual connection calls it. */
  receive(): void {
    if (this.failed) return;
    this.rest = new Uint8Array(Buffer.concat([this.rest, this.connection.takeBytes()]));
    try {
      if (this.status === null) this.readAnswer();
      if (this.status === 101) this.readFrames();
    } catch (error) {
      this.failed = true;
      throw error;
    }
  }

  private readAnswer(): void {
    const found = readHead(this.rest);
    if (found?.head.status === 101) {
      this.protocol = checkHandshake(found.head, this.key, this.protocols);
      this.rest = this.rest.subarray(found.head.end);
      this.status = 101;
      return;
    }
    this.response = parseResponse(this.rest, { ended: this.closed === "fin" })?.response ?? null;
    this.status = this.response?.status ?? null;
  }

  private readFrames(): void {
    for (let next = readFrame(this.rest); next !== null; next = readFrame(this.rest)) {
      if (this.closeCode !== null) throw new WebSocketError("a frame after Close");
      this.rest = this.rest.subarray(next.size);
      this.frames.push(next);
      this.handle(next);
    }
    if (this.closed === "fin" && this.rest.length > 0) throw new WebSocketError("the connection ended within a frame");
    if (this.closed !== "no") this.closeCode ??= 1006;
  }

  private handle(next: Frame): void {
    const { opcode, payload } = next;
    if (opcode === Opcode.PING) {
      this.pings.push(payload);
      if (this.autoPong) this.answer(Opcode.PONG, payload);
    } else if (opcode === Opcode.PONG) {
      this.pongs.push(payload);
    } else if (opcode === Opcode.CLOSE) {
      ({ code: this.closeCode, reason: this.closeReason } = readClose(payload));
      if (this.autoClose) this.answer(Opcode.CLOSE, payload.subarray(0, 2));
    } else {
      const message = this.reader.add(next);
      if (message !== null) this.messages.push(message);
    }
  }

  /** Sends a frame and lets the server work. */
  private write(options: FrameOptions): this {
    if (this.status !== 101) throw new Error(`not a WebSocket: the server's answer was ${this.status ?? "none yet"}`);
    if (this.closeSent) throw new Error("a frame after Close: where that is meant, send it with raw(frame(…))");
    this.connection.write(this.masked(options));
    return this;
  }

  private answer(opcode: number, payload: Uint8Array): void {
    if (!this.closeSent) this.connection.post(this.masked({ opcode, payload }));
  }

  private masked(options: FrameOptions): Uint8Array {
    this.closeSent ||= options.opcode === Opcode.CLOSE;
    this.mask = (Math.imul(this.mask, 1_664_525) + 1_013_904_223) >>> 0;
    const mask = new Uint8Array(4);
    new DataView(mask.buffer).setUint32(0, this.mask);
    return frame({ ...options, mask });
  }
}

function opcodeOf(message: Message): number {
  return typeof message === "string" ? Opcode.TEXT : Opcode.BINARY;
}
