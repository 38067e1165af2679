/** UTF-8 ↔ String, without traps: what is no UTF-8 becomes U+FFFD. */

// @ts-ignore: decorator
@inline const NON_ASCII_UNITS: u64 = 0xff80ff80ff80ff80;
// @ts-ignore: decorator
@inline const NON_ASCII_BYTES: u32 = 0x80808080;
// @ts-ignore: decorator
@inline const REPLACEMENT: u32 = 0xfffd;

/** Makes a String of `length` bytes of UTF-8 at `from` (the encoding standard's replacement rules). */
export function decodeText(from: usize, length: i32): string {
  if (length <= 0) return "";
  const end = from + length;
  const text = __new((<usize>length) << 1, idof<string>());
  let to = text;
  while (from + 4 <= end) {
    const word = load<u32>(from);
    if (word & NON_ASCII_BYTES) break;
    store<u64>(to, widened(word));
    from += 4;
    to += 8;
  }
  while (from < end) {
    let code = <u32>load<u8>(from++);
    if (code >= 0x80) {
      const more = sequenceLength(from - 1, end);
      if (!more) code = REPLACEMENT;
      else {
        code &= 0x3f >> more;
        for (let i = 0; i < more; i++) {
          const next = from < end ? <u32>load<u8>(from) : 0;
          if (!follows(code, i, more, next)) {
            code = REPLACEMENT;
            break;
          }
          code = (code << 6) | (next & 0x3f);
          from++;
        }
      }
      if (code > 0xffff) {
        store<u16>(to, 0xd7c0 + (code >> 10));
        to += 2;
        code = 0xdc00 | (code & 0x3ff);
      }
    }
    store<u16>(to, code);
    to += 2;
  }
  return changetype<string>(to - text == (<usize>length) << 1 ? text : __renew(text, to - text));
}

/** Four bytes as units. */
// @ts-ignore: decorator
@inline
export function widened(bytes: u64): u64 {
  let wide = bytes;
  wide = (wide | (wide << 16)) & 0x0000ffff0000ffff;
  return (wide | (wide << 8)) & 0x00ff00ff00ff00ff;
}

/** Continuation bytes that the lead byte at `p` announces; 0 where it is none. */
function sequenceLength(p: usize, end: usize): i32 {
  const lead = <u32>load<u8>(p);
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

/** Whether `next` may be continuation byte `index` of a sequence with lead bits `code` (no overlong form, surrogate or value over U+10FFFF). */
function follows(code: u32, index: i32, more: i32, next: u32): bool {
  if ((next & 0xc0) != 0x80) return false;
  if (index) return true;
  if (more == 2) return code ? code != 0xd || next < 0xa0 : next >= 0xa0;
  if (more == 3) return code ? code < 4 || next < 0x90 : next >= 0x90;
  return true;
}

/**
 * Encodes the UTF-16 units [from, end) at `to`, where there is room for three bytes a unit; returns the address behind.
 * Unpaired surrogates become U+FFFD.
 */
export function encodeText(from: usize, end: usize, to: usize): usize {
  while (from < end) {
    let code = <u32>load<u16>(from);
    from += 2;
    if (code < 0x80) {
      store<u8>(to++, code);
      continue;
    }
    if (code < 0x800) {
      store<u16>(to, 0x80c0 | (code >> 6) | ((code & 0x3f) << 8));
      to += 2;
      continue;
    }
    if ((code & 0xf800) == 0xd800) {
      const low = from < end ? <u32>load<u16>(from) : 0;
      if (code < 0xdc00 && (low & 0xfc00) == 0xdc00) {
        from += 2;
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        store<u32>(
          to,
          0x808080f0 | (code >> 18) | ((code >> 4) & 0x3f00) | ((code & 0xfc0) << 10) | ((code & 0x3f) << 24),
        );
        to += 4;
        continue;
      }
      code = REPLACEMENT;
    }
    store<u16>(to, 0x80e0 | (code >> 12) | ((code << 2) & 0x3f00));
    store<u8>(to + 2, 0x80 | (code & 0x3f));
    to += 3;
  }
  return to;
}

/** Copies ASCII units of [from, end) to `to` as bytes; returns how many were ASCII before the first that is not. */
export function narrowAscii(from: usize, end: usize, to: usize): i32 {
  const first = from;
  while (from + 8 <= end) {
    let wide = load<u64>(from);
    if (wide & NON_ASCII_UNITS) break;
    wide = (wide | (wide >> 8)) & 0x0000ffff0000ffff;
    store<u32>(to, <u32>(wide | (wide >> 16)));
    from += 8;
    to += 4;
  }
  while (from < end) {
    const unit = <u32>load<u16>(from);
    if (unit >= 0x80) break;
    store<u8>(to++, unit);
    from += 2;
  }
  return <i32>((from - first) >> 1);
}
