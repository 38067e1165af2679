/** Accesses out of bounds that follow checked ones: the compiler leaves out checks only where one before tells enough. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import binaryen from "assemblyscript/binaryen";
import { run } from "../e2e/bare-host.js";
import { compileEmptyGuest, writeTemporary } from "../e2e/guest-module.js";
import { inForm } from "../e2e/module.js";

const PAGE = 65536;
const FAR = 0x7fff0000;
/** The local that an address is in: the parameter of `boot`, a small number at first. */
const ADDRESS = 0;

type Module = binaryen.Module;
type Code = (module: Module, get: () => number, set: (address: number) => number) => readonly number[];

/** What the app does when it is started. */
const cases: Readonly<Record<string, Code>> = {
  "further on than what was checked": (m, get, set) => [
    set(m.i32.const(PAGE - 64)),
    m.drop(m.i64.load(56, 1, get())),
    m.drop(m.i64.load(57, 1, get())),
  ],
  "wider than what was checked": (m, get, set) => [
    set(m.i32.const(PAGE - 4)),
    m.drop(m.i32.load(0, 1, get())),
    m.drop(m.i64.load(0, 1, get())),
  ],
  "at another address, put where the checked one was": (m, get, set) => [
    set(m.i32.const(16)),
    m.drop(m.i32.load(8, 1, get())),
    set(m.i32.const(FAR)),
    m.drop(m.i32.load(8, 1, get())),
  ],
  "at an address that changed while the old one waited to be used": (m, get) => [
    m.i32.store(0, 1, get(), m.local.tee(ADDRESS, m.i32.const(FAR), binaryen.i32)),
    m.drop(m.i32.load(0, 1, get())),
  ],
  "checked on another way only": (m, get, set) => [
    set(m.i32.const(FAR)),
    m.if(m.i32.load(0, 4, m.i32.const(PAGE - 4)), m.drop(m.i32.load(8, 1, get()))),
    m.drop(m.i32.load(4, 1, get())),
  ],
  "in a later round of a loop": (m, get, set) => [
    set(m.i32.const(0)),
    m.drop(m.i32.load(4, 1, get())),
    m.loop(
      "again",
      m.block(null, [m.drop(m.i32.load(0, 1, get())), set(m.i32.add(get(), m.i32.const(FAR))), m.br("again")]),
    ),
  ],
};

describe("the C host ends the app's access", () => {
  let empty: Buffer;
  before(async () => {
    empty = readFileSync((await compileEmptyGuest("empty", "", "")).replace(/\.aot$/, ".wasm"));
  });

  for (const [index, [name, code]] of Object.entries(cases).entries()) {
    it(name, async () => {
      const wasm = writeTemporary(`bounds-${index}.wasm`, withBoot(empty, code));
      const { status, stderr } = run(await inForm(wasm), "--port", "0");
      assert.match(stderr, /out of bounds memory access/);
      assert.equal(status, 1);
    });
  }
});

/** The guest, which does that when it is started. */
function withBoot(guest: Uint8Array, code: Code): Uint8Array {
  const module = binaryen.readBinary(guest);
  const get = (): number => module.local.get(ADDRESS, binaryen.i32);
  const set = (address: number): number => module.local.set(ADDRESS, address);
  const body = module.block(null, [...code(module, get, set), module.i32.const(1)], binaryen.i32);
  module.addFunction("boot", binaryen.i32, binaryen.i32, [], body);
  module.removeExport("boot");
  module.addFunctionExport("boot", "boot");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
