import { peer } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { decodeText } from "../bytes/text";
import { Request } from "../server/request";
import { pause, Wait } from "../tasks/task";
import { CloseCode, isCloseCode } from "./close_code";
import { beginClosing } from "./closing";
import { schedule } from "./alarm";
import { Endpoint, FOREVER, Phase } from "./endpoint";
import { beginFrame, dropFrame, endFrame } from "./frame_output";
import { Handshake, WebSocketParams, WebSocketQuery } from "./handshake_info";
import { Message } from "./message";
import { Opcode } from "./opcode";
import { queuedOf } from "./outbox";
import { joinRoom, leaveRoom } from "./room";
import { writeHeader } from "./write";

/** A WebSocket (RFC 6455), as its handler sees it. */
export abstract class WebSocket extends Endpoint {
  /**
   * Waits for the next message, at most `timeout` ms. Null where none came in time, or none will come any more: `isOpen`
   * tells. The message before is gone. For the function of `app.websocket` only.
   */
  receive(timeout: i32 = 0x7fffffff): Message | null {
    if (!this.canWait) fail(ascii("only the function of app.websocket can wait for messages, of its own WebSocket"));
    this.dropMessage();
    if (!this.takeWaiting() && this.connection) {
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
    if (!this.hasRoom()) return false;
    beginFrame().text(text);
    endFrame(Opcode.TEXT);
    const c = this.connection;
    const isSent = c != null && this.pushFrame(c);
    dropFrame();
    return isSent;
  }

  /** Sends a binary message; as `send`. */
  sendBytes(bytes: Uint8Array): bool {
    if (!this.hasRoom()) return false;
    const c = this.connection;
    return c != null && this.pushMessage(c, Opcode.BINARY, bytes.dataStart, bytes.length);
  }

  /** Sends a message as it came, text or binary, without making text or bytes of it; as `send`. */
  sendMessage(message: Message): bool {
    if (!this.hasRoom()) return false;
    const opcode: Opcode = message.isText ? Opcode.TEXT : Opcode.BINARY;
    const from = message.start;
    const c = this.connection;
    if (!c) return false;
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
    if (!this.isNew) fail(ascii("the handshake is gone: use its request before the first wait"));
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

  /** Whether the code that runs may wait for this WebSocket. */
  protected get canWait(): bool {
    return false;
  }

  /** Waits until all that is queued is sent; false where that is not possible. */
  protected waitForRoom(): bool {
    return false;
  }

  /** Whether a message can be sent. */
  private hasRoom(): bool {
    return this.isOpen && (this.queued <= this.options.maxQueued || (this.waitForRoom() && this.isOpen));
  }

  /** Hands out the message that waits. */
  private takeWaiting(): bool {
    if (!this.waiting) return false;
    this.message = Message.inBlock(this.waiting == <u8>Opcode.TEXT, this.buffer);
    this.buffer = 0;
    this.waiting = 0;
    return true;
  }
}
