import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { compile } from "./transform-compile.js";

const ASSEMBLY = new URL("../../../assembly/", import.meta.url);

/** The package "microserver", as the compiler reads it. */
const LIBRARY = Object.fromEntries(
  readdirSync(ASSEMBLY, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => [`node_modules/microserver/${path}`, readFileSync(new URL(path, ASSEMBLY), "utf8")]),
);

/** In front of each app, on its first line. */
const HEAD =
  `import { JsonReader, readJson, writeJson } from "microserver/json"; import { Output } from "microserver/bytes/output";
`.replace("\n", " const out = new Output(); const reader = new JsonReader(0, 0);\n");

/** What the compiler says about an app whose first line is line 2. */
async function messagesOf(lines: readonly string[]): Promise<readonly string[]> {
  return (await compile({ ...LIBRARY, "app.ts": HEAD + lines.join("\n") })).messages;
}

const NO_JSON = "has no JSON form, docs/json.md lists the types that have one";

test("a class without @json is named where it stands, if JSON is made of it", async () => {
  const expected = ["app.ts:2:7 ERROR AS102: User-defined: class A needs @json to be written as JSON or read from it"];
  const uses = {
    written: ["export function f(): void { writeJson(out, new A()); }"],
    read: ["export function f(): void { readJson<A>(reader); }"],
    "written in an array": ["export function f(): void { writeJson<A[]>(out, [new A()]); }"],
    "a field": [
      "@json class B { a: A[] = []; }",
      "export function f(): void { readJson<B>(reader); writeJson(out, new B()); }",
    ],
    "a base class": ["@json class B extends A {}", "export function f(): void { writeJson(out, new B()); }"],
  };
  for (const [use, lines] of Object.entries(uses)) {
    assert.deepEqual(await messagesOf(["class A { x: i32 = 0; }", ...lines]), expected, use);
  }
  assert.deepEqual(await messagesOf(["class A { x: i32 = 0; }", "export function f(): A { return new A(); }"]), []);
});

test("a field whose type has no JSON form is named where it stands", async () => {
  const types = {
    "Set<string>": "new Set()",
    "() => void": "() => {}",
    "Map<i32, i32>": "new Map()",
    "Set<i32>[]": "[]",
    ArrayBuffer: "new ArrayBuffer(1)",
    Uint8Array: "new Uint8Array(1)",
    "Shape | null": "null",
    Unmanaged: "new Unmanaged()",
  };
  const app = [
    "interface Shape { x: i32; } @unmanaged class Unmanaged {}",
    "@json class B {",
    ...Object.entries(types).map(([type, value], i) => `  f${i}: ${type} = ${value};`),
    "  right: i32 = 1;",
    "}",
  ];
  const expected = Object.keys(types).map(
    (type, i) => `app.ts:${i + 4}:3 ERROR AS102: User-defined: f${i}: ${type} ${NO_JSON}`,
  );
  assert.deepEqual(await messagesOf([...app, "export function f(): void { writeJson(out, new B()); }"]), expected);
  assert.deepEqual(await messagesOf([...app, "export function f(): void { readJson<B>(reader); }"]), expected);
  assert.deepEqual(await messagesOf([...app, "export function f(): B { return new B(); }"]), [], "neither is compiled");
});

test("an unknown type is an error of the field", async () => {
  const [first] = await messagesOf([
    "@json class A {",
    "  x: Foo = 0;",
    "}",
    "export function f(): void { writeJson(out, new A()); }",
  ]);
  assert.equal(first, "app.ts:3:3 ERROR TS2304: Cannot find name 'Foo'.");
});

test("a class that is read needs a constructor without parameters, one that is written does not", async () => {
  const lines = ["@json", "class A {", "  constructor(public x: i32) {}", "}"];
  const read = await messagesOf([...lines, "export function f(): void { readJson<A>(reader); }"]);
  assert.ok(read.includes("app.ts:3:7 ERROR TS2554: Expected 1 arguments, but got 0."), read.join("\n"));
  assert.deepEqual(await messagesOf([...lines, "export function f(): void { writeJson(out, new A(1)); }"]), []);
});

test("@json anywhere but at a class is an error", async () => {
  const misplaced = "ERROR AS109: Transform 'microserver': @json belongs in front of a class";
  assert.deepEqual(await messagesOf(["@json function f(): void {}"]), [`app.ts:2:1 ${misplaced}`]);
  assert.deepEqual(await messagesOf(["class A { @json x: i32 = 0; }"]), [`app.ts:2:11 ${misplaced}`]);
  assert.deepEqual(await messagesOf(["@json interface A {}"]), [`app.ts:2:1 ${misplaced}`]);
  assert.deepEqual(await messagesOf(["@json enum A { B }"]), [`app.ts:2:1 ${misplaced}`]);
  assert.deepEqual(await messagesOf(["@json let x = 1;"]), [`app.ts:2:1 ${misplaced}`]);
  assert.deepEqual(await messagesOf(['@json("a") class A {}']), [
    "app.ts:2:1 ERROR AS109: Transform 'microserver': @json takes no arguments",
  ]);
  assert.deepEqual(await messagesOf(["@json @unmanaged class A {}"]), [
    "app.ts:2:1 ERROR AS109: Transform 'microserver': an @unmanaged class has no JSON form: take one of the two decorators off",
  ]);
});

test("a field's name may be as long as an ascii text allows", async () => {
  const app = (name: string) => [
    `@json class A { ${name}: i32 = 0; }`,
    "export function f(): void { writeJson(out, new A()); }",
  ];
  assert.deepEqual(await messagesOf(app("k".repeat(249))), []);
  assert.deepEqual(await messagesOf(app("k".repeat(250))), [
    "app.ts:2:17 ERROR AS109: Transform 'microserver': a key of JSON has up to 249 bytes here: shorten this name",
  ]);
});

test("what is not used of JSON is not in the module", async () => {
  const use = "@json class A { x: f64 = 0; s: Map<string, f64> = new Map(); } class B {}";
  const size = async (lines: string[]) =>
    (await compile({ ...LIBRARY, "app.ts": HEAD + lines.join("\n") }, ["--optimize"])).wasm.length;
  const without = await size(["export function f(): void {}"]);
  assert.equal(await size([use, "export function f(): void {}"]), without);
});
