/** llhttp's WebAssembly as undici ships it, with callbacks that note where each name and value stands. */

import { createRequire } from "node:module";
import wabt from "wabt";
import type { Runner } from "./timing.js";
import { Failure } from "../../host/setup/failure.mjs";

const REQUEST = 1;
/** What `wasm_on_headers_complete` returns where no content follows. */
const NO_CONTENT = 1;
/** Parts of a head that a table has room for. */
const PARTS = 256;

const SPANS = ["wasm_on_url", "wasm_on_status", "wasm_on_header_field", "wasm_on_header_value", "wasm_on_body"];
const EVENTS = ["wasm_on_message_begin", "wasm_on_message_complete"];

/** Notes parts of a head: address and length of each. The loop is in the module that imports `llhttp_execute`. */
const CALLBACKS = `(module
  (memory 1)
  (global $parts (mut i32) (i32.const 0))
  (global $all (export "all") (mut i32) (i32.const 0))
  (func $span (param i32 i32 i32) (result i32)
    (i32.store (i32.shl (global.get $parts) (i32.const 3)) (local.get 1))
    (i32.store offset=4 (i32.shl (global.get $parts) (i32.const 3)) (local.get 2))
    (global.set $parts (i32.add (global.get $parts) (i32.const 1)))
    (i32.const 0))
  (func (export "wasm_on_message_begin") (param i32) (result i32)
    (global.set $parts (i32.const 0)) (i32.const 0))
  (func (export "wasm_on_message_complete") (param i32) (result i32)
    (global.set $all (i32.add (global.get $all) (global.get $parts))) (i32.const 0))
  (func (export "wasm_on_headers_complete") (param i32 i32 i32 i32) (result i32) (i32.const ${NO_CONTENT}))
  ${SPANS.map((name) => `(export "${name}" (func $span))`).join("\n")})`;

const LOOP = `(module
  (import "llhttp" "llhttp_execute" (func $execute (param i32 i32 i32) (result i32)))
  (func (export "run") (param $parser i32) (param $from i32) (param $length i32) (param $rounds i32) (result i32)
    (local $error i32)
    (loop $next
      (local.set $error (i32.or (local.get $error)
        (call $execute (local.get $parser) (local.get $from) (local.get $length))))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (local.get $error)))`;

type Call = (...args: number[]) => number;

/** A parser whose callbacks are WebAssembly too, and whose loop is. */
export async function llhttpInWasm(head: Uint8Array): Promise<Runner> {
  const callbacks = await instantiate(CALLBACKS, {});
  const parser = await Parser.load(callbacks.exports as Record<string, Call>, head);
  const loop = await instantiate(LOOP, { llhttp: parser.exports });
  const run = loop.exports["run"] as Call;
  return (rounds) => parser.check(run(parser.address, parser.input, head.length, rounds));
}

/** A parser whose callbacks are JavaScript, as undici's are. */
export async function llhttpWithJavaScript(head: Uint8Array): Promise<Runner> {
  const parts = new Int32Array(PARTS);
  let next = 0;
  const span = (_parser: number, at: number, length: number): number => {
    parts[next++] = at;
    parts[next++] = length;
    return 0;
  };
  const parser = await Parser.load(
    {
      ...Object.fromEntries(SPANS.map((name) => [name, span])),
      wasm_on_message_begin: () => (next = 0),
      wasm_on_message_complete: () => 0,
      wasm_on_headers_complete: () => NO_CONTENT,
    },
    head,
  );
  const execute = parser.exports["llhttp_execute"] as Call;
  return (rounds) => {
    for (let n = 0; n < rounds; n++) parser.check(execute(parser.address, parser.input, head.length));
    return next;
  };
}

class Parser {
  private constructor(
    readonly exports: Record<string, WebAssembly.ExportValue>,
    readonly address: number,
    readonly input: number,
  ) {}

  static async load(callbacks: Record<string, Call>, head: Uint8Array): Promise<Parser> {
    const names = [...SPANS, ...EVENTS, "wasm_on_headers_complete"];
    const env = Object.fromEntries(names.map((name) => [name, callbacks[name] ?? (() => 0)]));
    const bytes = createRequire(import.meta.url)("undici/lib/llhttp/llhttp_simd-wasm.js") as Uint8Array<ArrayBuffer>;
    const { exports } = await WebAssembly.instantiate(await WebAssembly.compile(bytes), { env });
    const call = (name: string, ...args: number[]): number => (exports[name] as Call)(...args);
    call("_initialize");
    const input = call("malloc", head.length);
    new Uint8Array((exports["memory"] as WebAssembly.Memory).buffer).set(head, input);
    return new Parser({ ...exports }, call("llhttp_alloc", REQUEST), input);
  }

  check(error: number): number {
    if (error === 0) return 0;
    throw new Failure(`llhttp does not take the request: error ${error}`);
  }
}

async function instantiate(text: string, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  const { buffer } = (await wabt()).parseWat("bench.wat", text).toBinary({});
  return WebAssembly.instantiate(await WebAssembly.compile(buffer as Uint8Array<ArrayBuffer>), imports);
}
