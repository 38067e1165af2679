/**
 * Decorators that AssemblyScript and MicroServer allow where TypeScript does not. TypeScript refuses all of them in front
 * of functions and variables with TS1206, "Decorators are not valid here".
 */
import type ts = require("typescript");
import { VERBS } from "../transform/verbs.cjs";

const NOT_VALID_HERE = 1206;

/** AssemblyScript's own decorators of functions and variables. */
const BUILT_IN: ReadonlySet<string> = new Set(["builtin", "external", "global", "inline", "lazy", "unsafe"]);

/** Whether a diagnostic refuses a decorator that the build gives a meaning at this place. */
export function isUnfounded(typescript: typeof ts, diagnostic: ts.Diagnostic): boolean {
  const { code, file, start } = diagnostic;
  if (code !== NOT_VALID_HERE || !file || start === undefined) return false;
  for (const statement of file.statements) {
    if (start < statement.pos || start >= statement.end) continue;
    if (!typescript.isFunctionDeclaration(statement) && !typescript.isVariableStatement(statement)) return false;
    const decorator = statement.modifiers?.find(
      (modifier): modifier is ts.Decorator => typescript.isDecorator(modifier) && modifier.getStart(file) === start,
    );
    return decorator !== undefined && hasMeaning(typescript, decorator.expression, statement);
  }
  return false;
}

function hasMeaning(typescript: typeof ts, expression: ts.Expression, statement: ts.Statement): boolean {
  const called = typescript.isCallExpression(expression);
  const name = called ? expression.expression : expression;
  if (typescript.isIdentifier(name)) return BUILT_IN.has(name.text);
  if (!called || !typescript.isPropertyAccessExpression(name)) return false;
  return typescript.isFunctionDeclaration(statement) && VERBS.has(name.name.text);
}
