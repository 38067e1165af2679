import { Flag, read } from "../abi";
import { ascii } from "../bytes/ascii";
import { Connection } from "../server/connection";
import { requestCollection, tryAlloc } from "../server/memory";
import { host } from "../server/window";
import { restartPulse } from "./alarm";
import { append, bytesOf, lengthOf } from "./block";
import { CloseCode } from "./close_code";
import { answerClose, closeFor, noteClose } from "./closing";
import { Endpoint, Phase, Turn } from "./endpoint";
import { CONTROL_ROOM, frame, FrameEvent, readFrame } from "./frame";
import { beginFrame, endFrame } from "./frame_output";
import { websocketLimits } from "./limits";
import { Message } from "./message";
import { Opcode } from "./opcode";
import { queuedOf } from "./outbox";
import { violation } from "./violation";

/** Bytes before a payload that a server's header takes, of frames that fit into the receive window. */
// @ts-ignore: decorator
@inline const HEADER: usize = 4;

/** Whether no more is read for now: the app has not taken the last message, or the client does not take what is sent. */
// @ts-ignore: decorator
@inline
export function isFull(endpoint: Endpoint, c: Connection): bool {
  return endpoint.waiting != 0 || (c.queue != null && isSlow(endpoint, c));
}

/** Whether more is queued than may be. */
export function isSlow(endpoint: Endpoint, c: Connection): bool {
  return queuedOf(c) > endpoint.options.maxQueued;
}

/** Bytes came. */
export function receive(endpoint: Endpoint, from: usize, to: usize): void {
  const c = endpoint.connection;
  if (!c || endpoint.phase > Phase.CLOSING) return;
  if (endpoint.isHeld) hold(endpoint, c, from, to);
  else readFrames(endpoint, c, from, to);
}

/** Goes on with what was held, where that is possible again. */
export function readOn(endpoint: Endpoint): void {
  const c = endpoint.connection;
  if (!c || !endpoint.isHeld || endpoint.phase > Phase.CLOSING || isFull(endpoint, c)) return;
  endpoint.isHeld = false;
  if (endpoint.phase == Phase.OPEN) restartPulse(endpoint);
  const rest = endpoint.rest;
  if (rest) {
    const from = bytesOf(rest);
    readFrames(endpoint, c, from, from + lengthOf(rest));
    if (!endpoint.connection || endpoint.isHeld) return;
    heap.free(rest);
    endpoint.rest = 0;
  }
  read(c.conn, 1);
}

function readFrames(endpoint: Endpoint, c: Connection, start: usize, to: usize): void {
  const reader = endpoint.reader;
  const options = endpoint.options;
  websocketLimits.frame = options.maxFrameSize;
  websocketLimits.message = options.maxMessageSize;
  let from = start;
  while (true) {
    if (isFull(endpoint, c)) return hold(endpoint, c, from, to);
    if (from == to) return;
    if (host.flags & (<u32>Flag.COLLECT)) return hold(endpoint, c, from, to);
    const event = readFrame(reader, from, to);
    if (event == FrameEvent.NONE) return;
    from = frame.next;
    if (event == FrameEvent.DATA) takePiece(endpoint, c, start);
    else if (event == FrameEvent.CONTROL) takeControl(endpoint, c);
    else if (event < 0) closeFor(endpoint, c, -event, violation);
    else {
      reader.room = tryAlloc(CONTROL_ROOM);
      if (!reader.room) exhausted(endpoint, c);
    }
    if (!endpoint.connection || endpoint.phase > Phase.CLOSING) return;
  }
}

/** A piece of a message was read, from bytes that begin at `start`. */
// @ts-ignore: decorator
@inline
function takePiece(endpoint: Endpoint, c: Connection, start: usize): void {
  if (endpoint.phase != Phase.OPEN) return;
  const isText = frame.opcode == Opcode.TEXT;
  const isLast = frame.isLast;
  let message: Message;
  if (isLast && !endpoint.buffer && endpoint.turn == Turn.READY) {
    message = new Message(isText, frame.payload, frame.length, frame.payload - start >= HEADER);
  } else {
    const block = append(endpoint.buffer, frame.payload, frame.length, endpoint.reader.length);
    if (!block) return exhausted(endpoint, c);
    endpoint.buffer = block;
    if (!isLast) return;
    if (endpoint.turn != Turn.READY) {
      endpoint.waiting = <u8>frame.opcode;
      return;
    }
    message = Message.inBlock(isText, block);
    endpoint.buffer = 0;
  }
  endpoint.give(message);
  requestCollection();
}

/** A control frame was read (RFC 6455 §5.5). */
function takeControl(endpoint: Endpoint, c: Connection): void {
  const opcode = frame.opcode;
  let code = 0;
  if (opcode == Opcode.PONG) endpoint.missed = 0;
  else if (opcode == Opcode.CLOSE) code = noteClose(endpoint, frame.payload, frame.length);
  else if (endpoint.phase == Phase.OPEN) {
    beginFrame().bytes(frame.payload, frame.length);
    endFrame(Opcode.PONG);
    endpoint.pushFrame(c);
  }
  const reader = endpoint.reader;
  if (reader.room) heap.free(reader.room);
  reader.room = 0;
  if (opcode == Opcode.CLOSE) answerClose(endpoint, c, code);
}

/** Stops reading, and keeps the bytes [from, to), which may be those that were kept already. */
function hold(endpoint: Endpoint, c: Connection, from: usize, to: usize): void {
  read(c.conn, 0);
  const length = <i32>(to - from);
  const rest = endpoint.rest;
  if (rest && !endpoint.isHeld) {
    memory.copy(bytesOf(rest), from, length);
    store<i32>(rest, length);
  } else if (length) {
    const block = append(rest, from, length, i32.MAX_VALUE);
    if (!block) return exhausted(endpoint, c);
    endpoint.rest = block;
  }
  endpoint.isHeld = true;
}

/** Fails a connection for which there is no memory. */
export function exhausted(endpoint: Endpoint, c: Connection): void {
  closeFor(endpoint, c, CloseCode.TRY_AGAIN_LATER, ascii("out of memory"));
}
