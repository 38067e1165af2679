/** Apps compiled ahead of time, as `npm run build -- APP --aot` does it. */

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, it } from "node:test";
import binaryen from "assemblyscript/binaryen";
import { AOT_COMPILER, aotCompiler, compilerFailure } from "../../host/build/aot-compiler.js";
import { textRelocations } from "../../host/build/aot-file.js";
import { hostTarget } from "../../host/build/aot-targets.js";
import { buildAot, compileAot } from "../../host/build/aot.js";
import { buildApp } from "../../host/build/app.js";
import { projectPath } from "../../host/build/project.js";
import { Failure } from "../../host/setup/failure.mjs";
import { run } from "../../host/setup/run.mjs";

const APP = projectPath("examples/basic");
const ELF_MACHINES = { x86_64: 62, aarch64: 183, riscv32: 243, i386: 3 };

const scratch = mkdtempSync(join(tmpdir(), "microserver-aot-"));
after(() => rmSync(scratch, { recursive: true }));

/** A program in the place of WAMR's compiler. */
function script(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

function fails(message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Failure, String(error));
    assert.match(error.message, message);
    return true;
  };
}

describe("compiling ahead of time", () => {
  it("makes build/apps/NAME.aot for this computer, and does no work twice", async () => {
    const built = await buildAot(APP);
    assert.equal(basename(built.aot), "basic.aot");
    assert.equal(built.aotBytes, statSync(built.aot).size);
    assert.equal((await buildAot(APP)).fresh, true);
  });

  it("compiles again where the module has changed", async () => {
    const { wasm } = await buildApp(APP);
    const copy = join(scratch, "copy.wasm");
    const aot = join(scratch, "copy.aot");
    const options = { target: hostTarget(), compiler: AOT_COMPILER };
    writeFileSync(copy, readFileSync(wasm));
    assert.equal(await compileAot(copy, aot, options), false);
    assert.equal(await compileAot(copy, aot, options), true);
    utimesSync(copy, 1, 1);
    assert.equal(await compileAot(copy, aot, options), false);
  });

  for (const [target, machine] of Object.entries(ELF_MACHINES)) {
    it(`makes code for ${target}`, async () => {
      const { wasm } = await buildApp(APP);
      const aot = join(scratch, `${target}.aot`);
      await compileAot(wasm, aot, { target, compiler: AOT_COMPILER });
      assert.equal(readFileSync(aot).readUInt16LE(22), machine);
    });
  }

  it("makes code for riscv32 that runs where it lies: nothing in it is to be relocated", async () => {
    for (const app of ["examples/basic", "examples/full"]) {
      const { wasm } = await buildApp(projectPath(app));
      const aot = join(scratch, "place.aot");
      await compileAot(wasm, aot, { target: "riscv32", compiler: AOT_COMPILER });
      assert.deepEqual(textRelocations(readFileSync(aot)), []);
    }
  });

  it("refuses code for riscv32 that would have to be relocated, and names what it refers to", async () => {
    const wasm = join(scratch, "tables.wasm");
    const text = '(module (memory 1 1) (func (export "f") (param i64) (result i64) (i64.ctz (local.get 0))))';
    writeFileSync(wasm, binaryen.parseText(text).emitBinary());
    const compiler = script(
      "tables",
      `for flag; do case $flag in --enable-builtin-intrinsics=*) flag=--enable-builtin-intrinsics=i64.common;; esac; set -- "$@" "$flag"; shift; done\nexec ${AOT_COMPILER} "$@"`,
    );
    const options = { target: "riscv32", compiler };
    const refers = /^the code for riscv32 cannot run in flash: it refers to .*\.rodata/;
    await assert.rejects(compileAot(wasm, join(scratch, "tables.aot"), options), fails(refers));
    assert.equal(await compileAot(wasm, join(scratch, "tables.aot"), { ...options, compiler: AOT_COMPILER }), false);
  });

  it("shows what the compiler said where it fails", async () => {
    const { wasm } = await buildApp(APP);
    const options = { target: hostTarget(), compiler: script("broken", "echo it is Monday >&2; exit 1") };
    await assert.rejects(compileAot(wasm, join(scratch, "broken.aot"), options), (error) => {
      assert.ok(error instanceof Failure);
      assert.match(error.details, /it is Monday/);
      return fails(/^the module does not compile ahead of time/)(error);
    });
  });

  it("takes a wamrc for what LLVM's releases cannot do", async () => {
    const wamrc = script(
      "wamrc",
      `while [ "$1" != -o ]; do echo "$1" >>${scratch}/flags; shift; done; echo code >"$2"`,
    );
    const { aot } = await buildAot(APP, { target: "xtensa", wamrc });
    after(() => rmSync(aot));
    assert.equal(basename(aot), "basic.xtensa.aot");
    assert.match(readFileSync(join(scratch, "flags"), "utf8"), /^--target=xtensa\n--cpu=esp32$/m);
  });

  it("says so where that is not given, or not there", async () => {
    await assert.rejects(buildAot(APP, { target: "xtensa" }), fails(/^code for xtensa needs a wamrc .*--wamrc PATH$/));
    await assert.rejects(buildAot(APP, { wamrc: "/nowhere" }), fails(/^--wamrc \/nowhere: no such file$/));
  });

  it("refuses an unknown target", async () => {
    await assert.rejects(buildAot(APP, { target: "avr" }), fails(/^--target avr is unknown; there are x86_64, /));
  });
});

describe("the compiler", () => {
  /** What a configuration with this `llvm-config` fails with. */
  async function failure(llvmConfig: string): Promise<unknown> {
    const args = ["-S", projectPath("firmware/compiler"), "-B", join(scratch, "cmake"), `-DLLVM_CONFIG=${llvmConfig}`];
    const { code, output } = await run("cmake", args);
    assert.notEqual(code, 0);
    return compilerFailure(new Failure("it cannot be configured", { details: output }));
  }

  it("is the project's own, unless another is named", async () => {
    assert.equal(await aotCompiler(hostTarget(), undefined, () => undefined), AOT_COMPILER);
    assert.equal(await aotCompiler(hostTarget(), "/bin/true", () => undefined), "/bin/true");
  });

  it("needs LLVM, and says what to install", async () => {
    const message = /: LLVM 16 to 22 is missing \(apt-get install llvm-16-dev\)$/;
    fails(message)(await failure("OFF"));
  });

  it("refuses an LLVM that it does not know", async () => {
    const old = script("llvm-config", "echo 14.0.6");
    fails(/: LLVM 16 to 22 is needed, .*llvm-config has 14\.0\.6 \(apt-get install llvm-16-dev\)$/)(await failure(old));
  });
});

describe("text relocations", () => {
  it("are not looked for in what is no compiled code, or ends early", () => {
    assert.throws(() => textRelocations(Buffer.from("\0asm0000")), /no ahead-of-time compiled code/);
    assert.throws(() => textRelocations(Buffer.from("\0aot\x06\0\0\0")), /no section of relocations/);
    assert.throws(() => textRelocations(Buffer.from("\0aot\x06\0\0\0\x05\0\0\0\xff\0\0\0", "latin1")), /ends early/);
  });
});
