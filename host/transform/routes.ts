/** Route decorators: `@app.get("/x")` on a top-level function becomes `app.get("/x", theFunction)` right behind it. */
import {
  DeclarationStatement,
  ExportDefaultStatement,
  FunctionDeclaration,
  IdentifierExpression,
  Node,
  PropertyAccessExpression,
  VariableStatement,
} from "assemblyscript";
import type { DecoratorNode, Parser, Source, Statement } from "assemblyscript";
import { isApp, report, textOf, walk } from "./ast.js";
import { checkRegistrations } from "./registrations.js";
import { VERBS } from "./verbs.cjs";

/** AssemblyScript's own decorators that have a property. */
const BUILT_IN: ReadonlySet<string> = new Set(["operator", "external"]);

/** Registers decorated handlers in all files of the app, in the order of their declarations, and checks all routes. */
export function routes(parser: Parser): void {
  const sources = parser.sources.filter(isApp);
  for (const source of sources) {
    source.statements = source.statements.flatMap((statement) => [statement, ...registrations(parser, statement)]);
    reportMisplaced(parser, source);
  }
  checkRegistrations(parser, sources);
}

/** The calls that the decorators of a top-level function stand for; the decorators are taken off. */
function registrations(parser: Parser, statement: Statement): Statement[] {
  const handler = statement instanceof ExportDefaultStatement ? statement.declaration : statement;
  if (!(handler instanceof FunctionDeclaration) || !handler.decorators) return [];
  const calls: Statement[] = [];
  for (const decorator of handler.decorators.filter(isRoute)) {
    const { name, args, range } = decorator;
    const shown = shownName(decorator);
    if (!(name instanceof PropertyAccessExpression)) {
      report(parser, range, `${shown} needs the app or group it belongs to: @app.${shown.slice(1)}(…)`);
    } else if (!VERBS.has(name.property.text)) {
      report(parser, range, `${shown} is no route decorator: use ${[...VERBS].join(", ")}`);
    } else if (!args?.length) {
      report(parser, range, `${shown} needs a path: ${shown}("/…")`);
    } else {
      const target = Node.createIdentifierExpression(handler.name.text, handler.name.range);
      const call = Node.createCallExpression(name, null, [...args, target], range);
      calls.push(Node.createExpressionStatement(call));
    }
  }
  handler.decorators = handler.decorators.filter((decorator) => !isRoute(decorator));
  return calls;
}

/** The compiler ignores decorators that it does not know, so none may be left. */
function reportMisplaced(parser: Parser, source: Source): void {
  const reported = new Set<DecoratorNode>();
  walk(source, (node) => {
    if (!(node instanceof DeclarationStatement || node instanceof VariableStatement)) return;
    for (const decorator of node.decorators?.filter(isRoute) ?? []) {
      if (reported.has(decorator)) continue;
      reported.add(decorator);
      report(parser, decorator.range, `${shownName(decorator)} belongs in front of a top-level function`);
    }
  });
}

/** `@app.anything`, or a verb whose app was forgotten. */
function isRoute(decorator: DecoratorNode): boolean {
  const { name, args } = decorator;
  if (name instanceof IdentifierExpression) return args !== null && VERBS.has(name.text);
  if (!(name instanceof PropertyAccessExpression)) return false;
  return !(name.expression instanceof IdentifierExpression && BUILT_IN.has(name.expression.text));
}

/** `@app.get`, as it is written. */
function shownName(decorator: DecoratorNode): string {
  return `@${textOf(decorator.name.range).replace(/^@/, "")}`;
}
