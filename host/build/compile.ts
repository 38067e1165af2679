/**
 * Compiles one app with AssemblyScript's compiler, in a process of its own (`app.ts` forks it): the compiler blocks the
 * event loop for seconds and ends its process where it crashes. Diagnostics go to stderr.
 */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { libraryFiles, main, type Transform } from "assemblyscript/asc";
import MicroServerTransform from "../transform/index.js";
import { appConfig } from "./config.js";
import { projectPath } from "./project.js";
import { joinSegments } from "./segments.js";
import { shapeForInterpreter } from "./shape.js";
import { splitTees } from "./tees.js";
import type { CompileMessage, CompileRequest } from "./request.js";
import { fileState } from "../setup/stamp.mjs";

/** The compiler's entry: runs the app's top-level code and exports the ABI, and only that. */
const ENTRY = "microserver.entry.ts";
const ENTRY_SOURCE = 'export * from "microserver/exports";\nimport "./app";\n';

// The runtime called "minimal" is the project's own: as small, and it knows when memory is short.
libraryFiles["rt/index-minimal"] = 'import "microserver/runtime";\n';

/** Sources under this name are the project's own, also where the compiler looks past `node_modules`. */
const LIBRARY = "~lib/microserver/";

function say(message: CompileMessage): void {
  process.send?.(message);
}

const stages = {
  afterParse: () => say({ kind: "stage", stage: "compiling" }),
  afterCompile: () => say({ kind: "stage", stage: "optimizing" }),
};

async function compile({ dir, debug, names }: CompileRequest): Promise<CompileMessage> {
  const inputs: Record<string, string> = {};
  const config = appConfig(dir);
  let wasm: Uint8Array | undefined;

  function readFile(name: string, baseDir: string): string | null {
    if (name === ENTRY) return ENTRY_SOURCE;
    const path = name.startsWith(LIBRARY)
      ? projectPath(`assembly/${name.slice(LIBRARY.length)}`)
      : resolve(baseDir, name);
    if (path === join(dir, "asconfig.json")) return config;
    try {
      const state = fileState(path);
      const text = readFileSync(path, "utf8");
      inputs[path] = state;
      return text;
    } catch {
      return null;
    }
  }

  const args = ["--baseDir", dir, "--config", join(dir, "asconfig.json"), "--outFile", "app.wasm"];
  args.push("--exportStart", "_initialize", "--path", projectPath("node_modules"), "--noColors");
  if (debug || names) args.push("--debug");
  if (debug) args.push("--optimizeLevel", "0", "--shrinkLevel", "0");
  const { error } = await main([ENTRY, ...args], {
    stdout: process.stderr,
    stderr: process.stderr,
    readFile,
    writeFile: (_name, contents) => void (wasm = contents as Uint8Array),
    transforms: [MicroServerTransform, stages] as unknown as Transform[],
  });
  if (error) return { kind: "failed", reason: error.message };
  if (!wasm) return { kind: "failed", reason: "the compiler wrote no module: remove noEmit from asconfig.json" };
  return { kind: "done", wasm: joinSegments(debug ? wasm : splitTees(shapeForInterpreter(wasm, names))), inputs };
}

process.once("message", (request: CompileRequest) => {
  void compile(request)
    .catch(
      (error: unknown) => ({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }) as const,
    )
    .then((message) => process.send?.(message, () => process.disconnect()));
});
