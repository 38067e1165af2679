/** Makes a module count the operations that it executes, by function. */

import wabt from "wabt";

export interface Instrumented {
  readonly module: Uint8Array;
  /** Names of the functions; number n counts in the exported i64 global `counterName(n)`. */
  readonly functions: readonly string[];
}

/** Operations that an interpreter with registers, such as WAMR's fast one, does not execute by themselves. */
const FREE = /^(block|loop|end|else|nop|drop|local\..*|i32\.const|i64\.const|f32\.const|f64\.const)$/;
/** Operations that a basic block ends with. */
const LAST = /^(loop|if|else|end|br|br_if|br_table|return|unreachable)$/;

export function counterName(n: number): string {
  return `operations ${n}`;
}

/** Adds a counter to each function of a module; each basic block adds its operations to it where it begins. */
export async function instrument(wasm: Uint8Array): Promise<Instrumented> {
  const toolkit = await wabt();
  const original = toolkit.readWasm(wasm, { readDebugNames: true });
  original.applyNames();
  const { text, functions } = count(original.toText({ foldExprs: false, inlineExport: false }));
  original.destroy();
  const counting = toolkit.parseWat("counting.wat", text);
  const { buffer } = counting.toBinary({});
  counting.destroy();
  return { module: buffer, functions };
}

/**
 * Works on WABT's text of a module, which has one operation a line: functions are indented by 2, their content by more,
 * and the bracket that ends a function stands behind its last operation.
 */
function count(text: string): { text: string; functions: readonly string[] } {
  const functions: string[] = [];
  const out: string[] = [];
  let within = false;
  /** The basic block that is read: the place of its counting in `out`, and its operations. */
  let block: { place: number; operations: number } | undefined;

  function endBlock(): void {
    if (block !== undefined && block.operations > 0) out[block.place] = adding(functions.length - 1, block.operations);
    block = undefined;
  }

  for (const line of text.trimEnd().split("\n")) {
    const [, name] = /^ {2}\(func \$?(\S+)/.exec(line) ?? [];
    if (name !== undefined) {
      functions.push(name);
      within = depthOf(line) > 0;
    }
    const [, operation = ""] = /^ +([a-z][\w.]*)/.exec(line) ?? [];
    if (!within || operation === "") {
      out.push(line);
      continue;
    }
    block ??= { place: out.push("") - 1, operations: 0 };
    if (!FREE.test(operation)) block.operations++;
    out.push(line);
    within = depthOf(line) === 0;
    if (!within || LAST.test(operation)) endBlock();
  }
  const counters = functions.map(
    (_, n) => `(global $counter${n} (mut i64) (i64.const 0)) (export "${counterName(n)}" (global $counter${n}))`,
  );
  // Behind all others, so that the numbers of the module's own globals stay.
  return { text: `${out.join("\n").replace(/\)$/, "")}\n${counters.join("\n")})`, functions };
}

function adding(n: number, operations: number): string {
  return `global.get $counter${n} i64.const ${operations} i64.add global.set $counter${n}`;
}

/** Brackets that a line opens and does not close. */
function depthOf(line: string): number {
  return line.split("(").length - line.split(")").length;
}
