/**
 * The transform that the AssemblyScript compiler loads by the name "microserver-transform".
 * docs/transforms.md says what it does to an app's code.
 */
import type { Parser, Program } from "assemblyscript";
import type binaryen from "assemblyscript/binaryen";
import { ascii } from "./ascii.js";
import { fuel } from "./fuel.js";
import { json } from "./json.js";
import { routes } from "./routes.js";
import { makeSuspendable } from "./waiting.js";
import { dropMemorySizing, exportLimit, memoryLimit } from "./shrink.js";

export default class MicroServerTransform {
  /** Set by the compiler. */
  declare readonly program: Program;
  /** Set by the compiler. */
  declare readonly binaryen: typeof binaryen;

  afterParse(parser: Parser): void {
    routes(parser);
    fuel(parser); // of what the author wrote: derived code has no loops of its own
    if (usesJson(parser)) json(parser);
    ascii(parser);
    if (memoryLimit(this.program) > 0) dropMemorySizing(parser);
  }

  afterCompile(module: binaryen.Module): void {
    makeSuspendable(this.binaryen, module);
    const limit = memoryLimit(this.program);
    if (limit > 0) exportLimit(this.program, this.binaryen, module, limit);
  }
}

/** Whether anything in the program can call what `json` derives. */
function usesJson(parser: Parser): boolean {
  return parser.sources.some(({ internalPath }) => internalPath.startsWith("~lib/microserver/json/"));
}
