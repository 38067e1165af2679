import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./transform-compile.js";

const ASCII = "export declare function ascii(text: string): usize;";

/** Runs `export function read(): usize` of an app and returns the bytes behind the address. */
async function bytesOf(app: string, options: string[] = []): Promise<string> {
  const { wasm, messages } = await compile(
    { "app.ts": `import { ascii } from "./bytes/ascii";\n${app}`, "bytes/ascii.ts": ASCII },
    options,
  );
  assert.deepEqual(messages, []);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { abort: assert.fail } });
  const { memory, read } = instance.exports as { memory: WebAssembly.Memory; read: () => number };
  const bytes = new Uint8Array(memory.buffer);
  const at = read();
  return Buffer.from(bytes.slice(at + 1, at + 1 + bytes[at])).toString();
}

test("ascii() gives the address of a length and the text's bytes", async () => {
  const accepted: Record<string, string> = {
    "as a result": `export function read(): usize { return ascii("Hello"); }`,
    "a constant": `const a = ascii("Hello"); export function read(): usize { return a; }`,
    "an inlined constant": `@inline const a = ascii("Hello"); export function read(): usize { return a; }`,
    "a static field": `class A { static readonly a: usize = ascii("Hello"); } export function read(): usize { return A.a; }`,
    "an argument": `function id(p: usize): usize { return p; } export function read(): usize { return id(ascii("Hello")); }`,
    "in an inlined function": `@inline function f(): usize { return ascii("Hello"); } export function read(): usize { return f(); }`,
    "in a generic method": `class A<T> { f(): usize { return ascii("Hello"); } } export function read(): usize { return new A<i32>().f(); }`,
    "in a lambda": `const f = (): usize => ascii("Hello"); export function read(): usize { return f(); }`,
    "in a nested call": `export function read(): usize { return true ? max<usize>(0, ascii("Hello")) : 0; }`,
    "a template literal": "export function read(): usize { return ascii(`Hello`); }",
  };
  for (const [form, app] of Object.entries(accepted)) {
    assert.equal(await bytesOf(app), "Hello", form);
  }
  assert.equal(await bytesOf(`export function read(): usize { return ascii("\\r\\n\\"ü\\u{1F600}"); }`), '\r\n"ü😀');
  assert.equal(await bytesOf(`export function read(): usize { return ascii(""); }`), "");
  assert.equal(await bytesOf(`export function read(): usize { return ascii("Hello"); }`, ["-O3"]), "Hello");
});

test("the import may have another name", async () => {
  const files = {
    "app.ts": `import { ascii as a } from "./bytes/ascii"; export const x = a("Hello");`,
    "bytes/ascii.ts": ASCII,
  };
  assert.deepEqual((await compile(files)).messages, []);
});

test("equal texts share their bytes, unused ones are left out", async () => {
  const files = {
    "app.ts": `import { ascii } from "microserver/bytes/ascii";
      import { b } from "microserver/b";
      export function a(): usize { return ascii("shared") ^ b(); }
      function unused(): usize { return ascii("unused"); }`,
    "node_modules/microserver/bytes/ascii.ts": ASCII,
    "node_modules/microserver/b.ts": `import { ascii } from "./bytes/ascii"; export function b(): usize { return ascii("shared"); }`,
  };
  const { wat, messages } = await compile(files);
  assert.deepEqual(messages, []);
  assert.equal(wat.match(/shared/g)?.length, 1);
  assert.doesNotMatch(wat, /unused/);
});

test("mistakes are reported where they stand", async () => {
  const app = [
    `import { ascii } from "./bytes/ascii";`,
    `const text = "a";`,
    `export const a = ascii(text);`,
    `export const b = ascii("a", "b");`,
    `export const c =`,
    `  ascii("${"x".repeat(256)}");`,
    "export const d = ascii(`${text}`);",
  ].join("\n");
  const { messages } = await compile({ "app.ts": app, "bytes/ascii.ts": ASCII });
  const literal =
    "ERROR AS109: Transform 'microserver': ascii() takes one string literal: its bytes are laid out when the app is built";
  assert.deepEqual(messages, [
    `app.ts:3:18 ${literal}`,
    `app.ts:4:18 ${literal}`,
    "app.ts:6:3 ERROR AS109: Transform 'microserver': ascii() takes up to 255 bytes, this text has 256: divide it",
    `app.ts:7:18 ${literal}`,
  ]);
});

test("an app's own function of that name is left alone", async () => {
  const app = `function ascii(n: i32): i32 { return n + 1; } export function read(): i32 { return ascii(41); }`;
  const { wasm } = await compile({ "app.ts": app });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { abort: assert.fail } });
  assert.equal((instance.exports["read"] as () => number)(), 42);
});
