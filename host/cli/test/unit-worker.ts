/**
 * Compiles and runs specs with as-pect, one after the other as `units.ts` names them: the compiler takes seconds to start
 * and to warm up, and a quarter of one for a spec. What crashes this process is the spec that it was told last.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { SummaryReporter, TestContext } from "@as-pect/core";
import { instantiate } from "@assemblyscript/loader";
import { createMemoryStream, main } from "assemblyscript/asc";
import { projectPath } from "../../build/project.js";
import type { SpecResult } from "./units.js";

/** What `as-pect.config.js` says of how a spec's module is started. */
interface Config {
  instantiate(
    memory: WebAssembly.Memory,
    createImports: (...imports: unknown[]) => object,
    start: typeof instantiate,
    binary: Uint8Array,
  ): Promise<Parameters<TestContext["run"]>[0]>;
}

/** Pages of the memory that a spec may import. */
const MEMORY_PAGES = 10;

const { default: config } = (await import(pathToFileURL(projectPath("as-pect.config.js")).href)) as { default: Config };

async function runSpec(spec: string): Promise<SpecResult> {
  let output = "";
  const write = (text: string): void => void (output += text);
  const binary = await compile(spec, write);
  if (binary === null) return { tests: null, output };

  const reporter = new SummaryReporter();
  reporter.stdout = reporter.stderr = { write };
  const context = new TestContext({ reporter, binary, fileName: spec });
  const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES });
  context.run(
    await config.instantiate(
      memory,
      (...imports: unknown[]): object => context.createImports(...imports) as object,
      instantiate,
      binary,
    ),
  );
  const { testCount, testPassCount, pass } = context;
  return { tests: { passed: testPassCount, failed: testCount - testPassCount, whole: pass }, output };
}

/** The spec's module; null where it does not compile. */
async function compile(spec: string, write: (text: string) => void): Promise<Uint8Array | null> {
  let binary: Uint8Array | null = null;
  const stream = createMemoryStream((chunk) => write(String(chunk)));
  await main([spec, "--config", "./as-pect.asconfig.json", "--target", "noCoverage"], {
    stdout: stream,
    stderr: stream,
    readFile: (name, baseDir) => {
      try {
        return readFileSync(join(baseDir, name), "utf8");
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => {
      if (name.endsWith(".wasm") && typeof contents !== "string") binary = contents;
    },
  });
  return binary;
}

process.on("message", (spec: string) => {
  void runSpec(spec)
    .catch((error: unknown): SpecResult => ({ tests: null, output: String(error) }))
    .then(({ tests, output }) => process.send?.({ tests, output: stripVTControlCharacters(output) }));
});
