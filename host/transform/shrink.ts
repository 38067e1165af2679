/**
 * Linear memory of less than a page. With the compiler's own `--lowMemoryLimit N` the program keeps to the first N bytes;
 * this makes WAMR allocate no more than those. It shrinks a memory to the exported `__heap_base` where the module neither
 * asks for its memory's size nor grows it.
 */
import { FunctionDeclaration } from "assemblyscript";
import type { Parser, Program, Statement } from "assemblyscript";
import type binaryen from "assemblyscript/binaryen";
import { report, textOf } from "./ast.js";

const PAGE = 65536;
const ALLOCATOR = "~lib/rt/tlsf";
/** The project's own allocator: with a limit it does not look at the memory's size. */
const OWN_ALLOCATOR = /^~lib\/microserver\/runtime\//;

/** What the allocator does before it knows its limit: with a limit it needs none of it. */
const SIZING = [
  "let pagesBefore = memory.size();",
  "let pagesNeeded = <i32>((((rootOffset + ROOT_SIZE) + 0xffff) & ~0xffff) >>> 16);",
  "if (pagesNeeded > pagesBefore && memory.grow(pagesNeeded - pagesBefore) < 0) unreachable();",
];

/** The limit in bytes as the allocator takes it; 0 where there is none. */
export function memoryLimit(program: Program): number {
  return program.options.lowMemoryLimit & ~15;
}

/** Takes the use of `memory.size` and `memory.grow` out of the allocator's start. */
export function dropMemorySizing(parser: Parser): void {
  if (parser.sources.some(({ internalPath }) => OWN_ALLOCATOR.test(internalPath))) return;
  const source = parser.sources.find(({ internalPath }) => internalPath === ALLOCATOR);
  if (!source) return report(parser, null, "--lowMemoryLimit needs --runtime minimal or incremental");
  const initialize = source.statements.find(
    (statement): statement is FunctionDeclaration =>
      statement instanceof FunctionDeclaration && statement.name.text === "initialize",
  );
  const body = (initialize?.body ?? {}) as { statements?: Statement[] };
  const kept = body.statements?.filter((statement) => !SIZING.includes(textOf(statement.range).replace(/;?$/, ";")));
  if (!body.statements || !kept || body.statements.length - kept.length !== SIZING.length) {
    const range = (initialize ?? source).range;
    return report(parser, range, "--lowMemoryLimit: this AssemblyScript's allocator starts in a way unknown here");
  }
  body.statements = kept;
}

/**
 * Exports `__heap_base` and `__data_end` and keeps other globals from being taken for a stack pointer: WAMR takes the first
 * mutable i32 global with a value up to `__heap_base`, and checks its writes where that value is not 0.
 */
export function exportLimit(program: Program, compiler: typeof binaryen, module: binaryen.Module, limit: number): void {
  const { initial } = module.getMemoryInfo();
  if (initial * PAGE < limit) {
    return report(program, null, `--lowMemoryLimit ${limit} needs --initialMemory ${Math.ceil(limit / PAGE)}`);
  }
  for (const code of module.emitText().split(/^(?= *\(func )/m)) {
    const found = /^ *\(func \$(\S+)[^]*\((memory\.(?:size|grow))/.exec(code);
    if (found) report(program, null, `--lowMemoryLimit: ${found[1]} uses ${found[2]}, which needs whole pages`);
  }
  const globals = Array.from({ length: module.getNumGlobals() }, (_, i) =>
    compiler.getGlobalInfo(module.getGlobalByIndex(i)),
  );
  for (const { name, type, mutable, init } of globals) {
    if (!mutable || type !== compiler.i32) continue;
    const expression = compiler.getExpressionInfo(init);
    if (expression.id !== compiler.ConstId) continue;
    const { value } = expression as binaryen.ConstInfo;
    if (typeof value !== "number" || value === 0) continue;
    module.removeGlobal(name);
    module.addGlobal(name, type, true, module.i32.const(value));
  }
  for (const name of ["__heap_base", "__data_end"]) {
    module.addGlobal(`~limit${name}`, compiler.i32, false, module.i32.const(limit));
    module.addGlobalExport(`~limit${name}`, name);
  }
}
