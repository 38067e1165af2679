/** Checks the routes that can be read from an app's text: their patterns, and that no two are the same. */
import {
  CallExpression,
  Expression,
  ExpressionStatement,
  FunctionDeclaration,
  FunctionExpression,
  IdentifierExpression,
  ImportStatement,
  LiteralExpression,
  PropertyAccessExpression,
  TemplateLiteralExpression,
} from "assemblyscript";
import type { Parser, Range, Source } from "assemblyscript";
import { literalText, place, report } from "./ast.js";
import { parsePattern } from "./pattern.js";
import { FACTORY_VERBS, VERBS } from "./verbs.cjs";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

interface Route {
  readonly range: Range;
  readonly text: string;
}

/** Reports malformed patterns and routes registered twice on the same app or group, in all of the app's files. */
export function checkRegistrations(parser: Parser, sources: readonly Source[]): void {
  const known = new Map<string, Route>();
  for (const source of sources) {
    for (const statement of source.statements) {
      if (statement instanceof ExpressionStatement) checkCall(parser, source, statement.expression, known);
    }
  }
}

/** Checks `receiver.verb(path, …, handler)` and the calls before it in a chain; returns the receiver's identity. */
function checkCall(parser: Parser, source: Source, call: Expression, known: Map<string, Route>): string | null {
  if (call instanceof IdentifierExpression) return identityOf(source, call.text);
  if (!(call instanceof CallExpression && call.expression instanceof PropertyAccessExpression)) return null;
  const verb = call.expression.property.text;
  const receiver = checkCall(parser, source, call.expression.expression, known);
  const [path, methods] = call.args;
  if (verb === "mountStatic" && path) return checkMount(parser, path, receiver, known);
  if (!(VERBS.has(verb) || FACTORY_VERBS.has(verb)) || !path || !isHandler(source, call.args.at(-1))) return null;
  const shape = checkPath(parser, path);
  if (shape === null || receiver === null) return receiver;
  for (const method of methodsOf(parser, verb, methods)) {
    const route = { range: path.range, text: `${method} ${literalText(path)}` };
    note(parser, `${receiver} ${method} ${shape}`, route, known);
  }
  return receiver;
}

/** Checks `receiver.mountStatic(prefix, …)`, which registers a route for all paths below a prefix; returns the receiver's identity. */
function checkMount(
  parser: Parser,
  prefix: Expression,
  receiver: string | null,
  known: Map<string, Route>,
): string | null {
  const text = literalText(prefix);
  if (text === null) return receiver;
  const pattern = `${text.replace(/\/$/, "")}/<path:path>`;
  const { shape, mistake } = parsePattern(pattern);
  if (mistake !== undefined) report(parser, prefix.range, mistake);
  else if (receiver !== null) {
    note(parser, `${receiver} GET ${shape}`, { range: prefix.range, text: `GET ${pattern}` }, known);
  }
  return receiver;
}

/** Keeps what is registered, and reports what is so for the second time. */
function note(parser: Parser, key: string, route: Route, known: Map<string, Route>): void {
  const first = known.get(key);
  if (first) reportTwice(parser, first, route);
  else known.set(key, route);
}

/** The shape of a path, or null where it is malformed (which is reported) or not written out. */
function checkPath(parser: Parser, path: Expression): string | null {
  const text = literalText(path);
  if (text === null) {
    const isString = path instanceof TemplateLiteralExpression || !(path instanceof LiteralExpression);
    if (!isString) report(parser, path.range, "the path must be a string");
    return null;
  }
  const { shape, mistake } = parsePattern(text);
  if (mistake !== undefined) report(parser, path.range, mistake);
  return shape ?? null;
}

function reportTwice(parser: Parser, first: Route, second: Route): void {
  const places = `${place(first.range)} and ${place(second.range)}`;
  const what =
    first.text === second.text
      ? `${first.text} is registered twice`
      : `${first.text} and ${second.text} are the same route`;
  report(parser, second.range, `${what}: ${places}`, first.range);
}

/** Tells variables of different files apart, and finds one again under an imported name. */
function identityOf(source: Source, name: string): string {
  for (const statement of source.statements) {
    if (!(statement instanceof ImportStatement)) continue;
    const found = statement.declarations?.find((declaration) => declaration.name.text === name);
    if (found) return `${statement.internalPath}#${found.foreignName.text}`;
  }
  return `${source.internalPath}#${name}`;
}

/** Whether an argument is a function, which tells a registration from another call by the same name. */
function isHandler(source: Source, argument: Expression): boolean {
  if (argument instanceof FunctionExpression) return true;
  if (!(argument instanceof IdentifierExpression)) return false;
  return source.statements.some((s) => s instanceof FunctionDeclaration && s.name.text === argument.text);
}

/** The methods that a call registers; none where they are not written out. WebSocket routes are apart from those of GET. */
function methodsOf(parser: Parser, verb: string, list: Expression): readonly string[] {
  if (verb === "all") return METHODS;
  if (verb === "upload") return ["POST", "PUT"];
  if (verb !== "route") return FACTORY_VERBS.get(verb) ?? [verb.toUpperCase()];
  const methods =
    literalText(list)
      ?.split(",")
      .map((method) => method.trim()) ?? [];
  const unknown = methods.find((method) => !METHODS.includes(method));
  if (unknown === undefined) return methods;
  report(parser, list.range, `"${unknown}" is no method to route: use a list of ${METHODS.join(", ")}`);
  return [];
}
