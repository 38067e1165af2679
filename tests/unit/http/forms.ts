/**
 * Tests of multipart forms. Each is read whole, cut in two at every offset, and byte by byte, each piece at a place of its
 * own with other bytes behind it; all must give the same.
 */

import { Output } from "microserver/bytes/output";
import { FormEvent, MultipartReader, openMultipart } from "microserver/http/multipart";
import { refusalReason } from "microserver/http/refusal";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const SIZE = 8192;
const DOT: u32 = 0x2e;

/** The form. */
const whole: usize = heap.alloc(SIZE);
/** A piece of it. */
const place: usize = heap.alloc(SIZE);
/** What lies behind a piece: it does not count. */
const TAIL = "x\r\n--b--\r\n--b\r\n\r\n";
const tail: usize = heap.alloc(64);
writeLatin1(tail, TAIL);

/** Forms up to twice this size are cut at every offset. */
const EVERY: i32 = 160;

/** What a form with the boundary "b" says: `[name|file name|type]data;` for each part, "." at the end. */
export function form(name: string, content: string, expected: string): void {
  testRow(name, new FormRow(content, expected, "b"));
}

export function formOf(boundary: string, content: string, expected: string): void {
  testRow(boundary, new FormRow(content, expected, boundary));
}

/** A form that is refused with a status, for a reason. */
export function refusedForm(name: string, content: string, status: i32, reason: string): void {
  testRow(name, new FormRow(content, `${status} ${reason}`, "b"));
}

/** A part's head with a name, the rest of its disposition and more field lines. */
export function part(disposition: string, lines: string = ""): string {
  return `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${lines}\r\n`;
}

class FormRow extends Row {
  constructor(
    private content: string,
    private expected: string,
    private boundary: string,
  ) {
    super();
  }

  check(): void {
    const content = this.content;
    for (let cut = 0; cut < content.length; cut = nextCut(cut, content.length)) {
      start(this.boundary, content);
      if (feed(0, cut)) feed(cut, content.length);
      this.compare(`cut at ${cut}`);
    }
    start(this.boundary, content);
    for (let at = 0; at < content.length; at++) if (!feed(at, at + 1)) break;
    this.compare("byte by byte");
  }

  private compare(how: string): void {
    const found = result();
    if (found != this.expected) expect(found).toBe(this.expected, how);
  }
}

/** The offset to cut at next: of a long form the ends and a sample are enough. */
function nextCut(cut: i32, length: i32): i32 {
  return cut < EVERY || cut >= length - EVERY ? cut + 1 : min(cut + 211, length - EVERY);
}

let reader: MultipartReader = open("b");
const seen = new Output();
/** What ended the reading, 0 if nothing did. */
let status = 0;

function open(boundary: string): MultipartReader {
  const end = writeLatin1(place, `multipart/form-data; boundary="${boundary}"`);
  const opened = openMultipart(place, end);
  if (!opened) throw new Error(`no boundary: ${boundary}`);
  return opened;
}

/** Begins a form. */
export function start(boundary: string, content: string): void {
  writeLatin1(whole, content);
  reader = open(boundary);
  seen.reset();
  status = 0;
}

/** What was seen so far, or status and reason of a refusal. */
export function result(): string {
  if (!status) {
    if (reader.isWhole != (seen.length > 0 && load<u8>(seen.end - 1) == DOT)) throw new Error("isWhole is wrong");
    return readLatin1(seen.start, seen.end);
  }
  const reason = readLatin1(refusalReason + 1, refusalReason + 1 + load<u8>(refusalReason));
  return `${-status} ${reason}`;
}

/** Reads the form's bytes [from, to); false where it is refused. */
export function feed(from: i32, to: i32): bool {
  const end = place + (to - from);
  memory.copy(place, whole + from, to - from);
  memory.copy(end, tail + (to & 1), TAIL.length - 1);
  reader.feed(place, end);
  const known = seen.length;
  let event = reader.next();
  for (; event > 0; event = reader.next()) {
    show(event);
    if (seen.length - known > 4 * (to - from) + 300) throw new Error("it does not end");
  }
  memory.fill(place, 0x78, to - from + 32);
  status = event;
  return event == 0;
}

function show(event: i32): void {
  if (event == FormEvent.BEGIN) {
    const part = reader.part;
    seen.byte(0x5b);
    seen.bytes(part.name, part.nameLength);
    seen.byte(0x7c);
    if (part.filenameLength >= 0) seen.bytes(part.filename, part.filenameLength);
    else seen.byte(0x2d);
    seen.byte(0x7c);
    seen.bytes(part.type, part.typeLength);
    seen.byte(0x5d);
  } else if (event == FormEvent.DATA) {
    if (!reader.dataLength) throw new Error("no data");
    seen.bytes(reader.data, reader.dataLength);
  } else seen.byte(event == FormEvent.END ? 0x3b : DOT);
}
