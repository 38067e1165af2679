import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { encodeText, narrowAscii } from "../bytes/text";

// @ts-ignore: decorator
@inline const CR: u32 = 0x0d;
// @ts-ignore: decorator
@inline const LF: u32 = 0x0a;
/** In each of four UTF-16 units: 1 above CR, and the highest bit. */
// @ts-ignore: decorator
@inline const ABOVE_CR: u64 = 0x000e000e000e000e;
// @ts-ignore: decorator
@inline const HIGHEST: u64 = 0x8000800080008000;

/**
 * Writes a server-sent event (WHATWG HTML, 9.2.6): each line of `data` as a field of its own, `event` and `id` where they
 * are not empty, `retry` in ms where it is above 0. Aborts where `event` or `id` has CR, LF or NUL.
 */
export function writeEvent(out: Output, data: string, event: string, id: string, retry: i32): void {
  if (event.length) writeField(out, ascii("event: "), event);
  if (id.length) writeField(out, ascii("id: "), id);
  if (retry > 0) {
    out.ascii(ascii("retry: "));
    out.int(retry);
    out.byte(LF);
  }
  writeLines(out, ascii("data: "), data);
  out.byte(LF);
}

/** Writes a comment, which clients pass over. */
export function writeComment(out: Output, text: string): void {
  writeLines(out, ascii(": "), text);
  out.byte(LF);
}

function writeField(out: Output, label: usize, value: string): void {
  const from = changetype<usize>(value);
  const end = from + ((<usize>value.length) << 1);
  for (let p = findControl(from, end); p < end; p = findControl(p + 2, end)) {
    const unit = <u32>load<u16>(p);
    if (unit == CR || unit == LF || !unit) fail(ascii("CR, LF or NUL in an event's name or id"));
  }
  out.ascii(label);
  writeUnits(out, from, end);
  out.byte(LF);
}

/** Writes each line of a text behind a label. Lines end with CR, LF or both. */
function writeLines(out: Output, label: usize, text: string): void {
  let from = changetype<usize>(text);
  const end = from + ((<usize>text.length) << 1);
  while (true) {
    let p = findControl(from, end);
    while (p < end && load<u16>(p) != CR && load<u16>(p) != LF) p = findControl(p + 2, end);
    out.ascii(label);
    writeUnits(out, from, p);
    out.byte(LF);
    if (p == end) return;
    from = p + (load<u16>(p) == CR && p + 2 < end && load<u16>(p, 2) == LF ? 4 : 2);
  }
}

/** Address of the first unit of [p, end) that is CR or less; `end` where there is none. */
function findControl(p: usize, end: usize): usize {
  while (p < end) {
    if (p + 8 <= end) {
      const units = load<u64>(p);
      if (!((units - ABOVE_CR) & ~units & HIGHEST)) {
        p += 8;
        continue;
      }
    }
    if (load<u16>(p) <= CR) return p;
    p += 2;
  }
  return end;
}

/** Writes the UTF-16 units [from, end) as UTF-8. */
function writeUnits(out: Output, from: usize, end: usize): void {
  const length = <i32>((end - from) >> 1);
  const to = out.reserve(length * 3);
  const plain = <usize>narrowAscii(from, end, to);
  out.end = encodeText(from + (plain << 1), end, to + plain);
}
