/**
 * Tests of request heads. Each message is read whole, cut in two at every offset, and byte by byte; all must end alike.
 */

import { clearHead, HeadFlag, TargetForm } from "microserver/http/head";
import { head, parseHead } from "microserver/http/parser";
import { methodName } from "microserver/http/method";
import { refusalReason } from "microserver/http/refusal";
import { readLatin1, writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

const SIZE: i32 = 70000;
/** Two places for a message, as its bytes may move between two calls. */
const places: usize[] = [heap.alloc(SIZE), heap.alloc(SIZE)];
/** Messages up to this size are cut at every offset. */
const EVERY: i32 = 2048;

/** What stands behind a head must not be read. */
const TAIL = "GET /next HTTP/1.1\r\n";

/** Parts of a head that a table shows. */
export enum View {
  LINE,
  FIELDS,
  OPTIONS,
}

/** A message that is accepted, with what `view` shows of it. */
export function accepted(name: string, message: string, view: View, expected: string): void {
  testRow(name, new Accepted(message, view, expected));
}

/** A message that is refused with a status, for a reason. */
export function refused(name: string, message: string, status: i32, reason: string): void {
  testRow(name, new Refused(message, status, reason));
}

/** An accepted request line: `GET origin /path ?query 1.1`, with `-` for no path. */
export function acceptedLine(line: string, expected: string): void {
  accepted(line, withLine(line), View.LINE, expected);
}

export function refusedLine(name: string, line: string, status: i32, reason: string): void {
  refused(name, withLine(line), status, reason);
}

/** Field lines that are accepted, as `name=value|…`. */
export function acceptedFields(name: string, lines: string, expected: string): void {
  accepted(name, withFields(lines), View.FIELDS, "Host=x|" + expected);
}

/** Field lines with what the connection takes from them, as `host length=5`. */
export function acceptedOptions(name: string, lines: string, expected: string): void {
  accepted(name, withFields(lines), View.OPTIONS, expected);
}

export function refusedFields(name: string, lines: string, status: i32, reason: string): void {
  refused(name, withFields(lines), status, reason);
}

function withLine(line: string): string {
  return line + "\r\nHost: x\r\n\r\n";
}

function withFields(lines: string): string {
  return "GET / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n";
}

class Accepted extends Row {
  constructor(
    private message: string,
    private view: View,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const text = this.message + TAIL;
    const length = this.message.length;
    clearHead(head);
    expect(read(text, text.length, 0)).toBe(length, "length, or the negated status: " + reasonText());
    expect(show(places[0], this.view)).toBe(this.expected);
    const all = showAll(places[0]);
    for (let cut = 1; cut < text.length; cut++) {
      if (isSkipped(cut, text.length)) continue;
      clearHead(head);
      let base = places[1];
      let result = read(text, cut, 1);
      if (!result) {
        base = places[0];
        result = read(text, text.length, 0);
      }
      expect(result).toBe(length, `cut at ${cut}`);
      const found = showAll(base);
      if (found != all) expect(found).toBe(all, `cut at ${cut}`);
    }
    if (length > EVERY) return;
    expect(drip(this.message)).toBe(length, "byte by byte");
    writeLatin1(places[0], this.message);
    expect(showAll(places[0])).toBe(all, "byte by byte");
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
    clearHead(head);
    this.expectRefusal(read(text, text.length, 0), "whole");
    for (let cut = 1; cut < text.length; cut++) {
      if (isSkipped(cut, text.length)) continue;
      clearHead(head);
      let result = read(text, cut, 1);
      if (!result) result = read(text, text.length, 0);
      this.expectRefusal(result, `cut at ${cut}`);
    }
    if (text.length <= EVERY) this.expectRefusal(drip(text), "byte by byte");
  }

  private expectRefusal(result: i32, how: string): void {
    expect(result).toBe(-this.status, how);
    expect(reasonText()).toBe(this.reason, how);
  }
}

/** Of a long message the ends and a sample are enough. */
function isSkipped(cut: i32, length: i32): bool {
  return length > EVERY && cut > 64 && cut < length - 64 && cut % 997 != 0;
}

/** Reads the first `length` bytes of a message, with zeros and then something misleading behind them. */
function read(text: string, length: i32, place: i32): i32 {
  const base = places[place];
  const end = writeLatin1(base, text, length);
  store<u64>(end, 0);
  writeLatin1(end + 8, "\r\n\r\n: \r\n\r\n");
  return parseHead(base, end);
}

/**
 * Reads a message byte by byte. What was read is overwritten with NUL before the next byte is shown, but for the open line
 * where one of its last two bytes is a control character: so no byte can be looked at more than a few times.
 */
function drip(text: string): i32 {
  const base = places[0];
  clearHead(head);
  for (let length = 1; length <= text.length; length++) {
    const end = writeLatin1(base, text, length);
    store<u64>(end, 0);
    const isNews = isControl(text, length - 1) || (length > 1 && isControl(text, length - 2));
    memory.fill(base, 0, isNews ? head.line : length - 1);
    const result = parseHead(base, end);
    if (result) return result;
  }
  return 0;
}

function isControl(text: string, index: i32): bool {
  const code = text.charCodeAt(index);
  return (code < 0x20 && code != 0x09) || code == 0x7f;
}

function reasonText(): string {
  return refusalReason ? readLatin1(refusalReason + 1, refusalReason + 1 + load<u8>(refusalReason)) : "";
}

function show(base: usize, view: View): string {
  switch (view) {
    case View.LINE:
      return showLine(base);
    case View.FIELDS:
      return showFields(base);
    default:
      return showOptions();
  }
}

function showAll(base: usize): string {
  return showLine(base) + "|" + showFields(base) + "|" + showOptions();
}

function showLine(base: usize): string {
  const name = methodName(head.method);
  let text = readLatin1(name + 1, name + 1 + load<u8>(name));
  switch (<i32>head.form) {
    case TargetForm.ORIGIN:
      text += " origin";
      break;
    case TargetForm.ABSOLUTE:
      text += " absolute";
      break;
    case TargetForm.AUTHORITY:
      return `${text} authority ${slice(base, head.target, targetLength(base))} 1.${head.minor}`;
    default:
      return `${text} asterisk ${slice(base, head.target, targetLength(base))} 1.${head.minor}`;
  }
  text += " " + (head.pathLength ? slice(base, head.path, head.pathLength) : "-");
  if (head.queryLength) text += " ?" + slice(base, head.query, head.queryLength);
  if (head.has(HeadFlag.ESCAPED)) text += " escaped";
  return `${text} 1.${head.minor}`;
}

function targetLength(base: usize): i32 {
  let length = 0;
  while (load<u8>(base + head.target + length) > 0x20) length++;
  return length;
}

function showFields(base: usize): string {
  let text = "";
  for (let i = 0; i < <i32>head.fields; i++) {
    const field = head.fieldAt(i);
    if (i) text += "|";
    text +=
      slice(base + head.section, field.name, field.nameLength) +
      "=" +
      slice(base + head.section, field.value, field.valueLength);
  }
  return text;
}

function showOptions(): string {
  let text = head.has(HeadFlag.HOST) ? "host" : "";
  if (head.has(HeadFlag.LENGTH)) text += ` length=${head.contentLength}`;
  if (head.has(HeadFlag.CHUNKED)) text += " chunked";
  if (head.has(HeadFlag.CLOSE)) text += " close";
  if (head.has(HeadFlag.KEEP_ALIVE)) text += " keep-alive";
  if (head.has(HeadFlag.CONTINUE)) text += " continue";
  if (head.has(HeadFlag.UPGRADE)) text += " upgrade";
  return text;
}

function slice(base: usize, offset: i32, length: i32): string {
  return readLatin1(base + offset, base + offset + length);
}
