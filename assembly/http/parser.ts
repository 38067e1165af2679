import { ascii } from "../bytes/ascii";
import { first } from "../bytes/swar";
import { Content } from "./chunked";
import { readField } from "./fields";
import { Head, HeadFlag, HEAD_SIZE } from "./head";
import { limits } from "./limits";
import { refuse } from "./refusal";
import { lineFault, parseRequestLine } from "./request_line";
import { controls, nonNames } from "./swar";
import { isTokenCharacter } from "./token";

// @ts-ignore: decorator
@inline const CR_LF: u32 = 0x0a0d;

/** Bytes of all that is known of a message while it is read: `content`, then `head`. */
// @ts-ignore: decorator
@inline export const MESSAGE_SIZE: i32 = <i32>offsetof<Content>() + HEAD_SIZE;

/** Address of what is known of the message that is being read or answered. */
export const message: usize = memory.data(MESSAGE_SIZE, 8);
export const content: Content = changetype<Content>(message);
export const head: Head = changetype<Head>(message + offsetof<Content>());

/**
 * Reads a request head (RFC 9112 §2.1, §3, §5) from [base, end) into `head`. The eight bytes at `end` are 0.
 * It goes on at the line it could not finish last time, so each byte is looked at a bounded number of times however
 * the head is cut; the bytes before must still be there, at any `base`.
 *
 * Returns the head's length in bytes, 0 where more is needed, or a negated status (400, 414, 431, 501, 505).
 * With `isNew` it is known not to equal the last head.
 */
// @ts-ignore: decorator
@inline
export function parseHead(base: usize, end: usize, isNew: bool = false): i32 {
  if (!isNew && isLastHead(base, end)) {
    restoreHead();
    return lastLine + lastSection;
  }
  const length = head.checked && !hasNews(base, end) ? 0 : parseLines(base, end);
  return length ? length : waitForMore(base, end);
}

/** Reads from the line that is open on; 0 where a line is not whole. */
// @ts-ignore: decorator
@inline
function parseLines(base: usize, end: usize): i32 {
  let p = base + head.line;
  if (p == base) {
    lastLine = 0;
    bareLength = -1;
    headNumber++;
    const length = parseRequestLine(head, base, end);
    if (length <= 0) return length;
    if (length - 2 > limits.requestLine) return refuse(414, ascii("request line too long"));
    p += length;
    head.section = length;
    if (isLastSection(p, end) && length + lastSection <= limits.head) {
      head.flags |= lastFlags;
      head.fields = <u16>lastFields;
      head.contentLength = lastContentLength;
      keepLine(base, length);
      return length + lastSection;
    }
    lastSection = 0;
  }
  const section = base + head.section;
  while (load<u16>(p) != CR_LF) {
    const name = p;
    while (true) {
      const stops = nonNames(load<u64>(p));
      if (!stops) {
        p += 8;
        continue;
      }
      p += first(stops);
      const code = <u32>load<u8>(p);
      if (code == 0x3a) break;
      if (!isTokenCharacter(code)) {
        head.line = <u32>(name - base);
        return p < end && !(code == 0x0d && p == name && p + 1 == end) ? refuse(400, nameFault(p, name)) : 0;
      }
      p++;
    }
    const nameLength = p - name;
    if (!nameLength) return refuse(400, ascii("empty field name"));
    p++;
    if (load<u8>(p) == 0x20) p++;
    while (isBlank(load<u8>(p))) p++;
    const value = p;
    while (true) {
      const stops = controls(load<u64>(p));
      if (!stops) {
        p += 8;
        continue;
      }
      p += first(stops);
      const code = <u32>load<u8>(p);
      if (code != 0x09 && code != 0xff) break;
      p++;
    }
    if (load<u16>(p) != CR_LF) {
      head.line = <u32>(name - base);
      if (p >= end || (load<u8>(p) == 0x0d && p + 1 == end)) return 0;
      return refuse(400, load<u8>(p) == 0x0d ? ascii("bare CR") : lineFault(p, 0));
    }
    let valueEnd = p;
    while (valueEnd > value && isBlank(load<u8>(valueEnd - 1))) valueEnd--;
    if (<i32>(p - name) > limits.fieldLine) return refuse(431, ascii("field line too long"));
    if (<i32>head.fields >= limits.fields) return refuse(431, ascii("too many fields"));
    const field = head.fieldAt(head.fields++);
    field.name = <u16>(name - section);
    field.nameLength = <u16>nameLength;
    field.value = <u16>(value - section);
    field.valueLength = <u16>(valueEnd - value);
    const fault = readField(head, name, <i32>nameLength, value, valueEnd);
    if (fault) return fault;
    p += 2;
  }
  const length = <i32>(p + 2 - base);
  if (length > limits.head) return refuse(431, ascii("head too long"));
  if (!head.has(HeadFlag.HOST) && head.minor) return refuse(400, ascii("Host is missing"));
  if (head.has(HeadFlag.CHUNKED)) {
    if (head.has(HeadFlag.LENGTH)) return refuse(400, ascii("Content-Length beside Transfer-Encoding"));
    if (!head.minor) return refuse(400, ascii("Transfer-Encoding in HTTP/1.0"));
  }
  if (head.minor) keepSection(base, section, p + 2);
  return length;
}

// A client mostly repeats itself. A head that equals the last one to the byte says the same, and so do field lines behind
// another request line. What they said is still in `head` then, as whatever overwrites that forgets them.
//
//     ╒═ LINE_SIZE, flush right ═╤═ SECTION_SIZE ═════════════════╕
//     │             request line │ field lines, empty line        │
//     └──────────────────────────┴────────────────────────────────┘

// @ts-ignore: decorator
@inline const LINE_SIZE: i32 = 128;
// @ts-ignore: decorator
@inline const SECTION_SIZE: i32 = 640;
const kept: usize = memory.data(LINE_SIZE + SECTION_SIZE, 8) + LINE_SIZE;
/** Lengths of what is kept, 0 where it does not hold. */
let lastLine: i32 = 0;
let lastSection: i32 = 0;
let lastFlags: u16 = 0;
let lastFields: u32 = 0;
let lastContentLength: u32 = 0;
/** The eight bytes of `head` from `flags` on. */
let lastState: u64 = 0;

/** Length of the last head where it holds and no content follows it; else -1. */
export let bareLength: i32 = -1;

/** Changes with each head that does not equal the one before. */
export let headNumber: u32 = 0;

/** Puts back what the last head said. */
// @ts-ignore: decorator
@inline
export function restoreHead(): void {
  store<u64>(changetype<usize>(head), lastState, offsetof<Head>("flags"));
}

/** Whether the `bareLength` bytes at `base` are the last head. */
// @ts-ignore: decorator
@inline
export function isBareHead(base: usize): bool {
  return equalBytesNow(base, kept - lastLine, bareLength);
}

/** Whether the bytes at `base` begin with the last head. */
// @ts-ignore: decorator
@inline
function isLastHead(base: usize, end: usize): bool {
  const length = lastLine + lastSection;
  return lastLine != 0 && base + length <= end && equalBytes(base, kept - lastLine, length);
}

/** Whether the field lines at `p`, with the empty line behind them, are those of the last head, of HTTP/1.1 both. */
// @ts-ignore: decorator
@inline
function isLastSection(p: usize, end: usize): bool {
  return lastSection != 0 && p + lastSection <= end && head.minor != 0 && equalBytes(p, kept, lastSection);
}

/** Whether two runs of at least eight bytes are equal. */
function equalBytes(p: usize, at: usize, length: i32): bool {
  const last = at + length - 8;
  if (load<u64>(p + length - 8) != load<u64>(last)) return false;
  for (; at < last; at += 8, p += 8) if (load<u64>(p) != load<u64>(at)) return false;
  return true;
}

/** The same, made part of its caller. */
// @ts-ignore: decorator
@inline
function equalBytesNow(p: usize, at: usize, length: i32): bool {
  const last = at + length - 8;
  if (load<u64>(p + length - 8) != load<u64>(last)) return false;
  for (const stop = at + (length & ~31); at < stop; at += 32, p += 32) {
    if (
      (load<u64>(p) ^ load<u64>(at)) |
      (load<u64>(p, 8) ^ load<u64>(at, 8)) |
      (load<u64>(p, 16) ^ load<u64>(at, 16)) |
      (load<u64>(p, 24) ^ load<u64>(at, 24))
    ) {
      return false;
    }
  }
  for (; at < last; at += 8, p += 8) if (load<u64>(p) != load<u64>(at)) return false;
  return true;
}

function keepSection(base: usize, from: usize, end: usize): void {
  const length = <i32>(end - from);
  if (length > SECTION_SIZE) return;
  memory.copy(kept, from, length);
  lastFlags = head.flags & ~(<u16>HeadFlag.ESCAPED);
  lastFields = head.fields;
  lastContentLength = head.contentLength;
  lastSection = length;
  keepLine(base, <i32>(from - base));
}

function keepLine(base: usize, length: i32): void {
  if (length > LINE_SIZE) return;
  memory.copy(kept - length, base, length);
  lastState = load<u64>(changetype<usize>(head), offsetof<Head>("flags"));
  lastLine = length;
  if (!(head.flags & (<u16>(HeadFlag.LENGTH | HeadFlag.CHUNKED)))) bareLength = length + lastSection;
}

/** Puts back what was known of a message that waited: MESSAGE_SIZE bytes. */
export function restoreMessage(from: usize): void {
  forgetHead();
  memory.copy(message, from, MESSAGE_SIZE);
}

/** Forgets the last head, since another one is put in its place. */
export function forgetHead(): void {
  lastLine = 0;
  lastSection = 0;
  bareLength = -1;
  headNumber++;
}

// @ts-ignore: decorator
@inline
function isBlank(code: u32): bool {
  return code == 0x20 || code == 0x09;
}

/** Whether what came since the last call may end the line that is open, or break it. */
function hasNews(base: usize, end: usize): bool {
  for (let p = base + head.checked; p < end; p++) {
    const code = <u32>load<u8>(p);
    if ((code < 0x20 && code != 0x09) || code == 0x7f) return true;
  }
  return false;
}

/** 0 while the open line may still become one within its limits. */
function waitForMore(base: usize, end: usize): i32 {
  const length = <i32>(end - base);
  const open = length - <i32>head.line;
  if (!head.line) {
    if (open > limits.requestLine + 1) return refuse(414, ascii("request line too long"));
  } else {
    if (open > limits.fieldLine + 1) return refuse(431, ascii("field line too long"));
    if (length > limits.head) return refuse(431, ascii("head too long"));
  }
  head.checked = length - <i32>(length && load<u8>(end - 1) == 0x0d);
  return 0;
}

function nameFault(p: usize, name: usize): usize {
  if (isBlank(load<u8>(p))) return p == name ? ascii("obsolete line folding") : ascii("space before the colon");
  if (load<u8>(p) == 0x0d) return p == name ? ascii("bare CR") : ascii("field line without a colon");
  return lineFault(p, ascii("malformed field name"));
}
