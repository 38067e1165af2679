/** `ascii("text")`: constant text as bytes in the data segment, where a string literal would cost two bytes a character. */
import { CallExpression, IdentifierExpression, ImportStatement, Node, VariableStatement } from "assemblyscript";
import type { Parser, Source } from "assemblyscript";
import { literalText, report, rewrite } from "./ast.js";

/** The files that `ascii` is imported from. */
const HOME = /(^|\/)bytes\/ascii$|^~lib\/microserver$/;
const LIBRARY_FILE = "~lib/microserver/~ascii.ts";
const LONGEST = 255;

/**
 * Turns each call `ascii("text")` into the address of `[length u8][UTF-8 bytes…]`. Equal texts share one address: each
 * distinct text becomes an inlined global constant, compiled only where something uses it.
 */
export function ascii(parser: Parser): void {
  const names = new Map<string, string>();
  for (const source of parser.sources) {
    const local = importedName(source);
    if (local === null) continue;
    rewrite(source, (node) => {
      if (!(node instanceof CallExpression && isNamed(node.expression, local))) return node;
      const argument = node.args[0];
      const text = argument && node.args.length === 1 ? literalText(argument) : null;
      if (text === null) {
        report(parser, node.range, "ascii() takes one string literal: its bytes are laid out when the app is built");
        return node;
      }
      const size = Buffer.byteLength(text);
      if (size > LONGEST) {
        report(parser, node.range, `ascii() takes up to ${LONGEST} bytes, this text has ${size}: divide it`);
        return node;
      }
      if (!names.has(text)) names.set(text, `~ascii${names.size}`);
      return Node.createIdentifierExpression(names.get(text)!, node.range);
    });
  }
  if (names.size > 0) declare(parser, names);
}

/** The name by which a source calls `ascii`, or null where it does not import it. */
function importedName(source: Source): string | null {
  for (const statement of source.statements) {
    if (!(statement instanceof ImportStatement) || !HOME.test(statement.internalPath)) continue;
    const found = statement.declarations?.find((declaration) => declaration.foreignName.text === "ascii");
    if (found) return found.name.text;
  }
  return null;
}

function isNamed(node: Node, name: string): boolean {
  return node instanceof IdentifierExpression && node.text === name;
}

/** Adds a source that declares one constant a text, under names that cannot be written in a program. */
function declare(parser: Parser, names: ReadonlyMap<string, string>): void {
  const declarations = [...names.keys()].map((text, i) => {
    const bytes = Buffer.from(text);
    return `@global @lazy @inline const c${i}: usize = memory.data<u8>([${[bytes.length, ...bytes].join()}]);\n`;
  });
  parser.parseFile(declarations.join(""), LIBRARY_FILE, false);
  const { statements } = parser.sources.at(-1);
  for (const [i, name] of [...names.values()].entries()) {
    const statement = statements[i];
    if (statement instanceof VariableStatement) statement.declarations[0].name.text = name;
  }
}
