/** Frames as a client writes them, byte by byte and right or wrong; text stands for bytes, one a character. */

import { Opcode } from "microserver/websocket/opcode";
import { readLatin1 } from "../latin1";

/** How a frame says its length. */
export enum Form {
  SHORTEST,
  BITS_16,
  BITS_64,
}

const KEY: u32 = 0x5a0d37fa; // on the wire: fa 37 0d 5a

const place: usize = heap.alloc(16);

/** The first two bytes and the length of a header, without a key. */
export function head(first: u32, isMasked: bool, length: u64, form: Form = Form.SHORTEST): string {
  let shape = form;
  if (shape == Form.SHORTEST && length > 125) shape = length > 0xffff ? Form.BITS_64 : Form.BITS_16;
  store<u8>(place, first);
  store<u8>(place + 1, (isMasked ? 0x80 : 0) | (shape == Form.SHORTEST ? <u32>length : 125 + <u32>shape));
  let end = place + 2;
  const bytes = shape == Form.SHORTEST ? 0 : shape == Form.BITS_16 ? 2 : 8;
  for (let i = bytes - 1; i >= 0; i--) store<u8>(end++, <u32>((length >> (i << 3)) & 0xff));
  return readLatin1(place, end);
}

/** A client's frame. */
export function frameOf(opcode: Opcode, payload: string, isLast: bool = true, key: u32 = KEY): string {
  return head((isLast ? 0x80 : 0) | (<u32>opcode), true, payload.length) + keyBytes(key) + masked(payload, key);
}

export function text(payload: string, isLast: bool = true): string {
  return frameOf(Opcode.TEXT, payload, isLast);
}

export function binary(payload: string, isLast: bool = true): string {
  return frameOf(Opcode.BINARY, payload, isLast);
}

export function more(payload: string, isLast: bool): string {
  return frameOf(Opcode.CONTINUATION, payload, isLast);
}

export function ping(payload: string): string {
  return frameOf(Opcode.PING, payload);
}

export function pong(payload: string): string {
  return frameOf(Opcode.PONG, payload);
}

export function close(payload: string): string {
  return frameOf(Opcode.CLOSE, payload);
}

export function keyBytes(key: u32): string {
  store<u32>(place, key);
  return readLatin1(place, place + 4);
}

/** RFC 6455 §5.3 by the letter: byte i with byte i modulo 4 of the key. */
export function masked(payload: string, key: u32): string {
  const length = payload.length;
  const result = heap.alloc(length);
  for (let i = 0; i < length; i++) {
    store<u8>(result + i, payload.charCodeAt(i) ^ ((key >> ((i & 3) << 3)) & 0xff));
  }
  const bytes = readLatin1(result, result + length);
  heap.free(result);
  return bytes;
}

/** `length` bytes of ASCII, no two words of them alike. */
export function filler(length: i32): string {
  const result = heap.alloc(length);
  for (let i = 0; i < length; i++) store<u8>(result + i, 0x20 + ((i * 7 + (i >> 6)) % 95));
  const bytes = readLatin1(result, result + length);
  heap.free(result);
  return bytes;
}
