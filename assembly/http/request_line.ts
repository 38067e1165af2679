import { ascii } from "../bytes/ascii";
import { first } from "../bytes/swar";
import { isAuthority } from "./authority";
import { Head, HeadFlag, TargetForm } from "./head";
import { Method, methodOf } from "./method";
import { refuse } from "./refusal";
import { pathStops } from "./swar";
import { equalsIgnoreCase, isTokenCharacter } from "./token";

// @ts-ignore: decorator
@inline const GET_SPACE: u32 = 0x20544547;
// @ts-ignore: decorator
@inline const HTTP_1_1: u64 = 0x312e312f50545448;
// @ts-ignore: decorator
@inline const HTTP: u32 = 0x50545448;
// @ts-ignore: decorator
@inline const CR_LF: u32 = 0x0a0d;

/**
 * Reads the request line at `base` (RFC 9112 §3) into `head`.
 * Returns the offset behind its line end, 0 where the bytes up to `end` are not enough, or a negated status.
 */
// @ts-ignore: decorator
@inline
export function parseRequestLine(head: Head, base: usize, end: usize): i32 {
  let p = base;
  if (load<u32>(p) == GET_SPACE) {
    head.method = <u16>Method.GET;
    p += 4;
  } else {
    while (isTokenCharacter(load<u8>(p))) p++;
    if (p >= end) return 0;
    if (load<u8>(p) != 0x20 || p == base) return refuse(400, lineFault(p, ascii("malformed method")));
    head.method = <u16>methodOf(base, <i32>(p - base));
    p++;
  }
  head.target = <u16>(p - base);
  if (load<u8>(p) != 0x2f) p = parseOtherForm(head, base, p, end);
  if (head.form < <u8>TargetForm.AUTHORITY) p = parsePath(head, base, p);
  if (load<u8>(p) == 0x20 && load<u64>(p, 1) == HTTP_1_1 && load<u16>(p, 9) == CR_LF && head.method) {
    return <i32>(p + 11 - base);
  }
  return parseVersion(head, base, p, end);
}

/** The same from the end of the target on, where that or the version is not the common one. */
function parseVersion(head: Head, base: usize, p: usize, end: usize): i32 {
  if (p >= end) return 0;
  if (load<u8>(p) != 0x20) return refuse(400, lineFault(p, ascii("malformed request target")));
  const version = ++p;
  p = word(p);
  if (p >= end || (load<u8>(p) == 0x0d && p + 1 == end)) return 0;
  const major = <u32>load<u8>(version, 5) - 0x30;
  const minor = <u32>load<u8>(version, 7) - 0x30;
  if (
    load<u16>(p) != CR_LF ||
    p - version != 8 ||
    load<u32>(version) != HTTP ||
    load<u8>(version, 4) != 0x2f ||
    load<u8>(version, 6) != 0x2e ||
    major > 9 ||
    minor > 9
  ) {
    return refuse(400, lineFault(p, ascii("malformed version")));
  }
  if (major != 1 || minor > 1) return refuse(505, ascii("unknown HTTP version"));
  if (!head.method) return refuse(501, ascii("unknown method"));
  head.minor = <u8>minor;
  return <i32>(p + 2 - base);
}

/** Reads path and query from `p`; returns where the target ends, or where it breaks. */
// @ts-ignore: decorator
@inline
function parsePath(head: Head, base: usize, p: usize): usize {
  const path = p;
  let query: usize = 0;
  while (true) {
    const stops = pathStops(load<u64>(p));
    if (!stops) {
      p += 8;
      continue;
    }
    p += first(stops);
    const code = <u32>load<u8>(p);
    if (code == 0x20) break;
    if (code == 0x3f) {
      if (!query) query = p;
    } else if (code == 0x25) {
      if (!query) head.set(HeadFlag.ESCAPED);
    } else if (code < 0x20 || code == 0x23 || code >= 0x7f) return p;
    p++;
  }
  const pathEnd = query ? query : p;
  head.path = <u16>(path - base);
  head.pathLength = <u16>(pathEnd - path);
  const queryStart = query ? query + 1 : p;
  head.query = <u16>(queryStart - base);
  head.queryLength = <u16>(p - queryStart);
  return p;
}

/**
 * Reads a target that does not begin with "/" (RFC 9112 §3.2.2 to §3.2.4). Returns where its path begins, or where a target
 * without path ends; for a malformed one `base`, where no space is.
 */
function parseOtherForm(head: Head, base: usize, p: usize, end: usize): usize {
  const stop = word(p);
  if (stop >= end || load<u8>(stop) != 0x20) return stop;
  head.form = <u8>TargetForm.AUTHORITY;
  head.pathLength = 0;
  head.query = 0;
  head.queryLength = 0;
  if (head.method == <u16>Method.CONNECT) {
    let port = stop;
    while (<u32>load<u8>(port - 1) - 0x30 < 10) port--;
    return port < stop && load<u8>(port - 1) == 0x3a && isAuthority(p, stop) ? stop : base;
  }
  if (load<u8>(p) == 0x2a) {
    head.form = <u8>TargetForm.ASTERISK;
    return stop == p + 1 && head.method == <u16>Method.OPTIONS ? stop : base;
  }
  const authority = behindScheme(p, stop);
  if (!authority) return base;
  let path = authority;
  while (path < stop && load<u8>(path) != 0x2f && load<u8>(path) != 0x3f) path++;
  if (!isAuthority(authority, path)) return base;
  head.form = <u8>TargetForm.ABSOLUTE;
  return path;
}

/** Behind "http://" or "https://" in [p, stop); 0 where it is something else. */
function behindScheme(p: usize, stop: usize): usize {
  if (p + 8 > stop || !equalsIgnoreCase(p, 4, ascii("http"))) return 0;
  p += 4 + usize((load<u8>(p + 4) | 0x20) == 0x73);
  return equalsIgnoreCase(p, 3, ascii("://")) ? p + 3 : 0;
}

/** Behind the last visible character from `p` on. */
function word(p: usize): usize {
  while (<u32>load<u8>(p) - 0x21 < 0x5e) p++;
  return p;
}

/** The more telling reason where the byte at `p` is a bare LF or a control character. */
export function lineFault(p: usize, reason: usize): usize {
  const code = <u32>load<u8>(p);
  if (code == 0x0a) return ascii("bare LF");
  return (code < 0x20 && code != 0x0d) || code == 0x7f ? ascii("control character") : reason;
}
