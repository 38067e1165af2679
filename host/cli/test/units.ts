/** Runs the AssemblyScript unit tests with as-pect, a process a file. */

import { availableParallelism } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { projectPath, root } from "../../build/project.js";
import { run } from "../../setup/run.mjs";
import { findFiles } from "./files.js";
import { failure, notEmpty, type Suite } from "./outcome.js";
import { pool } from "./pool.js";

/** Runs the specs of the core and of the examples; `only` narrows it to paths that contain it. */
export async function runUnits(report: (text: string) => void, only = ""): Promise<readonly Suite[]> {
  const specs = findFiles(["tests/unit", "examples"], /\.spec\.ts$/).filter((path) => path.includes(only));
  let done = 0;
  const suites = await pool(specs, availableParallelism(), async (spec) => {
    const suite = await runSpec(spec);
    report(`${++done} of ${specs.length} files`);
    return suite;
  });
  return notEmpty(suites, "unit tests");
}

async function runSpec(spec: string): Promise<Suite> {
  const asp = projectPath("node_modules/@as-pect/cli/bin/asp.js");
  const { code, output } = await run(process.execPath, [asp, "--summary", "--no-logo", spec], { cwd: root });
  return readSummary(spec, code, stripVTControlCharacters(output));
}

/** Reads what as-pect printed: it ends well where it found no test at all, and it gives no sum that a program could read. */
export function readSummary(spec: string, code: number, output: string): Suite {
  const details = output.replace(/^[^]*?^ASC Version: .*\n/m, "").replace(/^ *\[Summary\]\n[^]*/m, "");
  const [, passes, tests] = /\[Tests\]: *(\d+) *\/ *(\d+)/.exec(output) ?? [];
  if (tests === undefined) return failure(spec, `as-pect ended with exit code ${code}\n${details}`);
  if (tests === "0") return failure(spec, `there is no test in it\n${details}`);
  const passed = Number(passes);
  const failed = Number(tests) - passed;
  if (failed === 0 && code !== 0) return { name: spec, passed, failed: 1, details };
  return { name: spec, passed, failed, details: failed > 0 ? details : "" };
}
