/**
 * Tests of chunked content. Each message is decoded whole, cut in two at every offset, and byte by byte with nothing kept
 * but what was decoded; all must end alike.
 */

import { clearContent, Content, decodeChunked } from "microserver/http/chunked";
import { refusalReason } from "microserver/http/refusal";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const place: usize = heap.alloc(65536);
const content: Content = changetype<Content>(heap.alloc(offsetof<Content>()));

/** What stands behind a message must not be read. */
const TAIL = "0\r\n\r\n";

/** A message and what it says. */
export function decoded(name: string, message: string, expected: string): void {
  testRow(name, new Decoded(message, expected));
}

/** A message that is refused with a status, for a reason. */
export function refusedChunks(name: string, message: string, status: i32, reason: string): void {
  testRow(name, new Refused(message, status, reason));
}

/** The beginning of a message, with what there is to be had of it. */
export function open(name: string, message: string, expected: string): void {
  testRow(name, new Open(message, expected));
}

class Decoded extends Row {
  constructor(
    private message: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const text = this.message + TAIL;
    const length = this.message.length;
    for (let cut = 0; cut < text.length; cut = nextCut(cut, text.length)) {
      expect(decodeInTwo(text, cut)).toBe(1, `cut at ${cut}, or the negated status: ${reasonText()}`);
      expect(content.source).toBe(length, `cut at ${cut}`);
      expectContent(this.expected);
    }
    expect(drip(text)).toBe(1, "byte by byte");
    expectContent(this.expected);
    expect(fed).toBe(length, "byte by byte");
  }
}

class Refused extends Row {
  constructor(
    private message: string,
    private status: i32,
    private reason: string,
  ) {
    super();
  }

  check(): void {
    const text = this.message;
    for (let cut = 0; cut < text.length; cut = nextCut(cut, text.length)) {
      expect(decodeInTwo(text, cut)).toBe(-this.status, `cut at ${cut}`);
      expect(reasonText()).toBe(this.reason, `cut at ${cut}`);
    }
    expect(drip(text)).toBe(-this.status, "byte by byte");
    expect(reasonText()).toBe(this.reason, "byte by byte");
  }
}

class Open extends Row {
  constructor(
    private message: string,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const text = this.message;
    for (let cut = 0; cut < text.length; cut = nextCut(cut, text.length)) {
      expect(decodeInTwo(text, cut)).toBe(0, `cut at ${cut}`);
      expect(content.source).toBe(text.length, `cut at ${cut}`);
      expectContent(this.expected);
    }
    expect(drip(text)).toBe(0, "byte by byte");
    expectContent(this.expected);
  }
}

/** The offset to cut at next: of a long message the ends and a sample are enough. */
function nextCut(cut: i32, length: i32): i32 {
  return cut < 128 || cut >= length - 128 ? cut + 1 : min(cut + 31, length - 128);
}

/** Decodes the first `cut` bytes, then the rest. */
function decodeInTwo(text: string, cut: i32): i32 {
  clearContent(content);
  writeLatin1(place, text);
  if (cut) {
    const result = decodeChunked(content, place, place + cut);
    if (result) return result;
  }
  return decodeChunked(content, place, place + text.length);
}

/** How many bytes were needed. */
let fed = 0;

/** Decodes byte by byte, each behind what was decoded before. */
function drip(text: string): i32 {
  clearContent(content);
  for (fed = 1; fed <= text.length; fed++) {
    content.source = content.length;
    const p = place + content.length;
    store<u8>(p, text.charCodeAt(fed - 1));
    writeLatin1(p + 1, TAIL);
    const result = decodeChunked(content, place, p + 1);
    if (result) return result;
  }
  return 0;
}

function expectContent(expected: string): void {
  const found = readLatin1(place, place + content.length);
  if (found != expected) expect(found).toBe(expected);
}

function reasonText(): string {
  return refusalReason ? readLatin1(refusalReason + 1, refusalReason + 1 + load<u8>(refusalReason)) : "";
}
