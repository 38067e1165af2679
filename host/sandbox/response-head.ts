/** The head of a response, read strictly (RFC 9112, 4 and 5): each function throws ResponseError. */

import { Fields } from "./fields.js";

/** A response that breaks RFC 9112, or an end in the middle of one. */
export class ResponseError extends Error {}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;
const STATUS_LINE = /^HTTP\/(1\.[01]) ([1-5][0-9][0-9]) ([\t\x20-\x7e\x80-\xff]*)$/;

export interface Head {
  /** "1.1" or "1.0". */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly fields: Fields;
  /** Offset behind the empty line. */
  readonly end: number;
}

/** The line from `at` without its CR LF, one character a byte; null while it is incomplete. */
export function readLine(bytes: Uint8Array, at: number): string | null {
  const lf = bytes.indexOf(10, at);
  if (lf < 0) return null;
  if (lf === at || bytes[lf - 1] !== 13)
    throw new ResponseError(`a line that does not end with CR LF: ${show(bytes, at)}`);
  return Buffer.from(bytes.subarray(at, lf - 1)).toString("latin1");
}

/** The head of the final response, with the statuses of the interim (1xx) ones before it; null while it is incomplete. */
export function readHead(bytes: Uint8Array): { head: Head; interim: readonly number[] } | null {
  const interim: number[] = [];
  for (let start = 0; ;) {
    const head = parseHead(bytes, start);
    if (head === null) return null;
    if (head.status >= 200 || head.status === 101) return { head, interim };
    if (head.fields.has("content-length") || head.fields.has("transfer-encoding")) {
      throw new ResponseError(`an interim ${head.status} response with content`);
    }
    interim.push(head.status);
    start = head.end;
  }
}

function parseHead(bytes: Uint8Array, start: number): Head | null {
  const line = readLine(bytes, start);
  if (line === null) return null;
  const match = STATUS_LINE.exec(line);
  if (match === null) throw new ResponseError(`a malformed status line: ${JSON.stringify(line)}`);
  const section = parseFields(bytes, start + line.length + 2);
  if (section === null) return null;
  return { version: match[1] ?? "", status: Number(match[2]), reason: match[3] ?? "", ...section };
}

/** Field lines up to the empty line (RFC 9112, 5). */
export function parseFields(bytes: Uint8Array, start: number): { fields: Fields; end: number } | null {
  const lines: [string, string][] = [];
  let at = start;
  for (;;) {
    const line = readLine(bytes, at);
    if (line === null) return null;
    at += line.length + 2;
    if (line === "") return { fields: new Fields(lines), end: at };
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0));
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "");
    if (!TOKEN.test(name) || !VALUE.test(value))
      throw new ResponseError(`a malformed field line: ${JSON.stringify(line)}`);
    lines.push([name, value]);
  }
}

function show(bytes: Uint8Array, at: number): string {
  return JSON.stringify(Buffer.from(bytes.subarray(at, at + 60)).toString("latin1"));
}
