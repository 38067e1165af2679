import assert from "node:assert/strict";
import { test } from "node:test";
import { Parser } from "assemblyscript";
import { dropMemorySizing } from "../../host/transform/shrink.js";
import { compile } from "./transform-compile.js";

const LIMIT = 24 * 1024;

/** Allocates 100 bytes after another; `text` is static data. */
const APP = `
  let count = 1000;
  let last: ArrayBuffer | null = null;
  export function text(): string { return "static data"; }
  export function allocate(): usize { last = new ArrayBuffer(100); count++; return changetype<usize>(last); }
  export function counted(): i32 { return count; }`;

interface Exports {
  readonly __heap_base: WebAssembly.Global;
  readonly __data_end: WebAssembly.Global;
  readonly memory: WebAssembly.Memory;
  allocate(): number;
  counted(): number;
}

for (const level of ["-O0", "-O3s"]) {
  test(`a limit is exported and kept (${level})`, async () => {
    const { wasm, wat, messages } = await compile({ "app.ts": APP }, ["--lowMemoryLimit", String(LIMIT), level]);
    assert.deepEqual(messages, []);
    assert.doesNotMatch(wat, /memory\.(size|grow)/);
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { abort: assert.fail } });
    const exports = instance.exports as unknown as Exports;
    assert.equal(exports.__heap_base.value, LIMIT);
    assert.equal(exports.__data_end.value, LIMIT);
    assert.equal(exports.counted(), 1000);
    let highest = 0;
    assert.throws(() => {
      for (;;) highest = Math.max(highest, exports.allocate() + 100);
    }, WebAssembly.RuntimeError);
    assert.ok(highest <= LIMIT && highest > LIMIT - 256, `used up to ${highest}`);
  });

  test(`no global but one of value 0 can be taken for a stack pointer (${level})`, async () => {
    const { wat } = await compile({ "app.ts": APP }, ["--lowMemoryLimit", String(LIMIT), level]);
    const values = [...wat.matchAll(/\(global \S+ \(mut i32\) \(i32\.const (\d+)\)\)/g)].map(([, value]) =>
      Number(value),
    );
    assert.equal(values[0], 0);
    assert.ok(values.includes(1000));
  });
}

test("limits above a page take pages enough", async () => {
  const options = ["--lowMemoryLimit", "100000", "--initialMemory"];
  assert.deepEqual((await compile({ "app.ts": APP }, [...options, "2"])).messages, []);
  const { messages } = await compile({ "app.ts": APP }, [...options, "1"]);
  assert.match(messages.join(), /--lowMemoryLimit 100000 needs --initialMemory 2/);
});

test("without a limit nothing changes", async () => {
  const { wasm, wat } = await compile({ "app.ts": APP });
  assert.match(wat, /memory\.size/);
  assert.deepEqual(
    Object.keys(new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { abort: assert.fail } }).exports).filter(
      (name) => name.startsWith("__"),
    ),
    [],
  );
});

test("what cannot work with a limit is refused", async () => {
  const limit = ["--lowMemoryLimit", String(LIMIT)];
  const grows = `${APP} export function more(): i32 { return memory.grow(1); }`;
  const { messages } = await compile({ "app.ts": grows }, limit);
  assert.match(messages.join(), /app\/more uses memory\.grow, which needs whole pages/);
  const stub = await compile({ "app.ts": APP }, [...limit, "--runtime", "stub"]);
  assert.match(stub.messages.join(), /needs --runtime minimal or incremental/);
});

test("an allocator of another AssemblyScript is refused", () => {
  const parser = new Parser();
  parser.parseFile("function initialize(): void { let pagesBefore = memory.size(); }", "~lib/rt/tlsf.ts", false);
  dropMemorySizing(parser);
  assert.equal(parser.diagnostics.length, 1);
  assert.match(parser.diagnostics[0].message, /allocator starts in a way unknown here/);
});
