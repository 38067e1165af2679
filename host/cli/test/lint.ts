/** `npm run lint`: what can be found wrong without running anything. */

import { availableParallelism } from "node:os";
import { findFiles } from "../../build/files.js";
import { pool } from "../../build/pool.js";
import { root } from "../../build/project.js";
import { run } from "../../setup/run.mjs";
import { analyzeC } from "./analyze.js";
import { checkFormat } from "./format.js";
import type { Suite } from "./outcome.js";

/** Folders with AssemblyScript projects, each with a `tsconfig.json` of its own. */
const APP_FOLDERS = ["assembly", "examples", "firmware/apps", "tests/unit"];

/** A check by a program: its output is shown where it fails. */
async function checkBy(name: string, script: string, ...args: string[]): Promise<Suite> {
  const { code, output } = await run(process.execPath, [script, ...args], { cwd: root });
  return code === 0 ? { name, passed: 1, failed: 0, details: "" } : { name, passed: 0, failed: 1, details: output };
}

const checks: Readonly<Record<string, () => Promise<Suite>>> = {
  eslint: () =>
    checkBy("eslint", "node_modules/eslint/bin/eslint.js", ".", "--cache", "--cache-location", "build/cache/eslint"),
  format: checkFormat,
  types: () =>
    checkBy("AssemblyScript types", "build/host/editor/cli.js", ...findFiles(APP_FOLDERS, /\/tsconfig\.json$/)),
  abi: () => checkBy("ABI", "build/host/generate.js", "--check"),
  analyzer: analyzeC,
};

export async function runLint(report: (text: string) => void): Promise<readonly Suite[]> {
  const all = Object.entries(checks);
  let done = 0;
  return pool(all, availableParallelism(), async ([name, check]) => {
    const suite = await check();
    report(`${++done} of ${all.length} checks, ${name} last`);
    return suite;
  });
}
