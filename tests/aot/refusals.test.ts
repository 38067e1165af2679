/** Compiled modules that the C host refuses. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { AOT_COMPILER } from "../../host/build/aot-compiler.js";
import { hostTarget } from "../../host/build/aot-targets.js";
import { compileAot } from "../../host/build/aot.js";
import { run } from "../e2e/bare-host.js";
import { compileEmptyGuest, writeTemporary } from "../e2e/guest-module.js";

const OTHER_TARGET = hostTarget() === "x86_64" ? "aarch64" : "x86_64";
const VERSION_AT = 4;
const KIND_AT = 20;
const IN_PLACE = 4;

let wasm = "";
let whole: Buffer;
before(async () => {
  const given = await compileEmptyGuest("whole", "", "");
  wasm = given.replace(/\.aot$/, ".wasm");
  whole = readFileSync(await compile(hostTarget()));
});

async function compile(target: string): Promise<string> {
  const aot = wasm.replace(/\.wasm$/, `.${target}.aot`);
  await compileAot(wasm, aot, { target, compiler: AOT_COMPILER });
  return aot;
}

/** Runs the host with a file of these bytes; the one line that it refuses them with. */
function refusal(bytes: Uint8Array): string {
  return refusalOf(writeTemporary("changed.aot", bytes));
}

function refusalOf(path: string): string {
  const { status, stderr } = run(path, "--port", "0");
  assert.equal(status, 1, stderr);
  assert.match(stderr, /^microserver: .*\n$/);
  return stderr.slice("microserver: ".length, -1);
}

function changed(at: number, value: number): Buffer {
  const bytes = Buffer.from(whole);
  bytes[at] = value;
  return bytes;
}

describe("the C host refuses a compiled module", () => {
  it("for another processor", async () => {
    const reason = refusalOf(await compile(OTHER_TARGET));
    assert.match(reason, new RegExp(`^the module is compiled for ${OTHER_TARGET}\\w*, this host is ${hostTarget()}`));
    assert.match(reason, /: npm run build -- APP --aot$/);
  });

  it("for a chip", async () => {
    assert.match(refusalOf(await compile("riscv32")), /^the module is compiled for riscv32, this host is /);
  });

  it("of another version", () => {
    const [version = 0] = whole.subarray(VERSION_AT);
    assert.equal(
      refusal(changed(VERSION_AT, version - 1)),
      `the module's code is of version ${version - 1}, this host runs version ${version}: npm run build -- APP --aot, with this host's release of microserver`,
    );
  });

  it("that is to be executed where it lies", () => {
    assert.match(refusal(changed(KIND_AT, IN_PLACE)), /^the module is compiled to be executed in place/);
  });

  it("that ends early, wherever it is cut", () => {
    for (let length = 4; length < 64; length += 4)
      assert.equal(refusal(whole.subarray(0, length)), "the module is cut short: npm run build -- APP --aot");
    for (let tenths = 1; tenths < 10; tenths++)
      assert.match(refusal(whole.subarray(0, (whole.length * tenths) / 10)), /^the module does not load: /);
    assert.match(refusal(whole.subarray(0, -1)), /^the module does not load: /);
  });

  it("that has less than a magic number", () => {
    assert.match(refusal(whole.subarray(0, 3)), /^the file is no WebAssembly module/);
  });
});
