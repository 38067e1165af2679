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

/** Walks over a pattern such as `/users/<int:id>`, piece by piece. */
export class PatternReader {
  private at: i32 = 0;
  kind: PieceKind = PieceKind.LITERAL;
  /** The literal text, or the parameter's name. */
  from: i32 = 0;
  to: i32 = 0;

  constructor(private pattern: string) {
    if (!pattern.startsWith("/")) this.fail("must begin with /");
  }

  /** Leaves out the "/" that every pattern begins with. */
  passSlash(): void {
    this.at = 1;
  }

  /** Moves to the next piece; false at the end. Aborts on a malformed pattern. */
  next(): bool {
    const pattern = this.pattern;
    const length = pattern.length;
    let at = this.at;
    if (at >= length) return false;
    if (pattern.charCodeAt(at) != 0x3c) {
      this.kind = PieceKind.LITERAL;
      this.from = at;
      while (at < length && pattern.charCodeAt(at) != 0x3c) at++;
      this.to = at;
      this.at = at;
      return true;
    }
    const close = pattern.indexOf(">", at);
    if (close < 0) this.fail("has no >");
    if (pattern.charCodeAt(at - 1) != 0x2f) this.fail("has a parameter that is not a whole segment");
    at++;
    this.kind = PieceKind.SEGMENT;
    const colon = pattern.indexOf(":", at);
    if (colon >= 0 && colon < close) {
      if (colon == at + 3 && pattern.substr(at, 3) == "int") this.kind = PieceKind.INT;
      else if (colon == at + 4 && pattern.substr(at, 4) == "path") this.kind = PieceKind.REST;
      else this.fail("has an unknown parameter type: use int or path");
      at = colon + 1;
    }
    if (at == close) this.fail("has a parameter without a name");
    this.from = at;
    this.to = close;
    this.at = close + 1;
    if (this.at < length) {
      if (this.kind == PieceKind.REST) this.fail("goes on behind <path:…>");
      if (pattern.charCodeAt(this.at) != 0x2f) this.fail("has a parameter that is not a whole segment");
    }
    return true;
  }

  /** Whether the piece is a parameter of that name. */
  named(name: string): bool {
    const length = this.to - this.from;
    if (name.length != length) return false;
    for (let i = 0; i < length; i++) if (name.charCodeAt(i) != this.pattern.charCodeAt(this.from + i)) return false;
    return true;
  }

  private fail(why: string): void {
    throw new Error("route " + this.pattern + " " + why);
  }
}
