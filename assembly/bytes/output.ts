import { newBuffer } from "./buffer";
import { decodeText, encodeText, narrowAscii } from "./text";

// @ts-ignore: decorator
@inline const FIRST_SIZE: i32 = 256;

/**
 * A growing run of bytes [start, end) with room up to `limit`.
 * It begins in a region that is given (a shared window, or none) and moves to the heap when it outgrows that.
 */
export class Output {
  start: usize;
  end: usize;
  limit: usize;
  /** Holds the bytes once they left the region. */
  owner: ArrayBuffer | null = null;

  constructor(
    private region: usize = 0,
    private size: i32 = 0,
  ) {
    this.start = region;
    this.end = region;
    this.limit = region + size;
  }

  // @ts-ignore: decorator
  @inline
  get length(): i32 {
    return <i32>(this.end - this.start);
  }

  /** Empties it; it is in its region again. */
  // @ts-ignore: decorator
  @inline
  reset(): void {
    if (this.owner) this.leave();
    this.end = this.start;
  }

  private leave(): void {
    this.start = this.region;
    this.limit = this.region + this.size;
    this.owner = null;
  }

  /** Moves to the heap, for good. */
  leaveRegion(): void {
    if (!this.owner) this.grow(0);
    this.region = 0;
    this.size = 0;
  }

  /** Takes `length` bytes at `from`, which `owner` holds, as its own instead of what it had. */
  adopt(owner: ArrayBuffer, from: usize, length: i32): void {
    this.owner = owner;
    this.start = from;
    this.end = from + length;
    this.limit = this.end;
  }

  /** Makes room for `n` more bytes. Returns `end`: write there, then advance `end`. */
  // @ts-ignore: decorator
  @inline
  reserve(n: i32): usize {
    if (this.end + n > this.limit) this.grow(n);
    return this.end;
  }

  byte(value: u32): void {
    this.byteNow(value);
  }

  /** The same, made part of its caller. */
  // @ts-ignore: decorator
  @inline
  byteNow(value: u32): void {
    const to = this.reserve(1);
    store<u8>(to, value);
    this.end = to + 1;
  }

  bytes(from: usize, n: i32): void {
    const to = this.reserve(n);
    memory.copy(to, from, n);
    this.end = to + n;
  }

  /** Appends an `ascii` text. */
  ascii(text: usize): void {
    this.asciiNow(text);
  }

  /** The same, made part of its caller. */
  // @ts-ignore: decorator
  @inline
  asciiNow(text: usize): void {
    const length = <i32>load<u8>(text);
    const to = this.reserve(length);
    memory.copy(to, text + 1, length);
    this.end = to + length;
  }

  /** Appends `text` as UTF-8; unpaired surrogates become U+FFFD. */
  text(text: string): void {
    const from = changetype<usize>(text);
    const end = from + ((<usize>text.length) << 1);
    let to = this.reserve(text.length);
    const plain = narrowAscii(from, end, to);
    this.end = to + plain;
    if (plain == text.length) return;
    to = this.reserve((text.length - plain) * 3);
    this.end = encodeText(from + ((<usize>plain) << 1), end, to);
  }

  /** Appends `value` in decimal. */
  int(value: i64): void {
    let rest = <u64>value;
    if (value < 0) {
      this.byte(0x2d);
      rest = 0 - rest;
    }
    let digits = 1;
    for (let i = rest; i >= 10; i /= 10) digits++;
    let to = this.reserve(digits) + digits;
    this.end = to;
    do {
      store<u8>(--to, <u32>(rest % 10) + 0x30);
      rest /= 10;
    } while (rest);
  }

  /** The bytes as text. */
  toString(): string {
    return decodeText(this.start, this.length);
  }

  private grow(n: i32): void {
    const used = this.length;
    const size = max(max(used << 1, used + n), FIRST_SIZE);
    const owner = newBuffer(size);
    const start = changetype<usize>(owner);
    memory.copy(start, this.start, used);
    this.owner = owner;
    this.start = start;
    this.end = start + used;
    this.limit = start + size;
  }
}
