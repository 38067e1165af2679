import { ascii, copyAscii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { narrowAscii } from "../bytes/text";
import { DATE_LENGTH, writeDate } from "../http/date";
import { findPhrase, hasNoContent, phrase, phraseLength } from "../http/status";
import { host } from "./window";

// What goes out lies in one window, so that most answers are one `send`:
//
//     ╒══ prefix, flush right ═══════╤═══ fields ════╤═ framing ═╤═ content ═╕
//     │ status line │ Date │ Server  │ of the answer │ 128 bytes │ copied    │
//     └─────────────┴──────┴─────────┴───────────────┴───────────┴───────────┘
//
// Date and status line are written again only where they change.

// @ts-ignore: decorator
@inline const PREFIX_SIZE: i32 = 208;
// @ts-ignore: decorator
@inline const FRAMING_SIZE: i32 = 192;
/** Bytes of the Server field. */
// @ts-ignore: decorator
@inline export const MAX_NAME: i32 = 64;
// @ts-ignore: decorator
@inline const DATE_LINE: i32 = 8 + DATE_LENGTH;
/** Length of "Content-Length: ". */
// @ts-ignore: decorator
@inline const CONTENT_LENGTH: usize = 16;
// @ts-ignore: decorator
@inline const CR_LF: u32 = 0x0a0d;

/** Room for an answer's field lines, and for what then follows them. */
// @ts-ignore: decorator
@inline export const FIELDS_SIZE: i32 = 1840;
/** Room for content that is made before its head. */
// @ts-ignore: decorator
@inline export const CONTENT_SIZE: i32 = 1024;

const prefix: usize = memory.data(PREFIX_SIZE + FIELDS_SIZE + CONTENT_SIZE, 8);
export const fieldsWindow: usize = prefix + PREFIX_SIZE;
export const contentWindow: usize = fieldsWindow + FIELDS_SIZE;

/** Where the status line ends: at the Date line, or at the Server line while the time is unknown. */
let linesStart: usize = 0;
let serverLine: usize = 0;
let dateTime: u32 = 0;
/** Status of the last answer, 0 where its line does not hold any more. */
export let status: i32 = 0;
/** Whether the answer that `headStart` was called for last has no content. */
export let isBare: bool = false;
let statusLine: usize = 0;

/** `Connection: keep-alive\r\nKeep-Alive: timeout=5, max=`, `ascii`. */
const keepAliveLines: usize = memory.data(80);

/** Writes what stays the same: the Server line and the Keep-Alive timeout in s. */
export function prepareLines(serverName: string, keepAliveTimeout: i32): void {
  serverLine = fieldsWindow - serverName.length - 10;
  memory.copy(serverLine, ascii("Server: ") + 1, 8);
  const name = changetype<usize>(serverName);
  narrowAscii(name, name + ((<usize>serverName.length) << 1), serverLine + 8);
  store<u16>(fieldsWindow - 2, CR_LF);
  linesStart = serverLine;

  let p = copyAscii(keepAliveLines + 1, ascii("Connection: keep-alive\r\nKeep-Alive: timeout="));
  p = copyAscii(writeInt(p, keepAliveTimeout), ascii(", max="));
  store<u8>(keepAliveLines, p - keepAliveLines - 1);
}

/**
 * Writes the head's end behind `fields`: `typeLine`, an `ascii` text that ends with "Content-Length: ", then `length`, or
 * without both where that is negative; and how many more requests the connection may bring.
 * Returns the address behind the head.
 */
// @ts-ignore: decorator
@inline
export function finishHead(fields: Output, typeLine: usize, length: i32, requestsLeft: i32): usize {
  let p = fields.reserve(FRAMING_SIZE);
  p = copyAscii(p, typeLine);
  if (length < 0) p -= CONTENT_LENGTH;
  else {
    p = writeInt(p, length);
    store<u16>(p, CR_LF);
    p += 2;
  }
  if (requestsLeft) p = writeInt(copyAscii(p, keepAliveLines), requestsLeft);
  else p = copyAscii(p, ascii("Connection: close"));
  store<u32>(p, 0x0a0d0a0d);
  return p + 4;
}

/** Makes status line, Date and Server current; returns the first byte. They end at `fieldsWindow`. */
// @ts-ignore: decorator
@inline
export function headStart(wanted: i32): usize {
  if (host.unixTime != dateTime) updateDate();
  if (wanted != status) updateStatus(wanted);
  return statusLine;
}

function updateDate(): void {
  dateTime = host.unixTime;
  const start = dateTime ? serverLine - DATE_LINE : serverLine;
  if (start != linesStart) status = 0;
  linesStart = start;
  if (!dateTime) return;
  memory.copy(start, ascii("Date: ") + 1, 6);
  writeDate(start + 6, dateTime);
  store<u16>(serverLine - 2, CR_LF);
}

function updateStatus(wanted: i32): void {
  status = wanted;
  isBare = hasNoContent(wanted);
  findPhrase(wanted);
  const start = linesStart - phraseLength - 15;
  memory.copy(start, ascii("HTTP/1.1 ") + 1, 9);
  writeInt(start + 9, wanted);
  store<u8>(start + 12, 0x20);
  memory.copy(start + 13, phrase, phraseLength);
  store<u16>(linesStart - 2, CR_LF);
  statusLine = start;
}

/** Writes `value` in decimal at `to`; returns the address behind. */
// @ts-ignore: decorator
@inline
function writeInt(to: usize, value: u32): usize {
  if (value >= 100) return writeDigits(to, value);
  if (value < 10) {
    store<u8>(to, value + 0x30);
    return to + 1;
  }
  store<u16>(to, 0x3030 + (value << 8) - (value / 10) * 2559); // tens, and above them value - 10 tens
  return to + 2;
}

function writeDigits(to: usize, value: u32): usize {
  if (value >= 10) to = writeDigits(to, value / 10);
  store<u8>(to, (value % 10) + 0x30);
  return to + 1;
}
