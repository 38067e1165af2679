import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { decodeText } from "../bytes/text";
import { HeadFlag } from "../http/head";
import { head } from "../http/parser";
import { decodeComponent } from "../http/url";
import { PatternReader, PieceKind } from "../routing/pattern";
import { captures } from "../routing/router";
import { current } from "./current";

/** The parameters of the route's pattern: `/users/<int:id>` has `id`. */
export class Params {
  /** A parameter's text, decoded. Aborts where the pattern has no such parameter. */
  get(name: string): string {
    const at = find(name, false);
    const from = load<usize>(at);
    const length = load<usize>(at, sizeof<usize>());
    return decodePiece(from, length, false);
  }

  /** The number of an `<int:…>` parameter. Aborts where the pattern has none of that name. */
  int(name: string): i32 {
    const at = find(name, true);
    let p = load<usize>(at);
    let value = 0;
    for (const end = p + load<usize>(at, sizeof<usize>()); p < end; p++) value = value * 10 + load<u8>(p) - 0x30;
    return value;
  }
}

/** Text of a captured piece, or of a key or value of a query. */
export function decodePiece(from: usize, length: usize, query: bool): string {
  if (!query && !head.has(HeadFlag.ESCAPED)) return decodeText(from, <i32>length);
  const bytes = heap.alloc(length);
  const text = decodeText(bytes, decodeComponent(from, from + length, bytes, query));
  heap.free(bytes);
  return text;
}

/** Address of a parameter's capture; with `isInt` of an `<int:…>` parameter's. */
function find(name: string, isInt: bool): usize {
  const pattern = current.route!.pattern;
  const reader = new PatternReader(pattern);
  let at = captures;
  while (reader.next()) {
    if (reader.kind == PieceKind.LITERAL) continue;
    if (reader.named(name) && (!isInt || reader.kind == PieceKind.INT)) return at;
    at += 2 * sizeof<usize>();
  }
  fail(isInt ? ascii("the route has no <int:…> parameter ") : ascii("the route has no parameter "), name);
  return 0;
}
