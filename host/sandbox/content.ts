/** The content of a response, as far as it has come (RFC 9112, 6.3). */

import { parseChunks } from "./chunks.js";
import { Fields } from "./fields.js";
import { ResponseError, type Head } from "./response-head.js";

/** Where content ends: after the announced length, the last chunk, with the connection; or there is none. */
export type Framing = "length" | "chunked" | "close" | "none";

export interface Content {
  readonly framing: Framing;
  /** What has come, transfer coding removed. */
  readonly pieces: readonly Uint8Array[];
  /** The fields behind chunked content. */
  readonly trailers: Fields;
  /** Whether it is all there. What ends with the connection is not, before that has ended. */
  readonly complete: boolean;
  /** Offset behind the content where it is complete. */
  readonly end: number;
}

/** Reads what has come behind a head. Throws ResponseError. */
export function readContent(bytes: Uint8Array, head: Head, method: string, ended: boolean): Content {
  const framing = framingOf(head, method);
  const trailers = new Fields([]);
  switch (framing) {
    case "none":
      return { framing, pieces: [], trailers, complete: true, end: head.end };
    case "close":
      return { framing, pieces: [bytes.subarray(head.end)], trailers, complete: ended, end: bytes.length };
    case "chunked": {
      const chunks = parseChunks(bytes, head.end);
      return { ...chunks, framing, trailers: chunks.trailers ?? trailers, complete: chunks.trailers !== null };
    }
    case "length": {
      const end = head.end + Number(head.fields.get("content-length"));
      return { framing, pieces: [bytes.subarray(head.end, end)], trailers, complete: end <= bytes.length, end };
    }
  }
}

function framingOf(head: Head, method: string): Framing {
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

  if (none || head.status === 304 || method === "HEAD") return "none";
  if (codings.length > 0) return "chunked";
  return length === undefined ? "close" : "length";
}
