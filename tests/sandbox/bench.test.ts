/** The bench works; what it measures is no test's business. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import wabt from "wabt";
import { casesOf } from "../../bench/cases.js";
import { countOperations } from "../../bench/ops/count.js";
import { counterName, instrument } from "../../bench/ops/instrument.js";
import { ratesOf } from "../../bench/rate.js";
import { table } from "../../bench/table.js";
import { buildApp } from "../../host/build/app.js";
import { projectPath, root } from "../../host/build/project.js";
import { hasTool } from "../../host/setup/tools.mjs";

let wasm: string;
before(async () => {
  ({ wasm } = await buildApp(projectPath("examples/conformance")));
});

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bench(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
  return new Promise((succeed) => {
    const command = [projectPath("host/setup/main.mjs"), "bench", ...args];
    const child = execFile(
      process.execPath,
      command,
      { cwd: root, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => succeed({ code: child.exitCode, stdout, stderr }),
    );
  });
}

describe("counting operations", () => {
  const source = `(module
    (func $rounds (export "rounds") (param i32) (result i32)
      (loop (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0)))
      (local.get 0))
    (func $choose (export "choose") (param i32) (result i32)
      (if (result i32) (local.get 0)
        (then (i32.add (i32.add (local.get 0) (i32.const 1)) (i32.const 1)))
        (else (call $rounds (i32.const 2)))))
    (func $leave (export "leave") (param i32)
      (br_if 0 (local.get 0)) (global.set $g (local.get 0)))
    (func $nothing)
    (global $g (mut i32) (i32.const 7)))`;

  async function counted(call: string, argument: number): Promise<Record<string, number>> {
    const { module, functions } = await instrument(
      (await wabt()).parseWat("x.wat", source).toBinary({ write_debug_names: true }).buffer,
    );
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module as Uint8Array<ArrayBuffer>), {});
    (exports[call] as (argument: number) => unknown)(argument);
    const counts = functions.map((name, n) => [name, Number((exports[counterName(n)] as WebAssembly.Global).value)]);
    return Object.fromEntries(counts) as Record<string, number>;
  }

  const expected: readonly (readonly [call: string, argument: number, counts: Record<string, number>])[] = [
    ["rounds", 1, { rounds: 2, choose: 0, leave: 0, nothing: 0 }],
    ["rounds", 5, { rounds: 10, choose: 0, leave: 0, nothing: 0 }],
    ["choose", 1, { rounds: 0, choose: 3, leave: 0, nothing: 0 }],
    ["choose", 0, { rounds: 4, choose: 2, leave: 0, nothing: 0 }],
    ["leave", 1, { rounds: 0, choose: 0, leave: 1, nothing: 0 }],
    ["leave", 0, { rounds: 0, choose: 0, leave: 2, nothing: 0 }],
  ];
  for (const [call, argument, counts] of expected) {
    it(`follows the branches of ${call}(${argument})`, async () =>
      assert.deepEqual(await counted(call, argument), counts));
  }

  const ofConformance = casesOf(["requests", "websocket"]).filter(({ app }) => app === "examples/conformance");
  for (const { name, ...sent } of ofConformance) {
    it(`counts the case ${name}`, async () => {
      const counts = await countOperations(readFileSync(wasm), sent);
      assert.ok(counts.length > 1 && counts.every(({ operations }) => operations > 0));
    });
  }

  it("names functions of the very code that is measured", async () => {
    const { code, stdout, stderr } = await bench(["ops", "json", "--json"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"name": ".*\/server\//);
    const release = readFileSync(wasm);
    const named = readFileSync(projectPath("build/apps/conformance.names.wasm"));
    assert.ok(named.subarray(0, release.length).equals(release), "the code differs from the release's");
  });
});

describe("rates", () => {
  it("are measured on the C host", async () => {
    const rates = await ratesOf(wasm, casesOf([])[0] ?? { request: new Uint8Array() }, 0.05);
    assert.deepEqual(
      rates.map(({ connections, requestsPerSecond }) => [connections, requestsPerSecond > 0]),
      [
        [1, true],
        [8, true],
      ],
    );
  });
});

describe("the command", () => {
  it("writes JSON", { skip: !hasTool("valgrind") && "valgrind is missing" }, async () => {
    const { code, stdout, stderr } = await bench(["echo", "--json", "--requests", "5", "--seconds", "0"]);
    assert.equal(code, 0, stderr);
    const figures = JSON.parse(stdout) as {
      cases: { name: string; instructionsPerRequest: number; rates: unknown[] }[];
      modules: { app: string; bytes: number }[];
    };
    assert.deepEqual(
      figures.cases.map(({ name, instructionsPerRequest, rates }) => [name, instructionsPerRequest > 0, rates]),
      [["echo", true, []]],
    );
    assert.ok(figures.modules.some(({ app, bytes }) => app === "examples/basic" && bytes > 0));
  });

  it("names valgrind's package where it is missing", async () => {
    const bin = mkdtempSync(join(tmpdir(), "microserver-bench-"));
    try {
      for (const tool of ["cc", "cmake", "ninja", "cargo"]) symlinkSync(process.execPath, join(bin, tool));
      const { code, stdout, stderr } = await bench([], { PATH: bin });
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, /^error: valgrind is missing: apt-get install valgrind\n$/m);
    } finally {
      rmSync(bin, { recursive: true });
    }
  });

  it("refuses an unknown case", async () => {
    const { code, stderr } = await bench(["ops", "jso"]);
    assert.equal(code, 2);
    assert.match(stderr, /error: no such case: jso; there are requests, idioms, .*, json, .*\n$/);
  });
});

describe("tables", () => {
  it("align numbers to the right", () => {
    assert.equal(
      table(
        ["a", "bytes"],
        [
          ["one", 1],
          ["two", 12345],
        ],
      ),
      "a     bytes\none       1\ntwo  12,345\n",
    );
  });
});
