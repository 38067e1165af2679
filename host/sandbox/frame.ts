/** Frames of the WebSocket protocol (RFC 6455, 5.2): written as asked for, wrong ones too, and read strictly. */

export const Opcode = { CONTINUATION: 0x0, TEXT: 0x1, BINARY: 0x2, CLOSE: 0x8, PING: 0x9, PONG: 0xa } as const;

const MAX_CONTROL = 125;

/** What a peer must not send (RFC 6455). */
export class WebSocketError extends Error {}

export interface FrameOptions {
  /** True by default: the last, or only, frame of its message. */
  readonly fin?: boolean;
  /** The three reserved bits as a number of 0 to 7, 0 by default. */
  readonly rsv?: number;
  /** `Opcode.TEXT` by default; 0 to 15. */
  readonly opcode?: number;
  /** Four bytes; a fixed key by default, none with null: a client's frames must be masked. */
  readonly mask?: Uint8Array | null;
  /** Text goes as UTF-8; empty by default. */
  readonly payload?: string | Uint8Array;
  /** The announced length, the payload's by default. */
  readonly length?: number | bigint;
  /** The form of the length, in bits; the shortest that will do by default. */
  readonly lengthBits?: 7 | 16 | 64;
}

const DEFAULT_MASK = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** The bytes of a frame as a client sends it. Nothing is checked: a test may send what a server must refuse. */
export function frame(options: FrameOptions = {}): Uint8Array {
  const { fin = true, rsv = 0, opcode = Opcode.TEXT, mask = DEFAULT_MASK } = options;
  const payload = Buffer.from(options.payload ?? "");
  const length = BigInt(options.length ?? payload.length);
  const bits = options.lengthBits ?? (length <= 125n ? 7 : length <= 0xffffn ? 16 : 64);

  const head = Buffer.alloc(2 + (bits === 64 ? 8 : bits === 16 ? 2 : 0));
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (mask === null ? 0 : 0x80) | (bits === 64 ? 127 : bits === 16 ? 126 : Number(length));
  if (bits === 16) head.writeUInt16BE(Number(length), 2);
  if (bits === 64) head.writeBigUInt64BE(length, 2);
  if (mask === null) return new Uint8Array(Buffer.concat([head, payload]));
  return new Uint8Array(Buffer.concat([head, mask, payload.map((byte, i) => byte ^ (mask[i & 3] ?? 0))]));
}

/** A frame that a server has sent. */
export interface Frame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Uint8Array;
  /** Bytes that it took. */
  readonly size: number;
}

/** Reads the frame at the start of `bytes`; null while it is incomplete. Throws WebSocketError. */
export function readFrame(bytes: Uint8Array): Frame | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const fin = (first & 0x80) !== 0;
  const opcode = first & 0x0f;
  const control = opcode >= Opcode.CLOSE;
  if ((first & 0x70) !== 0) throw new WebSocketError("reserved bits that no extension uses");
  if (!(Object.values(Opcode) as number[]).includes(opcode)) throw new WebSocketError(`the reserved opcode ${opcode}`);
  if ((second & 0x80) !== 0) throw new WebSocketError("a masked frame from a server");
  if (control && !fin) throw new WebSocketError("a fragmented control frame");
  if (control && second > MAX_CONTROL) throw new WebSocketError("a control frame of more than 125 bytes");

  const start = second === 127 ? 10 : second === 126 ? 4 : 2;
  if (bytes.length < start) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = second === 127 ? view.getBigUint64(2) : BigInt(second === 126 ? view.getUint16(2) : second);
  if (length >= 1n << 63n) throw new WebSocketError("a length of 64 bits");
  if ((second === 127 && length <= 0xffffn) || (second === 126 && length <= 125n))
    throw new WebSocketError(`the length ${length} in a longer form than it needs`);
  const size = start + Number(length);
  if (bytes.length < size) return null;
  return { fin, opcode, payload: bytes.slice(start, size), size };
}

/** The payload of a Close frame (RFC 6455, 5.5.1); nothing is checked. */
export function closePayload(code: number, reason = ""): Uint8Array {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(code);
  return new Uint8Array(payload);
}

/** Reads the payload of a Close frame: 1005 where there is no code. Throws WebSocketError. */
export function readClose(payload: Uint8Array): { code: number; reason: string } {
  if (payload.length === 0) return { code: 1005, reason: "" };
  if (payload.length === 1) throw new WebSocketError("half a close code");
  const code = new DataView(payload.buffer, payload.byteOffset).getUint16(0);
  const defined = code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code);
  if (!defined && (code < 3000 || code > 4999)) throw new WebSocketError(`the close code ${code}`);
  return { code, reason: readText(payload.subarray(2)) };
}

/** Decodes UTF-8. Throws WebSocketError where it is none. */
export function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new WebSocketError(`text that is not UTF-8: ${Buffer.from(bytes.subarray(0, 60)).toString("hex")}`);
  }
}
