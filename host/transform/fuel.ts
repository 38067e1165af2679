/**
 * Fuel: ends code that would run for ever. Rounds of loops and calls of functions in the app's code are charged to the
 * core's `__fuel`; when that is used up, the app aborts with "out of fuel", its file, line and column.
 */
import {
  BlockStatement,
  DoStatement,
  ExpressionStatement,
  ForOfStatement,
  ForStatement,
  FunctionDeclaration,
  IdentifierExpression,
  Node,
  Source,
  SourceKind,
  WhileStatement,
} from "assemblyscript";
import type { Parser, Range, Statement } from "assemblyscript";
import { libraryFiles } from "assemblyscript/asc";
import { childrenOf, copyAt, parseSnippet, walk } from "./ast.js";

/** Rounds of a function's loops that are paid in advance, so that most rounds only count a local variable down. */
const BATCH = 16;

const FUEL_MODULE = "microserver/server/fuel";

/** Without these a program has no fuel to charge, or no host that fills it up: a unit test. */
const NEEDED = [`~lib/${FUEL_MODULE}`, "~lib/microserver/exports"];

/** Standard library whose loops an app can make long. Its runtime is not charged: it must not stop half-way. */
const LONG_LOOPS =
  /^(array|arraybuffer|dataview|date|iterator|map|math|number|regexp|set|staticarray|string|typedarray|uri|util\/(?!memory).*)$/;

const CHARGE = `
@global @inline function charge(units: i32, file: string, line: i32, column: i32): void {
  if ((__fuel -= units) < 0) abort("out of fuel", file, line, column);
}
@global @inline function enter(units: i32, file: string, line: i32, column: i32): void {
  __enter(file, line);
  charge(units, file, line, column);
}`;

type Loop = DoStatement | ForOfStatement | ForStatement | WhileStatement;

/** Which functions of a source are charged. */
type Scope = "all" | "with loops" | "none";

/** Charges the app's code, the packages it uses, and loops of the standard library; not MicroServer's own. */
export function fuel(parser: Parser): void {
  if (!NEEDED.every((path) => parser.sources.some((source) => source.internalPath === path))) return;
  for (const source of parser.sources) {
    const scope = scopeOf(source);
    if (scope !== "none") new Meter(scope).visit(source, null);
  }
  parser.parseFile(CHARGE, "~lib/microserver/~fuel.ts", false);
  unwritable(parser.sources.at(-1).statements);
  fillUpFirst(parser.sources);
}

/** Lets the program begin with the module that declares `__fuel` and fills it up: top-level code may be charged already. */
function fillUpFirst(sources: readonly Source[]): void {
  const entry = sources.find(({ sourceKind }) => sourceKind === SourceKind.UserEntry);
  if (!entry) return;
  const path = Node.createStringLiteralExpression(FUEL_MODULE, entry.range);
  entry.statements.unshift(Node.createImportStatement(null, path, entry.range));
}

function scopeOf(source: Source): Scope {
  const { internalPath } = source;
  if (!source.isLibrary) return "all";
  if (/^~lib\/microserver(\/|$)/.test(internalPath)) return "none";
  const name = internalPath.replace("~lib/", "");
  if (!(name in libraryFiles)) return "all";
  return LONG_LOOPS.test(name) ? "with loops" : "none";
}

/** Called by the collector, which must not stop half-way. */
const COLLECTOR_CALL = "__visit";

class Meter {
  readonly #seen = new Set<Node>();

  constructor(readonly scope: Scope) {}

  /** Charges all functions and loops below `node`; returns how many loops it has, those of functions in it left out. */
  visit(node: Node, owner: FunctionDeclaration | null): number {
    if (this.#seen.has(node)) return 0;
    this.#seen.add(node);
    const isFunction = node instanceof FunctionDeclaration;
    if (isFunction && node.name.text === COLLECTOR_CALL) return 0;
    let loops = 0;
    for (const child of childrenOf(node)) loops += this.visit(child, isFunction ? node : owner);
    if (isFunction) {
      if (loops > 0 || this.scope === "all") chargeFunction(node, loops > 0);
      return 0;
    }
    if (!isLoop(node)) return loops;
    chargeLoop(node, owner !== null);
    return loops + 1;
  }
}

function isLoop(node: Node): node is Loop {
  const kinds = [DoStatement, ForOfStatement, ForStatement, WhileStatement];
  return kinds.some((kind) => node instanceof kind);
}

function chargeLoop(loop: Loop, inFunction: boolean): void {
  const pay = charge(inFunction ? BATCH : 1, loop.range);
  loop.body = withHead(loop.body, inFunction ? `if (!--left) { left = ${BATCH}; ${pay} }` : pay, loop.range);
}

/** Charges a call. `hasLoops`: also the first batch of rounds. */
function chargeFunction(declaration: FunctionDeclaration, hasLoops: boolean): void {
  const { body, name } = declaration;
  if (!body) return;
  const range = name.range.end > name.range.start ? name.range : declaration.range;
  if (body instanceof ExpressionStatement) {
    const [head] = unwritable(copyAt(parseSnippet(charge(1, range)), range)) as [ExpressionStatement];
    body.expression = Node.createCommaExpression([head.expression, body.expression], body.range);
  } else {
    declaration.body = withHead(
      body,
      hasLoops ? `${charge(BATCH, range)} let left: i32 = ${BATCH};` : charge(1, range),
      range,
    );
  }
}

/** Text of a statement that takes fuel for the code at `range`, and in app code notes that it is there. */
function charge(units: number, { source, start }: Range): string {
  return `${source.isLibrary ? "charge" : "enter"}(${units}, ${JSON.stringify(source.normalizedPath)}, ${source.lineAt(start)}, ${source.columnAt()});`;
}

function withHead(body: Statement, text: string, range: Range): BlockStatement {
  const head = unwritable(copyAt(parseSnippet(text), range));
  const rest = body instanceof BlockStatement ? body.statements : [body];
  return Node.createBlockStatement([...head, ...rest], body.range);
}

/** Gives the snippets' own names a form that no program can write, so that they are never an app's. */
function unwritable(statements: Statement[]): Statement[] {
  for (const statement of statements) {
    walk(statement, (node) => {
      if (!(node instanceof IdentifierExpression)) return;
      if (["charge", "enter", "left"].includes(node.text)) node.text = `~${node.text}`;
    });
  }
  return statements;
}
