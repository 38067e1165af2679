import { ascii } from "../bytes/ascii";
import { HIGHS } from "../bytes/swar";
import { CloseCode } from "./close_code";
import { websocketLimits } from "./limits";
import { rotateKey, unmask } from "./mask";
import { CONTROL, CONTROL_SIZE, FIN, Opcode } from "./opcode";
import { checkUtf8, NOT_UTF8 } from "./utf8";
import { refuse } from "./violation";

/** A bit for each opcode that RFC 6455 §5.2 defines. */
// @ts-ignore: decorator
@inline const OPCODES: u32 = 0x0707;
/** Bytes that a client's header takes at most. */
// @ts-ignore: decorator
@inline const MAX_HEADER: i32 = 14;

/** Bytes of room for a control frame; its payload can be read by words there. */
// @ts-ignore: decorator
@inline export const CONTROL_ROOM: i32 = CONTROL_SIZE + 7;

/** What `readFrame` found. */
export const enum FrameEvent {
  /** Nothing: all bytes are read. */
  NONE,
  /** A piece of a message: `frame.payload`. */
  DATA,
  /** A whole control frame: `frame.payload`. */
  CONTROL,
  /** A part of a control frame: point `reader.room` at CONTROL_ROOM bytes to put it together in, and read on. */
  ROOM,
}

// What comes next of a frame.
// @ts-ignore: decorator
@inline const HEADER: u8 = 0;
// @ts-ignore: decorator
@inline const DATA: u8 = 1;
// @ts-ignore: decorator
@inline const CONTROL_DATA: u8 = 2;

/** What is known of a connection's frames between two reads. All of it begins as 0. */
@unmanaged
export class FrameReader {
  /** Bytes of the open message, in all its frames whose headers were read. */
  length: u32;
  /** The state of a text message. */
  utf8: i32;
  /** What the open message is, TEXT or BINARY; 0 between messages. */
  opcode: u8;
  /** First byte of the open frame. */
  first: u8;
  part: u8;
  /** Bytes that are held of the open header, or are in `room` of the open control frame. */
  count: u8;

  // From here on an open header is held, as long as its frame is not open.
  /** Masking key of the open frame, for its next byte. */
  key: u32;
  /** Bytes of the open frame's payload that are still to come. */
  left: u32;
  /** Room for a control frame that comes in parts, 0 for none: in use from ROOM to the CONTROL that follows. */
  room: usize;
  private spare: u32;

  /** The room of a control frame that is still to come, 0 where there is none. */
  get openRoom(): usize {
    return this.part == CONTROL_DATA ? this.room : 0;
  }
}

/** What was found last. */
export namespace frame {
  /** Behind the last byte that was read. */
  export let next: usize = 0;
  /** Unmasked bytes, in place or in the reader's room. They stand until the next read. */
  export let payload: usize = 0;
  export let length: i32 = 0;
  /** Of a control frame its own, of data the message's: TEXT or BINARY. */
  export let opcode: i32 = 0;
  /** The message is whole with this piece. */
  export let isLast: bool = false;
}

/**
 * Reads from the bytes [from, end) of a client, which may be cut anywhere, up to the next event (RFC 6455 §5). Go on at
 * `frame.next` until there is NONE. Payload is unmasked where it stands; seven bytes behind `end` can be read and written.
 *
 * Returns a FrameEvent, or a negated close code: 1002 for what breaks the protocol, 1007 for text that is no UTF-8, 1009
 * above a limit, each with the first byte that tells. Nothing can be read after that.
 */
export function readFrame(reader: FrameReader, from: usize, end: usize): i32 {
  if (reader.part == HEADER) {
    const size = takeHeader(reader, from, end);
    if (size < 0) return size;
    from += size;
  }
  frame.next = from;
  if (reader.part == HEADER) return FrameEvent.NONE;

  const length = min(reader.left, <u32>(end - from));
  if (!length && reader.left) return FrameEvent.NONE;
  const isControl = reader.part == CONTROL_DATA;
  if (isControl && length < reader.left && !reader.room) return FrameEvent.ROOM;
  const all = take(reader, from, length);
  if (isControl) return readControl(reader, from, length);
  if (reader.opcode == <u8>Opcode.TEXT && (reader.utf8 || all & HIGHS)) {
    reader.utf8 = checkUtf8(reader.utf8, from, from + length);
    if (reader.utf8 == NOT_UTF8) return refuse(CloseCode.INVALID_DATA, ascii("text is no UTF-8"));
  }
  frame.payload = from;
  frame.length = length;
  frame.opcode = reader.opcode;
  frame.isLast = false;
  if (reader.left) return FrameEvent.DATA;

  reader.part = HEADER;
  if (reader.first & FIN) {
    if (reader.utf8) return refuse(CloseCode.INVALID_DATA, ascii("text ends within a character"));
    frame.isLast = true;
    reader.opcode = 0;
  }
  return FrameEvent.DATA;
}

/** Takes `length` bytes of the open control frame, which are unmasked. */
function readControl(reader: FrameReader, from: usize, length: u32): i32 {
  frame.payload = from;
  if (reader.count || reader.left) {
    memory.copy(reader.room + reader.count, from, length);
    frame.payload = reader.room;
  }
  reader.count += <u8>length;
  if (reader.left) return FrameEvent.NONE;
  frame.length = reader.count;
  frame.opcode = reader.first & 0x0f;
  reader.count = 0;
  reader.part = HEADER;
  return FrameEvent.CONTROL;
}

/** Unmasks the next `length` bytes of the open frame. Returns what `unmask` does. */
// @ts-ignore: decorator
@inline
function take(reader: FrameReader, from: usize, length: u32): u64 {
  const all = unmask(from, length, reader.key);
  reader.key = rotateKey(reader.key, length);
  reader.left -= length;
  frame.next = from + length;
  return all;
}

/** Takes bytes of a header, at which a frame opens when it is whole. Returns how many, or a negated close code. */
// @ts-ignore: decorator
@inline
function takeHeader(reader: FrameReader, from: usize, end: usize): i32 {
  if (from == end) return 0;
  const available = <i32>min(end - from, MAX_HEADER);
  const held = <i32>reader.count;
  let header = from;
  let known = available;
  if (held) {
    header = changetype<usize>(reader) + offsetof<FrameReader>("key");
    known = min(held + available, MAX_HEADER);
    memory.copy(header + held, from, known - held);
  }
  const size = readHeader(reader, header, known);
  if (size > 0) {
    reader.count = 0;
    return size - held;
  }
  if (!size) {
    if (!held) memory.copy(changetype<usize>(reader) + offsetof<FrameReader>("key"), from, known);
    reader.count = <u8>known;
    return available;
  }
  return size;
}

/**
 * Reads the header of which `known` bytes are at `p`, at most MAX_HEADER, and opens its frame. Returns the header's size,
 * 0 where it is not whole, or a negated close code.
 */
// @ts-ignore: decorator
@inline
function readHeader(reader: FrameReader, p: usize, known: i32): i32 {
  const first = <u32>load<u8>(p);
  const opcode = first & 0x0f;
  if (first & 0x70) return refuse(CloseCode.PROTOCOL_ERROR, ascii("reserved bit set"));
  if (!((OPCODES >> opcode) & 1)) return refuse(CloseCode.PROTOCOL_ERROR, ascii("unknown opcode"));
  const isControl = (opcode & CONTROL) != 0;
  if (isControl) {
    if (!(first & FIN)) return refuse(CloseCode.PROTOCOL_ERROR, ascii("fragmented control frame"));
  } else if (!opcode) {
    if (!reader.opcode) return refuse(CloseCode.PROTOCOL_ERROR, ascii("continuation of no message"));
  } else if (reader.opcode) return refuse(CloseCode.PROTOCOL_ERROR, ascii("message within a message"));

  if (known < 2) return 0;
  const second = <u32>load<u8>(p, 1);
  if (!(second & 0x80)) return refuse(CloseCode.PROTOCOL_ERROR, ascii("frame without a mask"));
  let length = second & 0x7f;
  let size = 6;
  if (isControl) {
    if (length > <u32>CONTROL_SIZE) return refuse(CloseCode.PROTOCOL_ERROR, ascii("control frame too long"));
  } else {
    if (length == 126) {
      size = 8;
      if (known < 4) return 0;
      length = ((<u32>load<u8>(p, 2)) << 8) | load<u8>(p, 3);
      if (length < 126) return refuse(CloseCode.PROTOCOL_ERROR, ascii("length not in its shortest form"));
    } else if (length == 127) {
      size = 14;
      if (known < 10) return 0;
      const wide = bswap(load<u64>(p, 2));
      if (<i64>wide < 0) return refuse(CloseCode.PROTOCOL_ERROR, ascii("length above 63 bits"));
      if (wide < 0x10000) return refuse(CloseCode.PROTOCOL_ERROR, ascii("length not in its shortest form"));
      length = <u32>min<u64>(wide, 0xffffffff);
    }
    if (length > <u32>websocketLimits.frame) return refuse(CloseCode.TOO_BIG, ascii("frame too large"));
    if (opcode) reader.length = 0;
    if (reader.length + length > <u32>websocketLimits.message) {
      return refuse(CloseCode.TOO_BIG, ascii("message too large"));
    }
  }
  if (known < size) return 0;

  reader.key = load<u32>(p + size - 4);
  reader.left = length;
  reader.room = 0;
  reader.first = <u8>first;
  reader.part = isControl ? CONTROL_DATA : DATA;
  if (!isControl) {
    reader.length += length;
    if (opcode) reader.opcode = <u8>opcode;
  }
  return size;
}
