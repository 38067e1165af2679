import { Close } from "../abi";
import { Activity } from "../server/activity";
import { Connection, State } from "../server/connection";
import { current } from "../server/current";
import { isDue } from "../server/deadline";
import { end } from "../server/send";
import { host } from "../server/window";
import { alarm, pulse, restartPulse, schedule } from "./alarm";
import { CloseCode } from "./close_code";
import { beginClosing, closeAfterFault, finishClosing } from "./closing";
import { FrameReader } from "./frame";
import { beginFrame, endFrame, endHeader, finished, fitsFrame } from "./frame_output";
import { Handshake } from "./handshake_info";
import { Message } from "./message";
import { Opcode } from "./opcode";
import { WebSocketOptions } from "./options";
import { push, Sent } from "./outbox";
import { readOn, receive } from "./reading";
import { WebSocketRoute } from "./route";

/** Wait for as long as it takes. */
// @ts-ignore: decorator
@inline export const FOREVER: u32 = 0x7fffffff;

/** How far a WebSocket's life has come. */
export const enum Phase {
  OPEN,
  /** A close frame was sent, and the client's is awaited. */
  CLOSING,
  /** Nothing is read any more; what is queued still goes out. */
  ENDING,
  /** The connection is gone. */
  CLOSED,
}

/** What the app does. */
export const enum Turn {
  /** It was not called yet, or is called for the first time. */
  NEW,
  BUSY,
  /** It can take a message. */
  READY,
}

/** What takes a WebSocket out of its rooms. */
export abstract class Rooms {
  abstract leaveAll(endpoint: Endpoint): void;
}

/** Set once a room is used. */
// @ts-ignore: decorator
@lazy export let rooms: Rooms | null = null;

export function setRooms(all: Rooms): void {
  rooms = all;
}

/** The server's end of a WebSocket, from the opening handshake until its connection is gone. */
export abstract class Endpoint extends Activity {
  // The FrameReader.
  private reader0: u64 = 0;
  private reader8: u64 = 0;
  private reader16: u64 = 0;
  private reader24: u32 = 0;
  /** Null once it is gone. */
  connection: Connection | null = null;
  /** What the handshake asked for, where that is anything. */
  handshake: Handshake | null = null;
  /** The message that the app has. */
  message: Message | null = null;
  /** A block: the message that is being put together, or waits for the app. */
  buffer: usize = 0;
  /** A block: bytes that wait to be read. */
  rest: usize = 0;
  closeReason: string = "";
  /** When the app's wait is over, in ms as `Window.now`; 0 where it has no end. */
  due: u32 = 0;
  /** When the next Ping is sent, or, from CLOSING on, the connection given up. */
  pulseDue: u32 = 0;
  /** Pings that were not answered. */
  missed: u16 = 0;
  /** A `CloseCode`, 0 while there is none. */
  code: u16 = 0;
  private phaseByte: u8 = <u8>Phase.OPEN;
  private turnByte: u8 = <u8>Turn.NEW;
  /** Nothing is read for the time being. */
  isHeld: bool = false;
  /** The message in `buffer` is whole, and waits for the app: its opcode; else 0. */
  waiting: u8 = 0;

  constructor(readonly route: WebSocketRoute) {
    super();
  }

  /** Hands a message to the app. */
  abstract give(message: Message): void;
  /** Calls the app for the first time; then its turn is no more NEW. */
  abstract run(): void;
  /** The time that the app wanted to wait is over. */
  abstract timeUp(): void;
  /** What was queued is sent. */
  abstract drained(): void;
  /** The connection is gone. */
  abstract over(c: Connection): void;

  get phase(): Phase {
    return <Phase>this.phaseByte;
  }
  set phase(value: Phase) {
    this.phaseByte = <u8>value;
  }

  get turn(): Turn {
    return <Turn>this.turnByte;
  }
  set turn(value: Turn) {
    this.turnByte = <u8>value;
  }

  // @ts-ignore: decorator
  @inline
  get reader(): FrameReader {
    return changetype<FrameReader>(changetype<usize>(this) + offsetof<Endpoint>("reader0"));
  }

  // @ts-ignore: decorator
  @inline
  get options(): WebSocketOptions {
    return changetype<WebSocketOptions>(this.route.options);
  }

  /** Takes over a connection on which the handshake is answered. */
  start(c: Connection): void {
    c.state = State.BUSY;
    c.activity = this;
    this.connection = c;
    restartPulse(this);
    current.conn = c.conn;
    this.run();
    current.conn = -1;
    schedule(this);
  }

  get takesData(): bool {
    return true;
  }

  data(c: Connection, from: usize, to: usize): void {
    receive(this, from, to);
    schedule(this);
  }

  writable(c: Connection): void {
    if (this.phase == Phase.ENDING) return end(c, Close.FLUSH);
    this.drained();
    readOn(this);
    schedule(this);
  }

  expire(c: Connection): void {
    if (this.due && isDue(this.due)) {
      this.due = 0;
      this.timeUp();
    }
    readOn(this);
    if (this.connection && isDue(alarm(this))) pulse(this, c);
    schedule(this);
  }

  /** The client ends the connection without a close frame. */
  finish(c: Connection): void {
    if (!this.code) this.code = <u16>CloseCode.ABNORMAL;
    finishClosing(this, c);
    schedule(this);
  }

  gone(c: Connection): void {
    if (!this.code) this.code = <u16>CloseCode.ABNORMAL;
    this.phase = Phase.CLOSED;
    this.connection = null;
    const all = rooms;
    if (all) all.leaveAll(this);
    this.forgetBytes();
    this.over(c);
  }

  fault(c: Connection): void {
    current.conn = -1;
    this.dropMessage();
    closeAfterFault(this, c);
  }

  stop(c: Connection): void {
    if (this.phase == Phase.OPEN) beginClosing(this, c, CloseCode.GOING_AWAY);
    schedule(this);
  }

  /** Sends or queues the frame that was put together. False where that is not possible. */
  pushFrame(c: Connection): bool {
    return this.push(c, finished.start, finished.length);
  }

  /** The same for other bytes. Where only a part is sent the connection is given up. */
  push(c: Connection, from: usize, length: i32): bool {
    const sent = push(c, from, length);
    if (sent == Sent.PART) this.giveUp(c);
    return sent == Sent.ALL;
  }

  /** The same for a message that lies elsewhere: small ones go in one piece with their header. */
  pushMessage(c: Connection, opcode: Opcode, from: usize, length: i32): bool {
    const out = beginFrame();
    if (fitsFrame(length)) {
      out.bytes(from, length);
      endFrame(opcode);
      return this.pushFrame(c);
    }
    endHeader(opcode, length);
    if (!this.pushFrame(c)) return false;
    const isSent = this.push(c, from, length);
    if (!isSent) this.giveUp(c);
    return isSent;
  }

  /** A frame cannot be sent to its end: breaks the connection off when the event is over. */
  private giveUp(c: Connection): void {
    c.isGone = true;
    this.phase = Phase.ENDING;
    this.pulseDue = host.now;
    schedule(this);
  }

  /** Lets the app's wait end in `ms`, or, with FOREVER, never. */
  setTimeout(ms: u32): void {
    this.due = ms == FOREVER ? 0 : max(host.now + ms, 1);
  }

  /** The app is done with its message. */
  dropMessage(): void {
    const message = this.message;
    if (!message) return;
    message.drop();
    this.message = null;
  }

  /** Frees all bytes that have come and that no message has. */
  forgetBytes(): void {
    this.waiting = 0;
    if (this.buffer) heap.free(this.buffer);
    if (this.rest) heap.free(this.rest);
    const reader = this.reader;
    const room = reader.openRoom;
    if (room) heap.free(room);
    reader.room = 0;
    this.buffer = 0;
    this.rest = 0;
  }
}
