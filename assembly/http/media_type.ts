import { beforeBlanks, behindBlanks, isBlank } from "./blanks";
import { behindToken, equalsIgnoreCase } from "./token";

// @ts-ignore: decorator
@inline const SEMICOLON: u32 = 0x3b;
// @ts-ignore: decorator
@inline const EQUALS: u32 = 0x3d;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;

/** The value that `findParameter` found: without the quotes of a quoted-string, but with its backslashes. */
export namespace parameter {
  export let from: usize = 0;
  export let end: usize = 0;
}

/** Whether the media type [from, end) (RFC 9110 §8.3.1), whatever its parameters, is `type`, an `ascii` text in lower case. */
export function isMediaType(from: usize, end: usize, type: usize): bool {
  let p = from;
  while (p < end && load<u8>(p) != SEMICOLON) p++;
  return equalsIgnoreCase(from, <i32>(beforeBlanks(from, p) - from), type);
}

/**
 * Finds a parameter of the field value [from, end), such as `text/html; charset="utf-8"` (RFC 9110 §5.6.6), by its name, an
 * `ascii` text in lower case; the first of that name counts. Returns 1 and sets `parameter`, 0 where there is none, or -1
 * where the parameters are malformed up to there.
 */
export function findParameter(from: usize, end: usize, name: usize): i32 {
  let p = from;
  while (p < end && load<u8>(p) != SEMICOLON) p++;
  while (p < end) {
    if (load<u8>(p) != SEMICOLON) return -1;
    const found = behindBlanks(p + 1, end);
    p = behindToken(found, end);
    if (p == found && (p == end || load<u8>(p) == SEMICOLON)) continue;
    if (p == found || p == end || load<u8>(p) != EQUALS) return -1;
    const isWanted = equalsIgnoreCase(found, <i32>(p - found), name);
    const value = ++p;
    const isQuoted = p < end && load<u8>(p) == QUOTE;
    p = isQuoted ? behindQuoted(p, end) : behindToken(p, end);
    if (p == value) return -1;
    if (isWanted) {
      parameter.from = value + usize(isQuoted);
      parameter.end = p - usize(isQuoted);
      return 1;
    }
    p = behindBlanks(p, end);
  }
  return 0;
}

/** Writes the value [from, end) of a `parameter` without its backslashes to `to`, which may be its own place; returns the length, no more than it had. */
export function unquote(from: usize, end: usize, to: usize): i32 {
  const first = to;
  for (let p = from; p < end; p++) {
    if (load<u8>(p) == BACKSLASH) p++;
    store<u8>(to++, load<u8>(p));
  }
  return <i32>(to - first);
}

/** Behind the quoted-string at `p` (RFC 9110 §5.6.4); `p` where it does not end, or has a control character. */
function behindQuoted(p: usize, end: usize): usize {
  for (let at = p + 1; at < end; at++) {
    const code = <u32>load<u8>(at);
    if (code == QUOTE) return at + 1;
    if (code == BACKSLASH) at++;
    else if ((code < 0x20 && !isBlank(code)) || code == 0x7f) return p;
  }
  return p;
}
