/** JSON string literals (RFC 8259, section 7): quoting, passing over, taking the escapes out. */
import { OBJECT, TOTAL_OVERHEAD } from "rt/common";
import { Output } from "../bytes/output";
import { first, HIGHS, ONES } from "../bytes/swar";
import { encodeText } from "../bytes/text";

// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;
// @ts-ignore: decorator
@inline const NON_ASCII_UNITS: u64 = 0xff80ff80ff80ff80;
/** What follows the backslash for the controls 8 to 13, a byte each; 0 where there is no short form. */
// @ts-ignore: decorator
@inline const SHORT_ESCAPES: u64 = 0x7266_006e_7462;

/** Appends `text` as a string literal, in UTF-8; unpaired surrogates become U+FFFD. */
export function writeString(out: Output, text: string): void {
  let from = changetype<usize>(text);
  const end = from + changetype<OBJECT>(from - TOTAL_OVERHEAD).rtSize;
  const last = end - 8;
  let to = out.reserve(room(from, end));
  store<u8>(to++, QUOTE);
  while (true) {
    while (from <= last) {
      let wide = load<u64>(from);
      if (wide & NON_ASCII_UNITS) break;
      wide = (wide | (wide >> 8)) & 0x0000ffff0000ffff;
      const bytes = <u32>(wide | (wide >> 16));
      store<u32>(to, bytes);
      const special = stringStops(bytes) & 0x80808080;
      if (special) {
        const plain = first(special);
        from += plain << 1;
        to += plain;
        break;
      }
      from += 8;
      to += 4;
    }
    if (from >= end) break;
    const unit = <u32>load<u16>(from);
    if (unit >= 0x80) {
      const first = from;
      do from += 2;
      while (from < end && load<u16>(from) >= 0x80);
      out.end = to;
      to = encodeText(first, from, out.reserve(<i32>(from - first) * 2 + room(from, end)));
    } else {
      from += 2;
      if (unit >= 0x20 && unit != QUOTE && unit != BACKSLASH) {
        store<u8>(to++, unit);
      } else {
        out.end = to;
        to = writeEscape(out.reserve(6 + room(from, end)), unit);
      }
    }
  }
  store<u8>(to, QUOTE);
  out.end = to + 1;
}

/** Bytes for the units [from, end) where none needs an escape, for both quotes and for what a word-wide store adds. */
// @ts-ignore: decorator
@inline
function room(from: usize, end: usize): i32 {
  return <i32>((end - from) >> 1) + 2;
}

function writeEscape(to: usize, unit: u32): usize {
  const short = unit >= 0x20 ? unit : unit - 8 < 6 ? (<u32>(SHORT_ESCAPES >> ((unit - 8) << 3))) & 0xff : 0;
  if (short) {
    store<u16>(to, BACKSLASH | (short << 8));
    return to + 2;
  }
  store<u32>(to, 0x3030755c); // \u00
  store<u8>(to + 4, 0x30 + (unit >> 4));
  unit &= 15;
  store<u8>(to + 5, unit < 10 ? 0x30 + unit : 0x57 + unit);
  return to + 6;
}

/** What ends a run of plain ASCII in a string: other characters, controls, quotes, backslashes. */
// @ts-ignore: decorator
@inline
export function stringStops(bytes: u64): u64 {
  const quotes = (bytes ^ (ONES * QUOTE)) - ONES;
  const backslashes = (bytes ^ (ONES * BACKSLASH)) - ONES;
  return (bytes | (bytes - 0x20 * ONES) | quotes | backslashes) & HIGHS;
}

/** The first byte of [at, end) that is not printable ASCII, or is a quote or backslash; `end` where there is none. */
export function passPlain(at: usize, end: usize): usize {
  while (at < end) {
    const rest = end - at;
    // The last bytes come with zeros behind them, which are special too.
    const bytes = rest < 8 ? load<u64>(end - 8) >> ((8 - rest) << 3) : load<u64>(at);
    const special = stringStops(bytes);
    if (special) return at + first(special);
    at += 8;
  }
  return end;
}

/** Length of the UTF-8 sequence of two bytes or more at `at`; 0 where it is none (RFC 3629, section 4). */
export function sequenceLength(at: usize, end: usize): i32 {
  const lead = <u32>load<u8>(at);
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  const second = <u32>load<u8>(at + 1);
  if (lead == 0xe0 && second < 0xa0) return 0;
  if (lead == 0xed && second > 0x9f) return 0;
  if (lead == 0xf0 && second < 0x90) return 0;
  if (lead == 0xf4 && second > 0x8f) return 0;
  for (let i = 1; i < length; i++) if ((load<u8>(at + i) & 0xc0) != 0x80) return 0;
  return length;
}

/** Length of the escape whose backslash is at `at`; 0 where it is none. */
export function escapeLength(at: usize, end: usize): i32 {
  if (at + 2 > end) return 0;
  if (shortEscape(load<u8>(at + 1))) return 2;
  return load<u8>(at + 1) == 0x75 && at + 6 <= end && hex(at + 2) >= 0 ? 6 : 0;
}

/** The character that a backslash and `letter` stand for; 0 where there is none. */
function shortEscape(letter: u32): u32 {
  if (letter == QUOTE || letter == BACKSLASH || letter == 0x2f) return letter;
  for (let code: u32 = 8; code < 14; code++) {
    if (((<u32>(SHORT_ESCAPES >> ((code - 8) << 3))) & 0xff) == letter) return letter ? code : 0;
  }
  return 0;
}

/** The value of four hexadecimal digits, or -1. */
function hex(at: usize): i32 {
  let value = 0;
  for (const end = at + 4; at < end; at++) {
    let digit = <u32>load<u8>(at) - 0x30;
    if (digit > 9) {
      digit = (digit & ~0x20) - 17;
      if (digit > 5) return -1;
      digit += 10;
    }
    value = (value << 4) | digit;
  }
  return value;
}

/**
 * Copies the content [from, end) of a literal, which is known to be well formed, to `to` with its escapes taken out;
 * returns the address behind. The result is never longer. Unpaired surrogates become U+FFFD.
 */
export function unescape(from: usize, end: usize, to: usize): usize {
  while (from < end) {
    const byte = <u32>load<u8>(from);
    if (byte != BACKSLASH) {
      store<u8>(to++, byte);
      from++;
      continue;
    }
    const code = shortEscape(load<u8>(from + 1));
    if (code) {
      store<u8>(to++, code);
      from += 2;
      continue;
    }
    let units = <u32>hex(from + 2);
    let count: usize = 1;
    from += 6;
    if ((units & 0xfc00) == 0xd800 && from < end && load<u16>(from) == 0x755c) {
      const low = <u32>hex(from + 2);
      if ((low & 0xfc00) == 0xdc00) {
        units |= low << 16;
        count = 2;
        from += 6;
      }
    }
    store<u32>(to, units);
    to = encodeText(to, to + (count << 1), to);
  }
  return to;
}
