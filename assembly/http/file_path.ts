import { ascii } from "../bytes/ascii";
import { first } from "../bytes/swar";
import { refuse } from "./refusal";
import { segmentStops } from "./swar";

// @ts-ignore: decorator
@inline const SLASH: u32 = 0x2f;
// @ts-ignore: decorator
@inline const PERCENT: u32 = 0x25;
// @ts-ignore: decorator
@inline const DOT: u32 = 0x2e;

/**
 * Makes the path of a file below a root out of [from, end), what `decodePath` left of a request's path. Writes it to `to`,
 * which may be `from` and needs no more room; eight bytes behind `end` can be read.
 *
 * The result begins with no "/"; it is empty for the root, and ends with "/" where a folder is meant. Returns its length,
 * or a negated status:
 *
 * - 400 for an encoded slash, a backslash, a control character (NUL among them) or 0xff: nothing that names a file;
 * - 403 for a segment "." or "..", in any encoding: a client removes them (RFC 3986 §5.2.4), and one removed here, behind
 *   the router, would lead past the middleware of another route;
 * - 404 for an empty segment, as a file has one path, and for a name that begins with a dot, unless `hidden` says that
 *   such files are served; `.well-known` (RFC 8615) as the first name is served always.
 */
export function filePath(from: usize, end: usize, to: usize, hidden: bool = false): i32 {
  const root = to;
  let p = from;
  if (p < end && load<u8>(p) == SLASH) p++;
  while (p < end) {
    const name = to;
    while (true) {
      const plain = p;
      p = behindPlain(p, end);
      memory.copy(to, plain, p - plain);
      to += p - plain;
      if (p >= end || load<u8>(p) == SLASH) break;
      if (load<u8>(p) != PERCENT) return refuse(400, ascii("no name of a file"));
      const code = p + 3 <= end && load<u8>(p, 1) == 0x32 ? <u32>load<u8>(p, 2) : 0;
      if ((code | 0x20) == 0x66) return refuse(400, ascii("encoded slash"));
      store<u8>(to++, PERCENT);
      p += code == 0x35 ? 3 : 1;
    }
    const length = to - name;
    if (!length) return refuse(404, ascii("empty segment"));
    if (load<u8>(name) == DOT) {
      if (length == 1 || (length == 2 && load<u8>(name, 1) == DOT)) return refuse(403, ascii("dot segment"));
      if (!hidden && !(name == root && isWellKnown(name, length))) return refuse(404, ascii("hidden file"));
    }
    if (p < end) {
      store<u8>(to++, SLASH);
      p++;
    }
  }
  return <i32>(to - root);
}

/** Behind the characters of [p, end) that are copied as they are. */
function behindPlain(p: usize, end: usize): usize {
  for (; p < end; p += 8) {
    const stops = segmentStops(load<u64>(p));
    if (stops) return min(p + first(stops), end);
  }
  return end;
}

function isWellKnown(name: usize, length: usize): bool {
  const text = ascii(".well-known");
  return length == load<u8>(text) && memory.compare(name, text + 1, length) == 0;
}
