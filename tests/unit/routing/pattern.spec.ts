import { PatternReader, PieceKind } from "microserver/routing/pattern";
import { Router } from "microserver/routing/router";
import { Row, testRow } from "../table";
import { addRoute } from "./routes";

/** The pieces of a pattern: literals in quotes, parameters as kind and name. */
function piecesOf(pattern: string): string {
  const reader = new PatternReader(pattern);
  let pieces = "";
  while (reader.next()) {
    const text = pattern.substring(reader.from, reader.to);
    if (pieces.length) pieces += " ";
    switch (<i32>reader.kind) {
      case PieceKind.LITERAL:
        pieces += `'${text}'`;
        break;
      case PieceKind.INT:
        pieces += `int(${text})`;
        break;
      case PieceKind.SEGMENT:
        pieces += `segment(${text})`;
        break;
      default:
        pieces += `rest(${text})`;
    }
  }
  return pieces;
}

class PiecesRow extends Row {
  constructor(
    private pattern: string,
    private pieces: string,
  ) {
    super();
  }

  check(): void {
    expect(piecesOf(this.pattern)).toBe(this.pieces);
  }
}

let tried: string[] = [];

class RefusedRow extends Row {
  constructor(private routes: string[]) {
    super();
  }

  check(): void {
    tried = this.routes;
    const router = new Router();
    for (let i = 0; i < tried.length - 1; i++) addRoute(router, tried[i]);
    expect(() => {
      const router = new Router();
      for (let i = 0; i < tried.length; i++) addRoute(router, tried[i]);
    }).toThrow();
  }
}

function pieces(pattern: string, pieces: string): void {
  testRow(pattern, new PiecesRow(pattern, pieces));
}

/** A pattern that aborts when it is added. */
function refused(name: string, pattern: string): void {
  testRow(name, new RefusedRow(["GET " + pattern]));
}

/** Routes of which the last aborts when it is added. */
function conflict(name: string, first: string, second: string): void {
  testRow(name, new RefusedRow([first, second]));
}

describe("pieces of a pattern, behind its first slash", () => {
  pieces("/", "");
  pieces("/a", "'a'");
  pieces("/a/b/", "'a/b/'");
  pieces("//", "'/'");
  pieces("/é €", "'é €'");
  pieces("/<a>", "segment(a)");
  pieces("/<a>/", "segment(a) '/'");
  pieces("/a/<b>/c/<d>", "'a/' segment(b) '/c/' segment(d)");
  pieces("/<a>/<b>", "segment(a) '/' segment(b)");
  pieces("/<int:n>", "int(n)");
  pieces("/a/<int:n>/b", "'a/' int(n) '/b'");
  pieces("/<path:rest>", "rest(rest)");
  pieces("/a/<path:rest>", "'a/' rest(rest)");
  pieces("/<int>", "segment(int)");
  pieces("/<path>", "segment(path)");
  pieces("/<integer>", "segment(integer)");
});

describe("malformed patterns", () => {
  refused("nothing", "");
  refused("no slash", "a");
  refused("a parameter without a slash", "<a>");
  refused("no end of a parameter", "/<a");
  refused("no end of a parameter, and a slash", "/<a/b");
  refused("a slash in a parameter", "/<a/b>");
  refused("a parameter without a name", "/<>");
  refused("a number without a name", "/<int:>");
  refused("a rest without a name", "/<path:>");
  refused("an unknown type", "/<float:a>");
  refused("a type in capitals", "/<INT:a>");
  refused("the beginning of a type", "/<in:a>");
  refused("more than a type", "/<ints:a>");
  refused("a type without letters", "/<:a>");
  refused("two types", "/<int:int:a>");
  refused("two types, the first of the rest", "/<path:int:a>");
  refused("text before a parameter", "/a<b>");
  refused("text behind a parameter", "/<a>b");
  refused("two parameters in a segment", "/<a><b>");
  refused("a rest that is not the last", "/<path:a>/b");
  refused("a rest with a slash behind it", "/<path:a>/");
  refused("nine parameters", "/<a>/<b>/<c>/<d>/<e>/<f>/<g>/<h>/<i>");
});

describe("conflicts", () => {
  conflict("the same route twice", "GET /a", "GET /a");
  conflict("the same pattern with a parameter of another name", "GET /<a>", "GET /<b>");
  conflict("the same pattern with a number of another name", "GET /<int:a>/x", "GET /<int:b>/x");
  conflict("the same pattern with a rest of another name", "GET /<path:a>", "GET /<path:b>");
  conflict("one method among several", "GET,POST /a", "POST,PUT /a");
  conflict("several that include one", "GET /a", "GET,POST,PUT,DELETE /a");
  conflict("the root twice", "GET /", "GET /");
});
