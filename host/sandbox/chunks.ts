/** Chunked content (RFC 9112, 7.1), read strictly: an extension, which this server has no reason to send, is an error. */

import type { Fields } from "./fields.js";
import { parseFields, readLine, ResponseError } from "./response-head.js";

/** What has come of chunked content. */
export interface Chunks {
  /** The data so far, that of an unfinished chunk as well. */
  readonly pieces: readonly Uint8Array[];
  /** The fields behind the last chunk; null while the content is incomplete. */
  readonly trailers: Fields | null;
  /** Offset behind the content where that is complete. */
  readonly end: number;
}

/** Reads the chunks from `start`, as far as they have come. Throws ResponseError. */
export function parseChunks(bytes: Uint8Array, start: number): Chunks {
  const pieces: Uint8Array[] = [];
  let at = start;
  for (;;) {
    const line = readLine(bytes, at);
    if (line === null) return { pieces, trailers: null, end: at };
    if (!/^[0-9A-Fa-f]{1,12}$/.test(line)) throw new ResponseError(`a malformed chunk size: ${JSON.stringify(line)}`);
    const size = parseInt(line, 16);
    at += line.length + 2;
    if (size === 0) {
      const section = parseFields(bytes, at);
      return { pieces, trailers: section?.fields ?? null, end: section?.end ?? at };
    }
    if (at < bytes.length) pieces.push(bytes.subarray(at, at + size));
    at += size;
    const behind = Buffer.from(bytes.subarray(at, at + 2)).toString("latin1");
    if (!"\r\n".startsWith(behind)) throw new ResponseError("a chunk that is longer than its size");
    if (behind.length < 2) return { pieces, trailers: null, end: at };
    at += 2;
  }
}
