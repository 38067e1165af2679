/** A strict reader of HTTP/1.1 responses for tests: what RFC 9112 forbids is an error, not something to guess at. */

import { Fields } from "./fields.js";

export interface Response {
  /** "1.1" or "1.0". */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Fields;
  /** The content, transfer coding removed. */
  readonly bytes: Uint8Array;
  /** The content as UTF-8 text. */
  readonly text: string;
  /** The fields behind a chunked body. */
  readonly trailers: Fields;
  /** Statuses of the interim (1xx) responses before it. */
  readonly interim: readonly number[];
  /** Where the content ends: announced length, chunks, end of the connection, or none is allowed. */
  readonly framing: "length" | "chunked" | "close" | "none";
  /** Whether the server keeps the connection open after it (RFC 9112, 9.3). */
  readonly keepAlive: boolean;
  /** The content, parsed as JSON. Throws SyntaxError. */
  json(): unknown;
}

export interface ParseOptions {
  /** The request's method: a response to HEAD has no content. */
  readonly method?: string;
  /** Whether the server has ended the connection, so that nothing more will come. */
  readonly ended?: boolean;
}

/** A response that breaks RFC 9112, or an end in the middle of one. */
export class ResponseError extends Error {}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;
const STATUS_LINE = /^HTTP\/(1\.[01]) ([1-5][0-9][0-9]) ([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Reads one response with the interim ones before it from the start of `bytes`.
 * Returns it and the bytes it took, or null while it is incomplete. Throws ResponseError.
 */
export function parseResponse(
  bytes: Uint8Array,
  options: ParseOptions = {},
): { response: Response; length: number } | null {
  const interim: number[] = [];
  let start = 0;
  for (;;) {
    const head = parseHead(bytes, start);
    if (head === null) return incomplete(bytes, start, options);
    if (head.status >= 200 || head.status === 101) return parseContent(bytes, head, interim, options);
    if (head.fields.has("content-length") || head.fields.has("transfer-encoding")) {
      throw new ResponseError(`an interim ${head.status} response with content`);
    }
    interim.push(head.status);
    start = head.end;
  }
}

interface Head {
  version: string;
  status: number;
  reason: string;
  fields: Fields;
  /** Offset behind the empty line. */
  end: number;
}

function incomplete(bytes: Uint8Array, at: number, options: ParseOptions): null {
  if (options.ended === true) throw new ResponseError(`the connection ended within a response: ${show(bytes, at)}`);
  return null;
}

/** The line from `at` without its CR LF, one character a byte; null while it is incomplete. */
function readLine(bytes: Uint8Array, at: number): string | null {
  const lf = bytes.indexOf(10, at);
  if (lf < 0) return null;
  if (lf === at || bytes[lf - 1] !== 13)
    throw new ResponseError(`a line that does not end with CR LF: ${show(bytes, at)}`);
  return Buffer.from(bytes.subarray(at, lf - 1)).toString("latin1");
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
function parseFields(bytes: Uint8Array, start: number): { fields: Fields; end: number } | null {
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

/** Finds the content by RFC 9112, 6.3. */
function parseContent(
  bytes: Uint8Array,
  head: Head,
  interim: readonly number[],
  options: ParseOptions,
): { response: Response; length: number } | null {
  const lengths = head.fields.getAll("content-length");
  const codings = head.fields.getAll("transfer-encoding");
  const none = head.status < 200 || head.status === 204;
  if (none && lengths.length + codings.length > 0)
    throw new ResponseError(`a ${head.status} response that announces content`);
  if (lengths.length > 1) throw new ResponseError("Content-Length more than once");
  if (lengths.length > 0 && codings.length > 0)
    throw new ResponseError("Content-Length together with Transfer-Encoding");
  if (codings.length > 0 && (codings.join(",") !== "chunked" || head.version !== "1.1")) {
    throw new ResponseError(`Transfer-Encoding: ${codings.join(",")} in HTTP/${head.version}`);
  }
  const length = lengths[0];
  if (length !== undefined && !/^(0|[1-9][0-9]{0,14})$/.test(length))
    throw new ResponseError(`Content-Length: ${length}`);

  if (none || head.status === 304 || options.method === "HEAD") return finish(head, interim, "none", [], head.end);
  if (codings.length > 0) {
    const body = parseChunks(bytes, head.end);
    if (body === null) return incomplete(bytes, head.end, options);
    return finish(head, interim, "chunked", body.pieces, body.end, body.trailers);
  }
  if (length === undefined) {
    if (options.ended !== true) return null;
    return finish(head, interim, "close", [bytes.subarray(head.end)], bytes.length);
  }
  const end = head.end + Number(length);
  if (end > bytes.length) return incomplete(bytes, head.end, options);
  return finish(head, interim, "length", [bytes.subarray(head.end, end)], end);
}

/** A chunked body (RFC 9112, 7.1). */
function parseChunks(bytes: Uint8Array, start: number): { pieces: Uint8Array[]; trailers: Fields; end: number } | null {
  const pieces: Uint8Array[] = [];
  let at = start;
  for (;;) {
    const line = readLine(bytes, at);
    if (line === null) return null;
    if (!/^[0-9A-Fa-f]{1,12}$/.test(line)) throw new ResponseError(`a malformed chunk size: ${JSON.stringify(line)}`);
    const size = parseInt(line, 16);
    at += line.length + 2;
    if (size === 0) {
      const section = parseFields(bytes, at);
      return section === null ? null : { pieces, trailers: section.fields, end: section.end };
    }
    if (at + size + 2 > bytes.length) return null;
    if (bytes[at + size] !== 13 || bytes[at + size + 1] !== 10)
      throw new ResponseError("a chunk that is longer than its size");
    pieces.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}

function finish(
  head: Head,
  interim: readonly number[],
  framing: Response["framing"],
  pieces: readonly Uint8Array[],
  end: number,
  trailers = new Fields([]),
): { response: Response; length: number } {
  const content = new Uint8Array(Buffer.concat(pieces));
  const options = (head.fields.get("connection") ?? "").toLowerCase().split(/[ \t]*,[ \t]*/);
  const response: Response = {
    version: head.version,
    status: head.status,
    reason: head.reason,
    headers: head.fields,
    bytes: content,
    text: Buffer.from(content).toString("utf8"),
    trailers,
    interim,
    framing,
    keepAlive:
      !options.includes("close") && (head.version === "1.1" || options.includes("keep-alive")) && framing !== "close",
    json() {
      return JSON.parse(this.text) as unknown;
    },
  };
  return { response, length: end };
}

function show(bytes: Uint8Array, at: number): string {
  return JSON.stringify(Buffer.from(bytes.subarray(at, at + 60)).toString("latin1"));
}
