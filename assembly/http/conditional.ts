import { ascii } from "../bytes/ascii";
import { isSameEtag, matchesEtag } from "./etag";
import { Head } from "./head";
import { Method } from "./method";
import { readRange } from "./range";
import { readDate } from "./read_date";
import { equalsIgnoreCase } from "./token";

/** What a request's conditions and range are about: the selected representation (RFC 9110 §3.2). */
@unmanaged
export class Representation {
  /** Its entity tag as it is sent, with quotes: address and length in bytes, 0 where it has none. */
  etag: usize;
  etagLength: i32;
  /** When it was modified, in s since 1970-01-01; 0 where that is not known. */
  modified: u32;
  /** Its length in bytes. */
  size: u32;
  /** Whether a part of it can be asked for. */
  isRanged: bool;
}

const enum Seen {
  MATCH = 1,
  MATCHED = 2,
  NONE_MATCH = 4,
  NONE_MATCHED = 8,
  MODIFIED_SINCE = 16,
  UNMODIFIED_SINCE = 32,
  RANGE = 64,
  IF_RANGE = 128,
  /** A field that stands for one thing came twice. */
  RANGE_TWICE = 256,
}

/**
 * What the fields of `head`, whose field table counts from `section`, make of an answer that would be 200, in the order
 * of RFC 9110 §13.2.2. Returns 200, 206 (`part` of range.ts is what to send), 304, 412 or 416.
 *
 * Dates are ignored that are malformed or repeated, or where it is not known when the representation was modified;
 * a range is by methods other than GET. `now` is in s since 1970-01-01.
 */
export function evaluate(head: Head, section: usize, file: Representation, now: u32): i32 {
  let seen = 0;
  let modifiedSince: i64 = -1;
  let unmodifiedSince: i64 = -1;
  let range: usize = 0;
  let rangeEnd: usize = 0;
  let ifRange: usize = 0;
  let ifRangeEnd: usize = 0;

  for (let i = 0, n = <i32>head.fields; i < n; i++) {
    const field = head.fieldAt(i);
    const length = <i32>field.nameLength;
    const name = section + field.name;
    const from = section + field.value;
    const end = from + field.valueLength;
    switch (length) {
      case 5:
        if (!equalsIgnoreCase(name, length, ascii("range"))) break;
        if (seen & Seen.RANGE) seen |= Seen.RANGE_TWICE;
        seen |= Seen.RANGE;
        range = from;
        rangeEnd = end;
        break;
      case 8:
        if (equalsIgnoreCase(name, length, ascii("if-match"))) {
          seen |= Seen.MATCH;
          if (matchesEtag(from, end, file.etag, file.etagLength, true)) seen |= Seen.MATCHED;
        } else if (equalsIgnoreCase(name, length, ascii("if-range"))) {
          if (seen & Seen.IF_RANGE) seen |= Seen.RANGE_TWICE;
          seen |= Seen.IF_RANGE;
          ifRange = from;
          ifRangeEnd = end;
        }
        break;
      case 13:
        if (!equalsIgnoreCase(name, length, ascii("if-none-match"))) break;
        seen |= Seen.NONE_MATCH;
        if (matchesEtag(from, end, file.etag, file.etagLength, false)) seen |= Seen.NONE_MATCHED;
        break;
      case 17:
        if (!equalsIgnoreCase(name, length, ascii("if-modified-since"))) break;
        modifiedSince = seen & Seen.MODIFIED_SINCE ? -1 : readDate(from, end, now);
        seen |= Seen.MODIFIED_SINCE;
        break;
      case 19:
        if (!equalsIgnoreCase(name, length, ascii("if-unmodified-since"))) break;
        unmodifiedSince = seen & Seen.UNMODIFIED_SINCE ? -1 : readDate(from, end, now);
        seen |= Seen.UNMODIFIED_SINCE;
        break;
    }
  }
  if (!seen) return 200;

  const modified = <i64>file.modified;
  if (seen & Seen.MATCH) {
    if (!(seen & Seen.MATCHED)) return 412;
  } else if (unmodifiedSince >= 0 && modified > unmodifiedSince) return 412;

  const reads = head.method == <u16>Method.GET || head.method == <u16>Method.HEAD;
  if (seen & Seen.NONE_MATCH) {
    if (seen & Seen.NONE_MATCHED) return reads ? 304 : 412;
  } else if (reads && modified && modifiedSince >= modified) return 304;

  if (!range || !file.isRanged || head.method != <u16>Method.GET || seen & Seen.RANGE_TWICE) return 200;
  if (seen & Seen.IF_RANGE && !holdsIfRange(ifRange, ifRangeEnd, file, now)) return 200;
  return readRange(range, rangeEnd, file.size);
}

/** Whether If-Range [from, end) means the representation as it is: by its strong entity tag or its very date (RFC 9110 §13.1.5). */
function holdsIfRange(from: usize, end: usize, file: Representation, now: u32): bool {
  if (isSameEtag(from, end, file.etag, file.etagLength, true)) return true;
  return file.modified != 0 && readDate(from, end, now) == file.modified;
}
