/** `@json` classes: their readers and writers, derived from their fields. */
import {
  CallExpression,
  ClassDeclaration,
  DeclarationStatement,
  ExportDefaultStatement,
  FieldDeclaration,
  IdentifierExpression,
  InterfaceDeclaration,
  NamespaceDeclaration,
} from "assemblyscript";
import type {
  BlockStatement,
  CommonFlags,
  DecoratorNode,
  ExpressionStatement,
  FunctionDeclaration,
  Node,
  Parser,
  Source,
  Statement,
  StringLiteralExpression,
} from "assemblyscript";
import { copyAt, isApp, parseSnippet, report, textOf, walk } from "./ast.js";

/** Flags of a declaration (const enum members, which have no value at run time). */
const STATIC: CommonFlags = 32;
const READONLY: CommonFlags = 64;
const ABSTRACT: CommonFlags = 128;
const PRIVATE: CommonFlags = 512;
const PROTECTED: CommonFlags = 1024;
const CONSTRUCTOR: CommonFlags = 524288;

/** A number, text or name for a value that is the same each time. */
const LITERAL = /^(?:true|false|null|-?[\d.][\w.]*|(["'])(?:(?!\1)[^\\]|\\.)*\1)$/;

/** Bytes that an `ascii` text can have besides the key: comma, space, quotes, colon, space. */
const LONGEST_KEY = 255 - 6;

/** Of the records in tables of fields, as assembly/json/fields.ts has them. */
const RECORD_SIZE = 32;
const END = 3;
const PLAIN_SIZE = 4;
const SHORT = 8;
const LONG_NAME = 12;
/** A word that is in no text. */
const NOWHERE = "0xffffffff";

const IMPORTS = `
  import { ascii as __jsonAscii } from "microserver/bytes/ascii";
  import {
    extendFields as __extendFields,
    fieldLimit as __fieldLimit,
    fieldReader as __fieldReader,
    isJson as __isJson,
    JsonReader as __JsonReader,
    kindOf as __kindOf,
    Output as __JsonOutput,
    reopen as __reopenJson,
    writeJson as __writeJson
  } from "microserver/json/derive";`;

/**
 * Gives each `@json` class of the app the methods `__writeJson` and `__jsonFields`. Classes without it get ones that say
 * so: as methods that nothing calls are not compiled, that error appears where JSON is made of such a class only.
 */
export function json(parser: Parser): void {
  let files = 0;
  for (const source of parser.sources.filter(isApp)) {
    reportMisplaced(parser, source);
    const classes = classesOf(source.statements);
    for (const declaration of classes) {
      if (declaration.decorators?.some(isJson)) derive(parser, declaration);
      else if (!declaration.extendsType) explain(declaration);
    }
    if (classes.length > 0) addImports(parser, source, `~json${files++}.ts`);
  }
}

function classesOf(statements: readonly Statement[]): ClassDeclaration[] {
  return statements.flatMap((statement) => {
    if (statement instanceof NamespaceDeclaration) return classesOf(statement.members);
    if (statement instanceof ExportDefaultStatement) return classesOf([statement.declaration]);
    return statement instanceof ClassDeclaration && !(statement instanceof InterfaceDeclaration) ? [statement] : [];
  });
}

function isJson(decorator: DecoratorNode): boolean {
  return isNamed(decorator.name, "json");
}

/** The compiler ignores decorators that it does not know, so a misplaced one would do nothing. */
function reportMisplaced(parser: Parser, source: Source): void {
  walk(source, (node) => {
    if (!(node instanceof DeclarationStatement)) return;
    const isClass = node instanceof ClassDeclaration && !(node instanceof InterfaceDeclaration);
    for (const decorator of node.decorators?.filter(isJson) ?? []) {
      if (!isClass) report(parser, decorator.range, "@json belongs in front of a class");
      else if (decorator.args !== null) report(parser, decorator.range, "@json takes no arguments");
      else if (node.decorators!.some(({ name }) => isNamed(name, "unmanaged"))) {
        report(parser, decorator.range, "an @unmanaged class has no JSON form: take one of the two decorators off");
      }
    }
  });
}

/** Imports what the derived code names, through the parser, so that the files are read if nothing else asked for them. */
function addImports(parser: Parser, source: Source, path: string): void {
  parser.parseFile(IMPORTS, path, false);
  const { statements } = parser.sources.pop()!;
  source.statements.unshift(...copyAt(statements, source.range));
}

function derive(parser: Parser, declaration: ClassDeclaration): void {
  const fields = fieldsOf(declaration).filter((field) => {
    const fits = Buffer.byteLength(field.name.text) <= LONGEST_KEY;
    if (!fits) report(parser, field.name.range, `a key of JSON has up to ${LONGEST_KEY} bytes here: shorten this name`);
    return fits;
  });
  addWriter(declaration, fields);
  addFields(
    declaration,
    fields.filter((field) => !field.is(READONLY)),
  );
}

/** The fields that have a place in JSON: all but static, private and protected ones. */
function fieldsOf(declaration: ClassDeclaration): FieldDeclaration[] {
  return declaration.members.filter(
    (member): member is FieldDeclaration =>
      member instanceof FieldDeclaration && !member.isAny(STATIC | PRIVATE | PROTECTED) && member.type !== null,
  );
}

function addWriter(declaration: ClassDeclaration, fields: readonly FieldDeclaration[]): void {
  const derived = declaration.extendsType !== null;
  const parts = fields.map((field, i) => {
    const opening = i > 0 ? ", " : derived ? "" : "{";
    const key = JSON.stringify(`${opening}"${field.name.text}": `);
    const write = `out.asciiNow(__jsonAscii(${key})); __writeJson<${typeOf(field)}>(out, this.${field.name.text});`;
    return supported(field, `{ ${write} }`);
  });
  let opening = fields.length === 0 ? "out.byte(0x7b);" : "";
  if (derived) {
    const inherited =
      fields.length === 0 ? "return super.__writeJson(out);" : "super.__writeJson(out); __reopenJson(out);";
    opening = `if (isDefined(super.__writeJson)) { ${inherited} } else out.byte(0x7b);`;
  }
  const method = methodOf(`__writeJson(out: __JsonOutput): void {
    { ${opening} }
    ${parts.join("\n")}
    out.byteNow(0x7d);
  }`);
  add(declaration, method, fields);
}

/** A method that returns the class's table of fields: see assembly/json/fields.ts. */
function addFields(declaration: ClassDeclaration, fields: readonly FieldDeclaration[]): void {
  const checks = fields.map((field) => supported(field, "{}"));
  const plain = isPlain(declaration) ? "<u32>idof<this>()" : "0";
  const records = fields.map((field, i) => recordOf(field, i === 0 ? "{" : ","));
  const end = [NOWHERE, NOWHERE, 0, 0, 0, (SHORT << 16) | (END << 24), 0, NOWHERE];
  const areSupported = ["true", ...fields.map((field) => `__isJson<${typeOf(field)}>()`)].join(" && ");
  const parameters = declaration.typeParameters?.map((parameter) => parameter.name.text).join() ?? "";
  const made = parameters ? `${declaration.name.text}<${parameters}>` : declaration.name.text;
  // Compiled, but not run: shows an error about the constructor at the class.
  const check = declaration.is(ABSTRACT) ? "" : `if (!changetype<usize>(this)) new ${made}();`;
  const base = "isDefined(super.__jsonFields)";
  const extended = `if (${base}) return __extendFields(table, ${fields.length * RECORD_SIZE}, super.__jsonFields());`;
  const method = methodOf(`__jsonFields(): usize {
    { ${check} }
    ${checks.join("\n")}
    if (${areSupported}) {
      const table = memory.data<u32>([${[plain, ...records, ...end].join()}]) + ${PLAIN_SIZE};
      ${declaration.extendsType ? extended : ""}
      return table;
    }
    return 0;
  }`);
  add(declaration, method, fields);
}

/** A field's record: see assembly/json/fields.ts. */
function recordOf(field: FieldDeclaration, opening: string): string {
  const type = typeOf(field);
  const name = field.name.text;
  const length = Buffer.byteLength(name);
  const isLong = length > LONG_NAME;
  const key = Buffer.from(`${opening}"${name}":`);
  const isShort = key.length <= SHORT;
  const word = (at: number): string => String(Buffer.concat([key, key]).readUInt32LE(at));
  return [
    ...(isLong
      ? [NOWHERE, NOWHERE, `<u32>__jsonAscii(${JSON.stringify(name)})`, NOWHERE]
      : [word(0), word(4), isShort ? NOWHERE : word(key.length - 8), word(key.length - 4)]),
    `__fieldReader<${type}>()`,
    `<u32>offsetof<this>("${name}") | ${(isLong ? SHORT : key.length) << 16} | (__kindOf<${type}>() << 24)`,
    `__fieldLimit<${type}>() | ${length << 8}`,
    isShort ? word(0) : NOWHERE,
  ].join();
}

/** Whether all that is done to make an object is to set fields to literals. */
function isPlain(declaration: ClassDeclaration): boolean {
  if (declaration.extendsType) return false;
  return declaration.members.every((member) => {
    if (!(member instanceof FieldDeclaration)) return !member.is(CONSTRUCTOR);
    return member.is(STATIC) || member.initializer === null || LITERAL.test(textOf(member.initializer.range));
  });
}

/** The statement where the field's type has a JSON form, an error where it has none. */
function supported(field: FieldDeclaration, statement: string): string {
  const text = `${field.name.text}: ${typeOf(field)} has no JSON form, docs/json.md lists the types that have one`;
  return `if (__isJson<${typeOf(field)}>()) ${statement} else ERROR(${JSON.stringify(text)});`;
}

function typeOf(field: FieldDeclaration): string {
  return textOf(field.type!.range);
}

function explain(declaration: ClassDeclaration): void {
  const text = `class ${declaration.name.text} needs @json to be written as JSON or read from it`;
  for (const parameter of ["__writeJson(out: __JsonOutput)", "__readJson(reader: __JsonReader)"]) {
    add(declaration, methodOf(`${parameter}: void { ERROR(${JSON.stringify(text)}); }`), []);
  }
}

function methodOf(text: string): FunctionDeclaration {
  const [holder] = parseSnippet(`class Holder { ${text} }`) as [ClassDeclaration];
  return holder.members[0] as FunctionDeclaration;
}

/**
 * Adds a method whose statements from the second on belong to the fields, one each: what the compiler finds in them is
 * shown at the field, all else at the class.
 */
function add(declaration: ClassDeclaration, method: FunctionDeclaration, fields: readonly FieldDeclaration[]): void {
  const copy = copyAt(method, declaration.name.range);
  const { statements } = method.body as BlockStatement;
  const placed = (copy.body as BlockStatement).statements;
  fields.forEach((field, i) => (placed[i + 1] = copyAt(statements[i + 1], field.range)));
  walk(copy, showText);
  declaration.members.push(copy);
}

/** The compiler shows what stands at the place of ERROR's argument: that must be the text. */
function showText(node: Node): void {
  if (!(node instanceof CallExpression && isNamed(node.expression, "ERROR"))) return;
  const [argument] = node.args as [StringLiteralExpression];
  const [{ expression }] = parseSnippet(JSON.stringify(argument.value)) as [ExpressionStatement];
  argument.range = expression.range;
  argument.range.start++;
  argument.range.end--;
}

function isNamed(node: Node, name: string): boolean {
  return node instanceof IdentifierExpression && node.text === name;
}
