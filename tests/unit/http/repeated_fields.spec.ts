/**
 * Field lines that equal those of the last head to the byte are not read again. Each head here is read behind another
 * one and must come out as it does alone.
 */

import { clearHead, HeadFlag } from "microserver/http/head";
import { limits } from "microserver/http/limits";
import { head, MESSAGE_SIZE, parseHead, restoreMessage } from "microserver/http/parser";
import { refusalReason } from "microserver/http/refusal";
import { readLatin1, writeLatin1 } from "../latin1";

const place: usize = heap.alloc(2048);
const blank: usize = heap.alloc(MESSAGE_SIZE);
memory.fill(blank, 0, MESSAGE_SIZE);

/** Reads a head and tells all that is known of it. */
function read(text: string): string {
  const end = writeLatin1(place, text);
  store<u64>(end, 0);
  clearHead(head);
  const result = parseHead(place, end);
  if (!result) return "more is needed";
  if (result < 0) return `${result} ${readLatin1(refusalReason + 1, refusalReason + 1 + load<u8>(refusalReason))}`;
  let found = `${result} ${head.method} 1.${head.minor} flags=${head.flags} path=${slice(place, head.path, head.pathLength)}`;
  if (head.has(HeadFlag.LENGTH)) found += ` length=${head.contentLength}`;
  const section = place + head.section;
  for (let i = 0; i < <i32>head.fields; i++) {
    const field = head.fieldAt(i);
    found += `|${slice(section, field.name, field.nameLength)}=${slice(section, field.value, field.valueLength)}`;
  }
  return found;
}

/** The same, with nothing left of earlier heads. */
function readAlone(text: string): string {
  restoreMessage(blank);
  return read(text);
}

function expectAsAlone(first: string, then: string): void {
  const alone = readAlone(then);
  readAlone(first);
  const behind = read(then);
  if (behind != alone) expect(behind).toBe(alone, `${then} behind ${first}`);
  const twice = read(then);
  if (twice != alone) expect(twice).toBe(alone, `${then} twice behind ${first}`);
}

function slice(base: usize, offset: i32, length: i32): string {
  return readLatin1(base + offset, base + offset + length);
}

const HOST = "Host: x\r\n";
const LINES: string[] = [
  "GET / HTTP/1.1\r\n",
  "GET /a%20b HTTP/1.1\r\n",
  "GET /?a=b HTTP/1.1\r\n",
  "POST /longer/path HTTP/1.1\r\n",
  "OPTIONS * HTTP/1.1\r\n",
  "GET / HTTP/1.0\r\n",
  "GET http://y/ HTTP/1.1\r\n",
  "FOO / HTTP/1.1\r\n",
];
const SECTIONS: string[] = [
  HOST,
  HOST + "Content-Length: 5\r\n",
  HOST + "Content-Length: 6\r\n",
  HOST + "Transfer-Encoding: chunked\r\n",
  HOST + "Connection: close\r\n",
  HOST + "Connection: keep-alive\r\n",
  HOST + "Expect: 100-continue\r\n",
  HOST + "A: b\r\nC: d\r\nE: f\r\n",
  HOST + "A: " + "b".repeat(700) + "\r\n",
  HOST + HOST,
  "A: b\r\n",
  "",
];

function heads(): string[] {
  const all: string[] = [];
  for (let i = 0; i < LINES.length; i++)
    for (let j = 0; j < SECTIONS.length; j++) all.push(`${LINES[i]}${SECTIONS[j]}\r\n`);
  return all;
}

describe("a head behind another one", () => {
  it("is read as alone, whichever two they are", () => {
    const all = heads();
    for (let i = 0; i < all.length; i++) for (let j = 0; j < all.length; j++) expectAsAlone(all[i], all[j]);
    expect(all).toHaveLength(LINES.length * SECTIONS.length);
  });

  it("is read as alone where it differs in any one byte, whatever its length", () => {
    for (let length = 0; length < 70; length++) {
      const text = `${LINES[0]}${HOST}A: ${"b".repeat(length)}\r\n\r\n`;
      for (let at = LINES[0].length; at < text.length; at++) {
        expectAsAlone(text, text.substr(0, at) + "c" + text.substr(at + 1));
      }
    }
    expect(read(LINES[0] + HOST + "\r\n").endsWith("|Host=x")).toBe(true);
  });

  it("is read as alone where it is the beginning of that one", () => {
    const text = `${LINES[0]}${HOST}A: b\r\nContent-Length: 5\r\n\r\n`;
    for (let length = 1; length < text.length; length++) expectAsAlone(text, text.substr(0, length));
    expect(readAlone(text).includes(" length=5|")).toBe(true);
  });

  it("is read as alone where content follows", () => {
    const text = `${LINES[0]}${HOST}Content-Length: 5\r\n\r\n`;
    expectAsAlone(text, text + "hello");
    expectAsAlone(text + "hello", text);
    expect(read(text)).toBe(readAlone(text + "abcde"));
  });

  it("keeps the limit of a head", () => {
    const lines = `${HOST}A: ${"b".repeat(40)}\r\n\r\n`;
    limits.head = 26 + lines.length;
    expectAsAlone("GET /abcdefghij HTTP/1.1\r\n" + lines, "GET /abcdefghij HTTP/1.1\r\n" + lines);
    expectAsAlone("GET /abcdefghij HTTP/1.1\r\n" + lines, "GET /abcdefghijk HTTP/1.1\r\n" + lines);
    expect(read("GET /abcdefghijk HTTP/1.1\r\n" + lines)).toBe("-431 head too long");
  });
});
