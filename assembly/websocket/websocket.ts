import { peer } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";
import { Connection } from "../server/connection";
import { Request } from "../server/request";
import { pause, running, Wait } from "../tasks/task";
import { CloseCode, isCloseCode } from "./close_code";
import { beginClosing } from "./closing";
import { schedule } from "./alarm";
import { Endpoint, FOREVER, Phase, Turn } from "./endpoint";
import { beginFrame, dropFrame, endFrame } from "./frame_output";
import { Handshake, WebSocketParams, WebSocketQuery } from "./handshake_info";
import { Message } from "./message";
import { Opcode } from "./opcode";
import { queuedOf } from "./outbox";
import { isSlow } from "./reading";
import { joinRoom, leaveRoom } from "./room";
import { writeHeader } from "./write";

/** A WebSocket (RFC 6455), as its handler sees it. */
export abstract class WebSocket extends Endpoint {
  /**
   * Waits for the next message, at most `timeout` ms. Null where none came in time, or none will come any more: `isOpen`
   * tells. The message before is gone. For the function of `app.websocket` only.
   */
  receive(timeout: i32 = 0x7fffffff): Message | null {
    const task = running;
    if (!task || task.connection != this.connection) {
      fail(ascii("only the function of app.websocket can wait for messages, of its own WebSocket"));
    }
    if (this.message) this.dropMessage();
    if (this.waiting) this.takeWaiting();
    else if (this.connection) {
      this.setTimeout(max(0, timeout));
      pause(Wait.DATA, FOREVER);
    }
    return this.message;
  }

  /**
   * Sends a text message. Where more is queued than `maxQueued`, the function of `app.websocket` waits until all of that is
   * sent; for others the message is not sent. False where it is not sent, since of that or since the WebSocket is closed.
   */
  send(text: string): bool {
    const c = this.ready();
    if (!c) return false;
    beginFrame().text(text);
    endFrame(Opcode.TEXT);
    const isSent = this.pushFrame(c);
    dropFrame();
    return isSent;
  }

  /** Sends a binary message; as `send`. */
  sendBytes(bytes: Uint8Array): bool {
    const c = this.ready();
    return c != null && this.pushMessage(c, Opcode.BINARY, bytes.dataStart, bytes.length);
  }

  /** Sends a message as it came, text or binary, without making text or bytes of it; as `send`. */
  sendMessage(message: Message): bool {
    const c = this.ready();
    if (!c) return false;
    const opcode: Opcode = message.isText ? Opcode.TEXT : Opcode.BINARY;
    const from = message.start;
    if (!message.hasRoom) return this.pushMessage(c, opcode, from, message.length);
    const size = writeHeader(from, message.length, opcode);
    return this.push(c, from - size, size + message.length);
  }

  /**
   * Begins the closing handshake: with a code that a close frame may have, and a reason of which 123 bytes of UTF-8 are sent.
   * Messages that still come are dropped. Aborts where the code is none. Does nothing where it is closed already.
   */
  close(code: i32 = 1000, reason: string = ""): void {
    if (!isCloseCode(code)) fail(ascii("not a close code: "), code.toString());
    const c = this.connection;
    if (!c || this.phase != Phase.OPEN) return;
    beginClosing(this, c, <CloseCode>code, reason);
    schedule(this);
  }

  /** Whether messages can be sent: nobody has begun to close it. */
  // @ts-ignore: decorator
  @inline
  get isOpen(): bool {
    const c = this.connection;
    return this.phase == Phase.OPEN && c != null && !c.isGone;
  }

  /**
   * Why it is closed: the client's code, 1005 where that had none, 1006 where the connection ended without; or the code that
   * it was closed with for what the client did. 0 as long as that is not known.
   */
  get closeCode(): i32 {
    return this.code;
  }

  /** Bytes that the client has not taken yet. */
  get queued(): i32 {
    const c = this.connection;
    return c ? queuedOf(c) : 0;
  }

  /** The subprotocol that was agreed on, empty where there is none. */
  get protocol(): string {
    const handshake = this.handshake;
    return handshake ? handshake.protocol : "";
  }

  /** Parameters of the route's pattern. Aborts where it has none. */
  get params(): WebSocketParams {
    const handshake = this.handshake;
    if (!handshake) fail(ascii("the route has no parameters"));
    return changetype<Handshake>(handshake).params;
  }

  /** Parameters behind the "?" of the handshake's target. */
  get query(): WebSocketQuery {
    const handshake = this.handshake;
    return handshake ? handshake.query : new WebSocketQuery();
  }

  /** The handshake's request: it is there until the handler waits for the first time, or `open` returns. */
  get request(): Request {
    if (this.turn != Turn.NEW) fail(ascii("the handshake is gone: use its request before the first wait"));
    return new Request();
  }

  /** The client's IP address, empty once the connection is gone. */
  get remoteAddress(): string {
    const c = this.connection;
    if (!c) return "";
    const size = 46;
    const text = takeScratch(size);
    const address = decodeText(text, peer(c.conn, text, size));
    freeScratch(text);
    return address;
  }

  /** Enters a room: what is sent to it is sent to this client. It leaves all rooms when it is closed. */
  join(name: string): void {
    if (this.connection) joinRoom(this, name);
  }

  leave(name: string): void {
    leaveRoom(this, name);
  }

  /** Waits until all that is queued is sent; false where that is not possible. */
  protected waitForRoom(): bool {
    return false;
  }

  /** The connection, where a message can be sent on it. */
  // @ts-ignore: decorator
  @inline
  private ready(): Connection | null {
    const c = this.connection;
    if (c && c.queue && isSlow(this, c) && !this.waitForRoom()) return null;
    return this.isOpen ? c : null;
  }

  /** Hands out the message that waits. */
  private takeWaiting(): void {
    this.message = Message.inBlock(this.waiting == <u8>Opcode.TEXT, this.buffer);
    this.buffer = 0;
    this.waiting = 0;
  }
}
