/** Field lines that a head has room for. */
// @ts-ignore: decorator
@inline export const MAX_FIELDS: i32 = 64;
// @ts-ignore: decorator
@inline const FIELD_SIZE: usize = 8;

/** Forms of a request target (RFC 9112 §3.2). */
export const enum TargetForm {
  ORIGIN,
  ABSOLUTE,
  AUTHORITY,
  ASTERISK,
}

/** What a head said. */
export const enum HeadFlag {
  HOST = 1,
  LENGTH = 2,
  CHUNKED = 4,
  CLOSE = 8,
  KEEP_ALIVE = 16,
  CONTINUE = 32,
  UPGRADE = 64,
  /** The path has percent-encoded bytes. */
  ESCAPED = 128,
}

/**
 * A request head while it is read and once it is whole. Offsets count from the head's first byte.
 *
 *     ╒═══════ fixed part, 40 bytes ════════╤═══ a field line, 8 bytes each ═══════════════════╕
 *     │ line, checked, request line, flags, │ name u16 │ its length u16 │ value u16 │ length u16 │ …
 *     └─────────────────────────────────────┴──────────────────────────────────────────────────┘
 */
@unmanaged
export class Head {
  /** Offset of the line that is being read. */
  line: u32;
  /** Offset up to which no line end was found. */
  checked: u32;
  flags: u16;
  /** A `Method`. */
  method: u16;
  /** Field lines read so far. */
  fields: u16;
  /** 0 or 1, of HTTP/1.x. */
  minor: u8;
  /** A `TargetForm`. */
  form: u8;
  /** Content-Length, where the flag says so; 0xffffffff for all above. */
  contentLength: u32;
  /** Offset of the first field line; those of the field table count from there. */
  section: u32;
  target: u16;
  path: u16;
  pathLength: u16;
  /** Behind the "?"; of length 0 where there is none. */
  query: u16;
  queryLength: u16;

  // @ts-ignore: decorator
  @inline
  has(flag: HeadFlag): bool {
    return (this.flags & (<u16>flag)) != 0;
  }

  // @ts-ignore: decorator
  @inline
  set(flag: HeadFlag): void {
    this.flags |= <u16>flag;
  }

  // @ts-ignore: decorator
  @inline
  fieldAt(index: i32): Field {
    return changetype<Field>(changetype<usize>(this) + offsetof<Head>() + <usize>index * FIELD_SIZE);
  }
}

/** One field line. */
@unmanaged
export class Field {
  name: u16;
  nameLength: u16;
  value: u16;
  valueLength: u16;
}

/** Bytes of a head with room for all its fields. */
// @ts-ignore: decorator
@inline export const HEAD_SIZE: i32 = <i32>offsetof<Head>() + MAX_FIELDS * <i32>FIELD_SIZE;

/** `minor` 1 and nothing else of the eight bytes from `flags` on. */
// @ts-ignore: decorator
@inline const MINOR_1: u64 = 1 << 48;

/** Makes `head` ready for a new request. */
// @ts-ignore: decorator
@inline
export function clearHead(head: Head): void {
  store<u64>(changetype<usize>(head), 0);
  store<u64>(changetype<usize>(head), MINOR_1, offsetof<Head>("flags"));
}
