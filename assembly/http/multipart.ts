import { ascii } from "../bytes/ascii";
import { newBuffer } from "../bytes/buffer";
import { first } from "../bytes/swar";
import { isBlank } from "./blanks";
import { findParameter, isMediaType, parameter, unquote } from "./media_type";
import { PartHead, readPartHead } from "./part_head";
import { refuse } from "./refusal";
import { bytesEqual } from "./swar";

// @ts-ignore: decorator
@inline const CR: u32 = 0x0d;
// @ts-ignore: decorator
@inline const LF: u32 = 0x0a;
// @ts-ignore: decorator
@inline const HYPHEN: u32 = 0x2d;
// @ts-ignore: decorator
@inline const CR_LF_HYPHENS: u32 = 0x2d2d0a0d;
// @ts-ignore: decorator
@inline const CR_LF_CR_LF: u32 = 0x0a0d0a0d;

/** RFC 2046 §5.1.1. */
// @ts-ignore: decorator
@inline const LONGEST_BOUNDARY: usize = 70;
// @ts-ignore: decorator
@inline const DELIMITER_ROOM: usize = 80;
/** Bytes of a part's field lines, the empty line included: 400 above. */
// @ts-ignore: decorator
@inline const HEAD_ROOM: i32 = 1024;

/** What `next` found. */
export const enum FormEvent {
  /** No more in this piece. */
  MORE,
  /** A part begins: `part` says which. */
  BEGIN,
  /** Bytes of it: `data`, `dataLength`. */
  DATA,
  /** It ends. */
  END,
  /** The form ends; whatever follows is skipped. */
  DONE,
}

const enum State {
  PREAMBLE,
  BOUNDARY,
  PADDING,
  BOUNDARY_LF,
  LAST_HYPHEN,
  HEAD,
  HEAD_LF,
  DATA,
  PART_END,
  EPILOGUE,
}

/**
 * Reads multipart/form-data (RFC 7578, RFC 2046 §5.1) from pieces cut anywhere, in constant memory: `feed` it one, then call
 * `next` until that returns MORE. `next` returns a `FormEvent`, or a negated status, which ends the reading: 400 where the
 * form is malformed, 413 where it has more than `maxParts`. At the end of the content, a form that is not `isWhole` was cut off.
 */
export class MultipartReader {
  /** Parts that a form may have. */
  maxParts: i32 = 32;
  /** Address and length of a part's bytes; they hold until the next call. */
  data: usize = 0;
  dataLength: i32 = 0;

  private at: usize = 0;
  private end: usize = 0;
  private state: State = State.PREAMBLE;
  private parts: i32 = 0;
  /** Bytes of the delimiter that were found last, while it is open whether it is one. */
  private matched: i32 = 2;
  /** Those of them that are no data even where it is none: the line end before the first delimiter, or behind a head. */
  private assumed: i32 = 2;
  private headLength: i32 = 0;

  constructor(
    //     ╒═══════ 80 bytes ═══════╤══ PartHead ══╤══ 1024 bytes ══╕
    //     │ CR LF "--" boundary    │ what it says │ field lines    │
    //     └────────────────────────┴──────────────┴────────────────┘
    private buffer: ArrayBuffer,
    private delimiterLength: i32,
  ) {}

  /** What the head of the current part says; it holds until the next part. */
  get part(): PartHead {
    return changetype<PartHead>(changetype<usize>(this.buffer) + DELIMITER_ROOM);
  }

  /** Whether the form has ended. */
  get isWhole(): bool {
    return this.state == State.EPILOGUE;
  }

  /** Gives it the next piece [from, end), behind which eight bytes can be read. */
  feed(from: usize, end: usize): void {
    this.at = from;
    this.end = end;
  }

  /** The next event. */
  next(): i32 {
    while (true) {
      if (this.state == State.PART_END) {
        this.state = State.BOUNDARY;
        return FormEvent.END;
      }
      if (this.at >= this.end) return FormEvent.MORE;
      let event = 0;
      switch (this.state) {
        case State.PREAMBLE:
          if (this.findDelimiter()) this.state = State.BOUNDARY;
          break;
        case State.DATA:
          if (this.findDelimiter()) this.state = State.PART_END;
          if (this.dataLength) return FormEvent.DATA;
          break;
        case State.HEAD:
          event = this.readHead();
          break;
        case State.HEAD_LF:
          event = this.readHeadLf();
          break;
        case State.EPILOGUE:
          this.at = this.end;
          break;
        default:
          event = this.readBoundaryEnd(load<u8>(this.at++));
      }
      if (event) return event;
    }
  }

  /** Reads on to the end of a delimiter or of the piece; `data` is what lies before. True where there is a delimiter. */
  private findDelimiter(): bool {
    const delimiter = changetype<usize>(this.buffer);
    const length = this.delimiterLength;
    const end = this.end;
    let p = this.at;
    if (this.matched) {
      const more = common(p, end, delimiter + this.matched, length - this.matched);
      const matched = this.matched + more;
      p += more;
      this.at = p;
      this.matched = matched;
      this.data = delimiter + this.assumed;
      this.dataLength = 0;
      if (matched < length && p == end) return false;
      this.matched = 0;
      if (matched == length) return true;
      this.dataLength = matched - this.assumed;
      this.assumed = 0;
      if (this.dataLength) return false;
    }
    this.data = p;
    while (true) {
      p = untilCr(p, end);
      const matched = common(p, end, delimiter, length);
      if (matched == length || p + matched == end) {
        this.dataLength = <i32>(p - this.data);
        this.at = p + matched;
        this.matched = matched == length ? 0 : matched;
        return matched == length;
      }
      p += matched;
    }
  }

  /** Takes a byte behind a boundary: two hyphens where it is the last one, else blanks and a line end. */
  private readBoundaryEnd(code: u32): i32 {
    const state = this.state;
    if (state == State.LAST_HYPHEN && code == HYPHEN) {
      this.state = State.EPILOGUE;
      return FormEvent.DONE;
    }
    if (state == State.BOUNDARY_LF && code == LF) {
      if (this.parts == this.maxParts) return refuse(413, ascii("too many parts"));
      this.parts++;
      this.headLength = 0;
      this.state = State.HEAD;
      return 0;
    }
    if (state == State.BOUNDARY && code == HYPHEN) this.state = State.LAST_HYPHEN;
    else if (state > State.PADDING) return refuse(400, ascii("malformed boundary"));
    else if (code == CR) this.state = State.BOUNDARY_LF;
    else if (isBlank(code)) this.state = State.PADDING;
    else return refuse(400, ascii("malformed boundary"));
    return 0;
  }

  /** Takes field lines up to a CR. */
  private readHead(): i32 {
    const from = this.at;
    const p = untilCr(from, this.end);
    const isLine = p < this.end;
    const length = <i32>(p - from) + i32(isLine);
    if (this.headLength + length >= HEAD_ROOM) return refuse(400, ascii("field lines of a part are too long"));
    memory.copy(this.head + this.headLength, from, length);
    this.headLength += length;
    this.at = from + length;
    if (isLine) this.state = State.HEAD_LF;
    return 0;
  }

  /** Takes a line end's LF; behind an empty line the part begins. */
  private readHeadLf(): i32 {
    if (load<u8>(this.at++) != LF) return refuse(400, ascii("bare CR in a part's field lines"));
    const end = this.head + this.headLength;
    store<u8>(end, LF);
    this.headLength++;
    this.state = State.HEAD;
    if (this.headLength > 2 && (this.headLength < 4 || load<u32>(end - 3) != CR_LF_CR_LF)) return 0;
    this.state = State.DATA;
    this.matched = 2;
    this.assumed = 2;
    const fault = readPartHead(this.head, end - 1, this.part);
    return fault ? fault : <i32>FormEvent.BEGIN;
  }

  private get head(): usize {
    return changetype<usize>(this.part) + offsetof<PartHead>();
  }
}

/** A reader for content of the Content-Type [from, end); null where that is not multipart/form-data with a boundary. */
export function openMultipart(from: usize, end: usize): MultipartReader | null {
  if (!isMediaType(from, end, ascii("multipart/form-data"))) return null;
  if (findParameter(from, end, ascii("boundary")) < 1) return null;
  const length = parameter.end - parameter.from;
  if (!length || length > LONGEST_BOUNDARY || load<u8>(parameter.end - 1) == 0x20) return null;
  const buffer = newBuffer(<i32>(DELIMITER_ROOM + offsetof<PartHead>()) + HEAD_ROOM);
  const delimiter = changetype<usize>(buffer);
  store<u32>(delimiter, CR_LF_HYPHENS);
  return new MultipartReader(buffer, 4 + unquote(parameter.from, parameter.end, delimiter + 4));
}

/** The first CR of [p, end), `end` where there is none. */
function untilCr(p: usize, end: usize): usize {
  for (; p < end; p += 8) {
    const found = bytesEqual(load<u64>(p), CR);
    if (found) return min(p + first(found), end);
  }
  return end;
}

/** How many bytes at the beginning of [p, end) and of the `length` bytes at `text` are the same. */
function common(p: usize, end: usize, text: usize, length: i32): i32 {
  const most = min(<i32>(end - p), length);
  let i = 0;
  while (i < most && load<u8>(p + i) == load<u8>(text + i)) i++;
  return i;
}
