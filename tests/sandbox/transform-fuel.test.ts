import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./transform-compile.js";

const CORE = {
  "node_modules/microserver/server/fuel.ts":
    "@global export let __fuel: i32 = 0; @global export function __enter(file: string, line: i32): void {} export function refuel(units: i32): void { __fuel = units; }",
  "node_modules/microserver/exports.ts": `export { refuel } from "./server/fuel"; export { busy } from "./busy";`,
  "node_modules/microserver/busy.ts":
    "export function busy(n: i32): i32 { let s = 0; for (let i = 0; i < n; i++) s ^= i; return s; }",
  "node_modules/helper/index.ts": "export function forever(): void { while (true) {} }",
};
const ENTRY = `export * from "microserver/exports";\n`;

type Exports = Record<string, (...args: number[]) => number>;

interface Loaded {
  readonly exports: Exports;
  /** The string at an address. */
  readonly text: (at: number) => string;
}

/** An instance of an app; what it aborts with reads `out of fuel at app.ts:3:5`. */
async function load(files: Record<string, string>, options: string[] = []): Promise<Loaded> {
  const { wasm, messages } = await compile(files, ["--exportStart", "start", ...options]);
  assert.deepEqual(messages, []);
  const text = (at: number): string => {
    const bytes = Buffer.from((instance.exports["memory"] as WebAssembly.Memory).buffer);
    return bytes.toString("utf16le", at, at + bytes.readUInt32LE(at - 4));
  };
  const abort = (message: number, file: number, line: number, column: number): void => {
    throw new Error(`${text(message)} at ${text(file)}:${line}:${column}`);
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { abort, seed: () => 1 } });
  return { exports: instance.exports as Exports, text };
}

/** An app on the core. Its code begins on line 2. */
function app(code: string): Record<string, string> {
  return { ...CORE, "app.ts": `${ENTRY}${code}` };
}

/** Endless code; the place that is named is where `▸` stands. */
const ENDLESS: Record<string, string> = {
  while: "export function f(): void { ▸while (true) {} }",
  "while with an empty statement": "export function f(): void { ▸while (true); }",
  "while with a counter": "export function f(): i32 { let n = 0; ▸while (true) n++; return n; }",
  for: "export function f(): void { ▸for (let i = 0; i < 10; i += 0) {} }",
  "for without parts": "export function f(): void { ▸for (;;) {} }",
  "for with an empty statement": "export function f(): void { ▸for (;;); }",
  "for that counts away": "export function f(): void { ▸for (let i = 10; i >= 0; i++) {} }",
  do: "export function f(): void { ▸do {} while (true); }",
  "do without a block": "let n = 0; export function f(): void { ▸do n++; while (true); }",
  "inner loop": "export function f(): void { for (let i = 0; i < 3; i++) { ▸while (true) {} } }",
  "outer loop": "export function f(): void { ▸while (true) { for (let i = 0; i < 0; i++) {} } }",
  "third loop in a row":
    "export function f(): void { for (let i = 0; i < 3; i++) {} do {} while (false); ▸while (true) {} }",
  continue: "export function f(): void { ▸while (true) { continue; } }",
  "continue in for": "let n = 0; export function f(): void { ▸for (;;) { if (n++ > 2) continue; } }",
  "in a switch": "export function f(): void { switch (1) { case 1: { ▸while (true) {} } } }",
  "in an if": "let n = 0; export function f(): void { if (n == 0) ▸while (true) n++; else n--; }",
  "in a block": "export function f(): void { { { ▸while (true) {} } } }",
  recursion: "export function f(): void { g(); } function ▸g(): void { g(); }",
  "recursion with a result": "export function f(): void { g(1); } function ▸g(n: i32): i32 { return g(n + 1) + 1; }",
  "recursion with loops":
    "export function f(): void { g(); } function ▸g(): void { for (let i = 0; i < 1; i++) {} g(); }",
  "mutual recursion": "export function f(): void { a(); } function a(): void { b(); } function ▸b(): void { a(); }",
  "generic recursion": "export function f(): void { g<i32>(1); } function ▸g<T>(x: T): void { g<T>(x); }",
  lambda: "const l = (): void => { ▸while (true) {} }; export function f(): void { l(); }",
  "lambda that is an expression":
    "let l: (n: i32) => i32 = (n) => n; export function f(): void { l = ▸(n) => l(n) + 1; l(1); }",
  "function expression": "const l = function (): void { ▸while (true) {} }; export function f(): void { l(); }",
  "nested function": "export function f(): void { function g(): void { ▸while (true) {} } g(); }",
  method: "class A { m(): void { ▸while (true) {} } } export function f(): void { new A().m(); }",
  "recursive method": "class A { ▸m(): void { this.m(); } } export function f(): void { new A().m(); }",
  "virtual method":
    "class A { m(): void {} } class B extends A { m(): void { ▸while (true) {} } } export function f(): void { const a: A = new B(); a.m(); }",
  "static method": "class A { static m(): void { ▸while (true) {} } } export function f(): void { A.m(); }",
  getter: "class A { get x(): i32 { ▸while (true) {} return 0; } } export function f(): i32 { return new A().x; }",
  "recursive getter": "class A { get ▸x(): i32 { return this.x; } } export function f(): i32 { return new A().x; }",
  setter: "class A { set x(v: i32) { ▸while (true) {} } } export function f(): void { new A().x = 1; }",
  "operator overload": `class A { @operator("+") ▸add(o: A): A { return this + o; } } export function f(): void { new A() + new A(); }`,
  constructor: "class A { constructor() { ▸while (true) {} } } export function f(): void { new A(); }",
  "recursive constructor":
    "class A { a: A | null; ▸constructor() { this.a = new A(); } } export function f(): void { new A(); }",
  "field initialiser":
    "class A { n: i32 = g(); } function g(): i32 { ▸while (true) {} return 0; } export function f(): void { new A(); }",
  "default argument":
    "function g(): i32 { ▸while (true) {} return 0; } function h(n: i32 = g()): i32 { return n; } export function f(): void { h(); }",
  "inlined function": "@inline function g(): void { ▸while (true) {} } export function f(): void { g(); }",
  namespace: "namespace N { export function g(): void { ▸while (true) {} } } export function f(): void { N.g(); }",
  "lambda for forEach": "export function f(): void { [1, 2].forEach((n) => { ▸while (true) {} }); }",
  "lambda for sort": "export function f(): void { [1, 2].sort((a, b) => { ▸while (true) {} return 0; }); }",
};

/** Endless only in the standard library or a package: the place is there. */
const ELSEWHERE: Record<string, [code: string, place: RegExp]> = {
  "indexOf of a long text": [
    `const s = "ab".repeat(200000); export function f(): void { s.indexOf("ba".repeat(8) + "c"); }`,
    /~lib\/util\/string\.ts/,
  ],
  "includes of a long array": [
    "const a = new StaticArray<i32>(200000); export function f(): void { a.includes(1); }",
    /~lib\/staticarray\.ts/,
  ],
  "sort of a long array": [
    "const a = new Array<i32>(100000); export function f(): void { a.sort(); }",
    /~lib\/(util\/sort|array)\.ts/,
  ],
  "a lambda for a long array": [
    "const a = new Array<i32>(100000); export function f(): void { a.map<i32>((n) => n + 1); }",
    /^out of fuel at /,
  ],
  "a package": [
    `import { forever } from "helper"; export function f(): void { forever(); }`,
    /^out of fuel at ~lib\/helper\/index\.ts:1:35$/,
  ],
};

/** Splits marked code into the code and the place, as an abort names it. */
function unmarked(marked: string, file: string, line: number): { code: string; place: string } {
  return { code: marked.replace("▸", ""), place: `out of fuel at ${file}:${line}:${marked.indexOf("▸") + 1}` };
}

for (const level of ["-O0", "-O3s"]) {
  test(`endless code ends at its line (${level})`, async () => {
    const cases = Object.entries(ENDLESS).map(([name, marked], i) => ({
      name,
      i,
      ...unmarked(marked, `case${i}.ts`, 3),
    }));
    const files = Object.fromEntries(cases.map(({ i, code }) => [`case${i}.ts`, `\n\n${code}`]));
    const entry = cases.map(({ i }) => `export { f as f${i} } from "./case${i}";\n`).join("");
    const { exports } = await load({ ...app(`${entry}export function ok(): i32 { return 42; }`), ...files }, [level]);
    exports["refuel"](1_000);
    exports["start"]();
    for (const { name, i, place } of cases) {
      exports["refuel"](5_000);
      assert.throws(() => exports[`f${i}`](), { message: place }, name);
      exports["refuel"](5_000);
      assert.equal(exports["ok"](), 42, name);
    }
  });
}

test("long loops of the standard library and of packages end too", async () => {
  for (const [name, [code, place]] of Object.entries(ELSEWHERE)) {
    const { exports } = await load(app(code));
    exports["refuel"](10_000_000);
    exports["start"]();
    exports["refuel"](5_000);
    assert.throws(() => exports["f"](), { message: place }, name);
  }
});

test("endless top-level code ends", async () => {
  const endless = [
    "▸while (true) {}",
    "let n = 0; ▸for (;;) n++;",
    "{ ▸do {} while (true); }",
    "class A { static x: i32 = g(); } function g(): i32 { ▸while (true) {} return 1; } A.x;",
  ];
  for (const marked of endless) {
    const { code, place } = unmarked(marked, "app.ts", 2);
    const { exports } = await load(app(code));
    exports["refuel"](5_000);
    assert.throws(() => exports["start"](), { message: place }, code);
  }
});

test("fuel counts rounds of loops and calls", async () => {
  const code = `
    function g(): void {}
    export function rounds(n: i32): void { for (let i = 0; i < n; i++) {} }
    export function calls(n: i32): void { for (let i = 0; i < n; i++) g(); }`;
  const { exports } = await load(app(code));
  exports["start"]();
  exports["refuel"](1000);
  exports["rounds"](900);
  exports["refuel"](1000);
  assert.throws(() => exports["rounds"](1100), /out of fuel/);
  exports["refuel"](1000);
  exports["calls"](450);
  exports["refuel"](1000);
  assert.throws(() => exports["calls"](550), /out of fuel/);
});

test("top-level code of any module may be charged", async () => {
  const core = {
    ...CORE,
    "node_modules/microserver/server/fuel.ts":
      "@global export let __fuel: i32 = 0; __fuel = 100; @global export function __enter(file: string, line: i32): void {}",
    "node_modules/microserver/exports.ts": `import "./busy"; import "./server/fuel";`,
    "node_modules/microserver/busy.ts": "export const sum: i32 = [1, 2, 3].indexOf(3);",
  };
  const { exports } = await load({ ...core, "app.ts": ENTRY });
  exports["start"]();
});

test("MicroServer's own loops are free", async () => {
  const { exports } = await load(app(""));
  exports["start"]();
  exports["refuel"](0);
  exports["busy"](100_000);
});

test("a program that ends computes the same with fuel as without", async () => {
  const code = `
    class Shape { constructor(public w: i32, public h: i32 = w) {} get area(): i32 { return this.w * this.h; } scaled(n: i32): Shape { return new Shape(this.w * n, this.h * n); } }
    class Round extends Shape { constructor(r: i32) { super(r); } get area(): i32 { return super.area * 3; } }
    function fib(n: i32): i32 { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
    function gcd(a: i32, b: i32): i32 { while (b) { const t = a % b; a = b; b = t; } return a; }
    function primes(n: i32): i32[] {
      const out: i32[] = [];
      for (let i = 2; i < n; i++) { let p = true; for (let j = 2; j * j <= i; j++) if (i % j == 0) { p = false; break; } if (p) out.push(i); }
      return out;
    }
    let left = 3;
    export function f(): usize {
      let s = "";
      do { s += left.toString(); } while (--left);
      s += primes(60).map<string>((n) => n.toString()).reverse().join("-");
      s += [3, 1, 2].sort((a, b) => a - b).toString() + fib(15).toString() + gcd(84, 36).toString();
      s += (new Round(3) as Shape).scaled(2).area.toString() + new Round(2).area.toString();
      const m = new Map<string, i32>(); for (let i = 0; i < 40; i++) m.set("k" + (i % 7).toString(), i);
      for (let i = 0, keys = m.keys(); i < keys.length; i++) { if (i == 2) continue; if (i == 6) break; s += keys[i] + m.get(keys[i]).toString(); }
      s += "a,b,,c".split(",").length.toString() + (1.5e10).toString() + parseInt("77").toString() + "ß".toUpperCase();
      return changetype<usize>(s);
    }`;
  const without = await load({ "app.ts": code });
  without.exports["start"]();
  const expected = without.text(without.exports["f"]());
  for (const level of ["-O0", "-O3s"]) {
    const { exports, text } = await load(app(code), [level]);
    exports["refuel"](100_000);
    exports["start"]();
    assert.equal(text(exports["f"]()), expected);
  }
});
