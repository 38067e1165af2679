import assert from "node:assert/strict";
import { describe, it } from "node:test";
import wabtInit from "wabt";
import { joinSegments } from "../../host/build/segments.js";

function memoryOf(wasm: Uint8Array): Uint8Array {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(wasm)));
  return new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer);
}

async function build(text: string): Promise<Uint8Array> {
  const wabt = await wabtInit();
  return wabt.parseWat("test.wat", `(module (memory (export "memory") 2) ${text})`).toBinary({}).buffer;
}

function segmentsOf(wasm: Uint8Array): number {
  let at = 8;
  while (at < wasm.length) {
    const [id, size, count] = wasm.subarray(at, at + 3);
    assert.ok(size < 0x80, "a section of this test is short");
    if (id === 11) return count;
    at += 2 + size;
  }
  return 0;
}

describe("joining data segments", () => {
  const modules: Record<string, [text: string, segments: number]> = {
    "segments that touch": [`(data (i32.const 8) "ab") (data (i32.const 10) "cd")`, 1],
    "a gap of 12 zeros": [`(data (i32.const 8) "ab") (data (i32.const 22) "cd")`, 1],
    "a gap of 13": [`(data (i32.const 8) "ab") (data (i32.const 23) "cd")`, 2],
    "any order": [`(data (i32.const 70000) "x") (data (i32.const 12) "cd") (data (i32.const 8) "ab")`, 2],
    "addresses on either side of a sign bit": [`(data (i32.const 63) "a") (data (i32.const 64) "b")`, 1],
    "no data": ["", 0],
  };
  for (const [name, [text, segments]] of Object.entries(modules)) {
    it(`${name}: memory stays as it was`, async () => {
      const before = await build(text);
      const after = joinSegments(before);
      assert.deepEqual(memoryOf(after), memoryOf(before));
      assert.equal(segmentsOf(after), segments);
    });
  }

  it("refuses a module that ends early", async () => {
    const wasm = await build(`(data (i32.const 8) "ab")`);
    assert.throws(() => joinSegments(wasm.subarray(0, wasm.length - 1)), /ends early|not at a constant/);
  });
});
