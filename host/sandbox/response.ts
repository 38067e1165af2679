/** A strict reader of HTTP/1.1 responses for tests: what RFC 9112 forbids is an error, not something to guess at. */

import { readContent, type Content, type Framing } from "./content.js";
import type { Fields } from "./fields.js";
import { readHead, ResponseError, type Head } from "./response-head.js";

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
  readonly framing: Framing;
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

/**
 * Reads one response with the interim ones before it from the start of `bytes`.
 * Returns it and the bytes it took, or null while it is incomplete. Throws ResponseError.
 */
export function parseResponse(
  bytes: Uint8Array,
  options: ParseOptions = {},
): { response: Response; length: number } | null {
  const { method = "GET", ended = false } = options;
  const found = readHead(bytes);
  const content = found === null ? null : readContent(bytes, found.head, method, ended);
  if (found !== null && content?.complete === true)
    return { response: responseOf(found.head, found.interim, content), length: content.end };
  if (ended) throw new ResponseError(`the connection ended within a response: ${show(bytes)}`);
  return null;
}

function responseOf(head: Head, interim: readonly number[], { framing, pieces, trailers }: Content): Response {
  const bytes = new Uint8Array(Buffer.concat(pieces));
  const options = (head.fields.get("connection") ?? "").toLowerCase().split(/[ \t]*,[ \t]*/);
  return {
    version: head.version,
    status: head.status,
    reason: head.reason,
    headers: head.fields,
    bytes,
    text: Buffer.from(bytes).toString("utf8"),
    trailers,
    interim,
    framing,
    keepAlive:
      !options.includes("close") && (head.version === "1.1" || options.includes("keep-alive")) && framing !== "close",
    json() {
      return JSON.parse(this.text) as unknown;
    },
  };
}

/** The first bytes, for an error's text. */
function show(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes.subarray(0, 60)).toString("latin1"));
}
