import { ascii } from "../bytes/ascii";
import { limits } from "./limits";
import { refuse } from "./refusal";
import { isTokenCharacter } from "./token";
import { hexDigit } from "./url";

/** Bytes of chunk sizes, extensions and trailers that are free; more must come with content, at most 8 to 1. */
// @ts-ignore: decorator
@inline const FREE_OVERHEAD: u32 = 2048;

/** A chunk size that takes no further digit, so that sums of sizes fit into 32 bits. */
// @ts-ignore: decorator
@inline const LARGE_SIZE: u32 = 0x8000000;

const enum ChunkState {
  SIZE_FIRST,
  SIZE,
  EXTENSION_BLANK,
  EXTENSION,
  SIZE_LF,
  DATA,
  DATA_CR,
  DATA_LF,
  TRAILER_FIRST,
  TRAILER_NAME,
  TRAILER_VALUE,
  TRAILER_LF,
  LAST_LF,
}

/** The content of a request while it arrives. The other offsets count from the content's first byte. */
@unmanaged
export class Content {
  /** Offset of the content's first byte from the head's. */
  start: u32;
  /** Bytes of content that are there, decoded. */
  length: u32;
  /** Offset of the first byte not decoded yet. */
  source: u32;
  /** Bytes left of the open chunk; its size while that is read. */
  left: u32;
  overhead: u32;
  state: u32;
  /** Bytes of content that the message may have: 413 above. */
  limit: u32;
}

/** Makes `content` ready for a message that has some. */
export function clearContent(content: Content): void {
  content.limit = limits.body;
  content.length = 0;
  content.source = 0;
  content.left = 0;
  content.overhead = 0;
  content.state = ChunkState.SIZE_FIRST;
}

/**
 * Decodes the chunked transfer coding (RFC 9112 §7.1) in place: from [base + content.source, end) to base + content.length.
 * Returns 1 at the end of the message, which is at `content.source`, 0 where more is needed, or a negated status (400, 413).
 */
export function decodeChunked(content: Content, base: usize, end: usize): i32 {
  let p = base + content.source;
  let state = content.state;
  let result = 0;
  while (p < end && !result) {
    if (state == ChunkState.DATA) {
      const n = min(content.left, <u32>(end - p));
      memory.copy(base + content.length, p, n);
      content.length += n;
      content.left -= n;
      p += n;
      if (!content.left) state = ChunkState.DATA_CR;
      continue;
    }
    const code = <u32>load<u8>(p++);
    if (++content.overhead > FREE_OVERHEAD + (content.length << 3)) {
      return refuse(400, ascii("more chunk overhead than content"));
    }
    switch (state) {
      case ChunkState.SIZE_FIRST:
      case ChunkState.SIZE: {
        const digit = hexDigit(code);
        if (digit >= 0) {
          const isLarge = content.left >= LARGE_SIZE;
          content.left = (content.left << 4) | digit;
          if (isLarge || content.left + content.length > content.limit) {
            return refuse(413, ascii("content too large"));
          }
          state = ChunkState.SIZE;
          continue;
        }
        if (state == ChunkState.SIZE_FIRST) return refuse(400, ascii("malformed chunk size"));
      }
      case ChunkState.EXTENSION_BLANK:
        if (code == 0x3b) state = ChunkState.EXTENSION;
        else if (code == 0x20 || code == 0x09) state = ChunkState.EXTENSION_BLANK;
        else if (code == 0x0d && state == ChunkState.SIZE) state = ChunkState.SIZE_LF;
        else return refuse(400, ascii("malformed chunk size"));
        break;
      case ChunkState.EXTENSION:
        if (code == 0x0d) state = ChunkState.SIZE_LF;
        else if (isControl(code)) return refuse(400, ascii("malformed chunk extension"));
        break;
      case ChunkState.SIZE_LF:
        if (code != 0x0a) return refuse(400, ascii("bare CR"));
        state = content.left ? ChunkState.DATA : ChunkState.TRAILER_FIRST;
        break;
      case ChunkState.DATA_CR:
        if (code != 0x0d) return refuse(400, ascii("chunk longer than its size"));
        state = ChunkState.DATA_LF;
        break;
      case ChunkState.DATA_LF:
        if (code != 0x0a) return refuse(400, ascii("bare CR"));
        state = ChunkState.SIZE_FIRST;
        break;
      case ChunkState.TRAILER_FIRST:
        if (code == 0x0d) state = ChunkState.LAST_LF;
        else if (isTokenCharacter(code)) state = ChunkState.TRAILER_NAME;
        else return refuse(400, ascii("malformed trailer"));
        break;
      case ChunkState.TRAILER_NAME:
        if (code == 0x3a) state = ChunkState.TRAILER_VALUE;
        else if (!isTokenCharacter(code)) return refuse(400, ascii("malformed trailer"));
        break;
      case ChunkState.TRAILER_VALUE:
        if (code == 0x0d) state = ChunkState.TRAILER_LF;
        else if (isControl(code)) return refuse(400, ascii("malformed trailer"));
        break;
      case ChunkState.TRAILER_LF:
        if (code != 0x0a) return refuse(400, ascii("bare CR"));
        state = ChunkState.TRAILER_FIRST;
        break;
      default:
        if (code != 0x0a) return refuse(400, ascii("bare CR"));
        result = 1;
    }
  }
  content.state = state;
  content.source = <u32>(p - base);
  return result;
}

function isControl(code: u32): bool {
  return (code < 0x20 && code != 0x09) || code == 0x7f;
}
