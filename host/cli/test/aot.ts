/** `npm test -- aot`: tests of the ahead-of-time compiler, and the end-to-end tests with modules that it compiled. */

import { availableParallelism } from "node:os";
import { aotCompiler } from "../../build/aot-compiler.js";
import { hostTarget } from "../../build/aot-targets.js";
import { aotPath, compileAot } from "../../build/aot.js";
import { buildApp } from "../../build/app.js";
import { findApps } from "../../build/files.js";
import { pool } from "../../build/pool.js";
import { Failure } from "../../setup/failure.mjs";
import type { Report } from "../../setup/steps.mjs";
import { ABOUT_PAGES, findTests, runNodeTests } from "./node-tests.js";
import { unavailable, unmade, type Suite } from "./outcome.js";

export async function runAot(report: Report): Promise<readonly Suite[]> {
  try {
    await compileApps(await aotCompiler(hostTarget(), undefined, report), report);
  } catch (error) {
    const missing = error instanceof Failure && !error.details;
    return [missing ? unavailable("aot", error.message) : unmade("aot", error)];
  }
  const files = findTests(["build/tests/aot", "build/tests/e2e"]).filter((file) => !ABOUT_PAGES.test(file));
  process.env.MICROSERVER_MODULES = "aot";
  try {
    return await runNodeTests("end-to-end tests", files, report);
  } finally {
    delete process.env.MICROSERVER_MODULES;
  }
}

/** Compiles the apps that tests use, once, before several tests want the same one. */
async function compileApps(compiler: string, report: Report): Promise<void> {
  const dirs = findApps(["examples", "tests/apps"]);
  const target = hostTarget();
  let compiled = 0;
  await pool(dirs, availableParallelism(), async (dir) => {
    report(`${dir}, ${++compiled} of ${dirs.length}`);
    const { wasm } = await buildApp(dir);
    await compileAot(wasm, aotPath(dir, target), { target, compiler });
  });
}
