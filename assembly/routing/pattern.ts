import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";

/** What a piece of a pattern stands for. */
export const enum PieceKind {
  LITERAL,
  /** `<int:name>`: 0 to 2147483647 in decimal. */
  INT,
  /** `<name>`: one segment, not empty. */
  SEGMENT,
  /** `<path:name>`: the rest of the path, slashes included, not empty. */
  REST,
}

/** Parameters that a pattern can have. */
// @ts-ignore: decorator
@inline export const MAX_PARAMS: i32 = 8;

// @ts-ignore: decorator
@inline const SLASH: i32 = 0x2f;
// @ts-ignore: decorator
@inline export const OPEN: i32 = 0x3c;
// @ts-ignore: decorator
@inline export const CLOSE: i32 = 0x3e;
// @ts-ignore: decorator
@inline export const COLON: i32 = 0x3a;
// @ts-ignore: decorator
@inline const INT: u64 = 0x0074006e0069;
// @ts-ignore: decorator
@inline const PATH: u64 = 0x0068007400610070;

/** Walks over a pattern such as `/users/<int:id>`, piece by piece, behind the "/" that each begins with. */
export class PatternReader {
  private at: i32 = 1;
  kind: PieceKind = PieceKind.LITERAL;
  /** The literal text, or the parameter's name. */
  from: i32 = 0;
  to: i32 = 0;

  constructor(private pattern: string) {
    if (this.unit(0) != SLASH) this.refuse();
  }

  /** Moves to the next piece; false at the end. Aborts on a malformed pattern. */
  next(): bool {
    let at = this.at;
    let unit = this.unit(at);
    if (!unit) return false;
    if (unit != OPEN) {
      this.kind = PieceKind.LITERAL;
      this.from = at;
      while (unit && unit != OPEN) unit = this.unit(++at);
      this.to = at;
      this.at = at;
      return true;
    }
    if (this.unit(at - 1) != SLASH) this.refuse();
    this.kind = PieceKind.SEGMENT;
    this.from = ++at;
    for (unit = this.unit(at); unit != CLOSE; unit = this.unit(++at)) {
      if (!unit || unit == SLASH || (unit == COLON && this.kind != PieceKind.SEGMENT)) this.refuse();
      if (unit != COLON) continue;
      this.kind = this.kindOf(at - this.from);
      this.from = at + 1;
    }
    if (at == this.from) this.refuse();
    this.to = at++;
    this.at = at;
    unit = this.unit(at);
    if (unit && (unit != SLASH || this.kind == PieceKind.REST)) this.refuse();
    return true;
  }

  /** The UTF-16 unit at an index, 0 at the end. */
  private unit(index: i32): i32 {
    return index < this.pattern.length ? this.pattern.charCodeAt(index) : 0;
  }

  /** The kind that the `length` units at `from` name. */
  private kindOf(length: i32): PieceKind {
    const name = load<u64>(changetype<usize>(this.pattern) + ((<usize>this.from) << 1));
    if (length == 3 && (name & 0xffffffffffff) == INT) return PieceKind.INT;
    if (length != 4 || name != PATH) this.refuse();
    return PieceKind.REST;
  }

  private refuse(): void {
    fail(ascii("malformed route "), this.pattern);
  }
}
