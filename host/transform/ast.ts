/** What the transforms share: finding, replacing and making syntax nodes, and reporting mistakes. */
import { DiagnosticCode, Node, Parser, StringLiteralExpression, TemplateLiteralExpression } from "assemblyscript";
import type { DiagnosticEmitter, Range, Source, Statement } from "assemblyscript";

const NAME = "microserver";

/** Reports a mistake at the user's code; `related` shows a second place. */
export function report(parser: DiagnosticEmitter, range: Range | null, text: string, related?: Range): void {
  if (range && related) parser.errorRelated(DiagnosticCode.Transform_0_1, range, related, NAME, text);
  else parser.error(DiagnosticCode.Transform_0_1, range, NAME, text);
}

/** A place as people write it: `app.ts:12`. */
export function place(range: Range): string {
  return `${range.source.normalizedPath}:${range.source.lineAt(range.start)}`;
}

/** What stands in a file, as it is written there. */
export function textOf(range: Range): string {
  return range.source.text.slice(range.start, range.end);
}

/** The value of a string literal, or of a template literal without substitutions; null for other nodes. */
export function literalText(node: Node): string | null {
  if (node instanceof StringLiteralExpression) return node.value;
  if (node instanceof TemplateLiteralExpression && !node.tag && node.expressions.length === 0) return node.parts[0];
  return null;
}

/** The nodes directly below a node, in the order of its fields. */
export function childrenOf(node: Node): Node[] {
  return keysOf(node)
    .flatMap((key) => fieldsOf(node)[key])
    .filter((value): value is Node => value instanceof Node);
}

/** Calls `visit` with `root` and every node below it, parents first, each once. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const seen = new Set<Node>();
  const step = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    visit(node);
    childrenOf(node).forEach(step);
  };
  step(root);
}

/** Puts what `change` returns in place of every node below `root`, children first. */
export function rewrite(root: Node, change: (node: Node) => Node): void {
  const seen = new Set<Node>();
  const replaced = (value: unknown): unknown => {
    if (!(value instanceof Node)) return value;
    below(value);
    return change(value);
  };
  const below = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const fields = fieldsOf(node);
    for (const key of keysOf(node)) {
      const field = fields[key];
      fields[key] = Array.isArray(field) ? field.map(replaced) : replaced(field);
    }
  };
  below(root);
}

/** The statements of a text that the transform itself wrote. */
export function parseSnippet(text: string): Statement[] {
  const parser = new Parser();
  parser.parseFile(text, "~snippet.ts", false);
  const source = parser.sources.pop();
  if (!source || parser.diagnostics.length > 0) throw new Error(`the transform's own text does not parse: ${text}`);
  return source.statements;
}

/** Copies nodes and places the copy at `range`, so that what the compiler finds in it is shown at the user's code. */
export function copyAt<T>(value: T, range: Range): T {
  if (Array.isArray(value)) return value.map((item: unknown) => copyAt(item, range)) as T;
  if (!(value instanceof Node)) return value;
  const copy = Object.create(Object.getPrototypeOf(value) as object) as T & Node;
  Object.assign(copy, value, { range });
  for (const key of keysOf(value)) fieldsOf(copy)[key] = copyAt(fieldsOf(value)[key], range);
  return copy;
}

/** Names of a node's fields that may hold other nodes. */
function keysOf(node: Node): string[] {
  return Object.keys(node).filter((key) => key !== "range");
}

function fieldsOf(node: Node): Record<string, unknown> {
  return node as unknown as Record<string, unknown>;
}

/** Whether a source belongs to the app: all that is not reached by a bare package name. */
export function isApp(source: Source): boolean {
  return !source.isLibrary;
}
