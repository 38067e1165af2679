/**
 * Tests of the frame reader. A client's bytes are read whole, cut in two at every offset, and byte by byte; each piece lies
 * alone, at another alignment, between marks that must stay. All must end alike.
 */

import { CONTROL_ROOM, frame, FrameEvent, FrameReader, readFrame } from "microserver/websocket/frame";
import { websocketLimits } from "microserver/websocket/limits";
import { Opcode } from "microserver/websocket/opcode";
import { violation } from "microserver/websocket/violation";
import { readLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const MARK: u64 = 0xa5a5a5a5a5a5a5a5;
const place: usize = heap.alloc(262144);
const room: usize = heap.alloc(CONTROL_ROOM);

export const reader: FrameReader = changetype<FrameReader>(heap.alloc(offsetof<FrameReader>()));

/** What a client said, as lines; a message that is open ends with "…". */
let transcript: string[] = [];
let pieces: string[] = [];
let openOpcode = 0;
let roomsAsked = 0;

/** What a client sends, and what is read: a line for each message and control frame. */
export function reads(name: string, bytes: string, expected: string[]): void {
  testRow(name, new Reads(bytes, expected));
}

/** What breaks the protocol: the close code, why, and how many bytes tell (all, where that is left out). */
export function refused(name: string, bytes: string, code: i32, reason: string, told: i32 = bytes.length): void {
  testRow(name, new Refused(bytes, code, reason, told));
}

class Reads extends Row {
  constructor(
    private bytes: string,
    private expected: string[],
  ) {
    super();
  }

  check(): void {
    const expected = this.expected.join("\n");
    for (let cut = 0; cut < this.bytes.length; cut = nextCut(cut, this.bytes.length)) {
      begin();
      const result = feed(this.bytes, 0, cut) || feed(this.bytes, cut, this.bytes.length);
      if (result) expect(result).toBe(0, `cut at ${cut}: ${reasonText()}`);
      expectSame(said(), expected, `cut at ${cut}`);
    }
    expect(drip(this.bytes)).toBe(this.bytes.length + 1, "byte by byte");
    expectSame(said(), expected, "byte by byte");
  }
}

class Refused extends Row {
  constructor(
    private bytes: string,
    private code: i32,
    private reason: string,
    private told: i32,
  ) {
    super();
  }

  check(): void {
    for (let cut = 0; cut < this.told; cut = nextCut(cut, this.told)) {
      begin();
      expect(feed(this.bytes, 0, cut)).toBe(0, `cut at ${cut}`);
      expect(feed(this.bytes, cut, this.bytes.length)).toBe(-this.code, `cut at ${cut}`);
      expect(reasonText()).toBe(this.reason, `cut at ${cut}`);
    }
    expect(drip(this.bytes)).toBe(this.told, "bytes needed");
    expect(reasonText()).toBe(this.reason, "byte by byte");
  }
}

/** The offset to cut at next: of long input the ends and a sample are enough. */
function nextCut(cut: i32, length: i32): i32 {
  return cut < 160 || cut >= length - 160 ? cut + 1 : min(cut + 1 + (length >> 6), length - 160);
}

/** Makes the reader ready for a new client. */
export function begin(): void {
  memory.fill(changetype<usize>(reader), 0, offsetof<FrameReader>());
  transcript = [];
  pieces = [];
  openOpcode = 0;
  roomsAsked = 0;
}

/** How often the reader asked for room. */
export function roomsGiven(): i32 {
  return roomsAsked;
}

/** Reads `bytes` from `cut` to `end` as one piece; returns 0 or the negated close code. */
export function feed(bytes: string, cut: i32, end: i32): i32 {
  let p = place + 8 + (cut & 7);
  for (let i = cut; i < end; i++) store<u8>(p + i - cut, bytes.charCodeAt(i));
  const stop = p + end - cut;
  store<u64>(p - 8, MARK);
  store<u64>(stop, MARK);
  while (true) {
    const event = readFrame(reader, p, stop);
    if (event < 0) return event;
    if (load<u64>(place + (cut & 7)) != MARK || load<u64>(stop) != MARK)
      expect(cut).toBe(-1, "writes beyond its bytes");
    p = frame.next;
    if (event == FrameEvent.DATA) addData();
    else if (event == FrameEvent.CONTROL) addControl();
    else if (event == FrameEvent.ROOM) {
      roomsAsked++;
      memory.fill(room, 0x78, CONTROL_ROOM);
      reader.room = room;
    } else {
      if (p != stop) expect(p).toBe(stop, "all is read");
      return 0;
    }
  }
}

/** Reads byte by byte. Returns how many it took to be refused, or one more than there are. */
export function drip(bytes: string): i32 {
  begin();
  for (let i = 0; i < bytes.length; i++) if (feed(bytes, i, i + 1)) return i + 1;
  return bytes.length + 1;
}

function addData(): void {
  if (pieces.length && frame.opcode != openOpcode) expect(frame.opcode).toBe(openOpcode, "a message's opcode");
  openOpcode = frame.opcode;
  pieces.push(readLatin1(frame.payload, frame.payload + frame.length));
  if (!frame.isLast) return;
  const message = pieces.join("");
  if (reader.length != message.length) expect(reader.length).toBe(message.length, "length of the message");
  transcript.push(nameOf(openOpcode) + " " + message);
  pieces = [];
}

function addControl(): void {
  transcript.push(nameOf(frame.opcode) + " " + readLatin1(frame.payload, frame.payload + frame.length));
  reader.room = 0;
}

/** What was read so far. */
export function said(): string {
  const lines = transcript.slice(0);
  if (pieces.length) lines.push(nameOf(openOpcode) + " " + pieces.join("") + "…");
  return lines.join("\n");
}

function nameOf(opcode: i32): string {
  if (opcode == Opcode.TEXT) return "text";
  if (opcode == Opcode.BINARY) return "binary";
  if (opcode == Opcode.CLOSE) return "close";
  if (opcode == Opcode.PING) return "ping";
  return opcode == Opcode.PONG ? "pong" : `opcode ${opcode}`;
}

export function reasonText(): string {
  return violation ? readLatin1(violation + 1, violation + 1 + load<u8>(violation)) : "";
}

function expectSame(found: string, expected: string, where: string): void {
  if (found != expected) expect(found).toBe(expected, where);
}

/** Runs with other limits than the usual. */
export function setLimits(frameSize: i32, message: i32): void {
  websocketLimits.frame = frameSize;
  websocketLimits.message = message;
}
