/** `npm test`: sets up, runs all tests or the named parts, and sums up. */

import { availableParallelism } from "node:os";
import { buildApp } from "../../build/app.js";
import { findApps } from "../../build/files.js";
import { buildFirmware } from "../../build/firmware.js";
import { pool } from "../../build/pool.js";
import { TEST_PARTS } from "../../setup/commands.mjs";
import { Failure, reportFailure } from "../../setup/failure.mjs";
import type { Steps } from "../../setup/steps.mjs";
import { runAot } from "./aot.js";
import { runLint } from "./lint.js";
import { runLwip } from "./lwip.js";
import { runM32 } from "./m32.js";
import { findTests, runNodeTests } from "./node-tests.js";
import { failure, failuresOf, inWords, skippedOf, sum, unmade, type Suite } from "./outcome.js";
import { runRv32 } from "./rv32.js";
import { runUnits } from "./units.js";

type Part = (report: (text: string) => void) => Promise<readonly Suite[]>;

const parts: Record<string, Part> = {
  lint: runLint,
  unit: (report) => runUnits(report),
  sandbox: (report) =>
    runNodeTests("sandbox tests", findTests(["build/tests/docs", "build/tests/sandbox", "build/examples"]), report),
  e2e: (report) => runNodeTests("end-to-end tests", findTests(["build/tests/e2e"]), report),
  aot: runAot,
  m32: runM32,
  lwip: runLwip,
  rv32: () => runRv32(),
};

/**
 * Runs the named parts, all of them where none is named.
 *
 * @returns 0 where all passed, 1 where not
 * @throws {Failure} for an unknown part
 */
export async function test(names: readonly string[], steps: Steps): Promise<number> {
  const unknown = names.find((name) => !TEST_PARTS.includes(name));
  if (unknown) throw new Failure(`no such part: ${unknown}; there are ${TEST_PARTS.join(", ")}`, { exitCode: 2 });

  const suites: Suite[] = [];
  try {
    await buildFirmware(steps);
    suites.push(...(await steps.run("apps", buildApps, (broken) => (broken.length > 0 ? "failed" : "built"))));
    for (const name of names.length > 0 ? names : TEST_PARTS) suites.push(...(await runPart(name, steps)));
  } catch (error) {
    reportFailure(error);
    suites.push(failure("set-up", ""));
  }
  const total = sum(suites);
  console.log(inWords(total));
  return total.failed > 0 ? 1 : 0;
}

/** `npm run lint`: the part of that name, by itself. */
export async function lint(steps: Steps): Promise<number> {
  await buildFirmware(steps);
  const suites = await runPart("lint", steps);
  return sum(suites).failed > 0 ? 1 : 0;
}

async function runPart(name: string, steps: Steps): Promise<readonly Suite[]> {
  const suites = await steps.run(name, parts[name], (all) => `${inWords(sum(all))}, in ${all.length} suites`);
  process.stdout.write(failuresOf(suites) + skippedOf(suites));
  return suites;
}

/** Builds the apps that tests use, once, before several tests want the same one. */
async function buildApps(report: (text: string) => void): Promise<readonly Suite[]> {
  const dirs = findApps(["examples", "firmware/apps", "tests/apps"]);
  let built = 0;
  const results = await pool(dirs, availableParallelism(), async (dir) => {
    report(`${dir}, ${++built} of ${dirs.length}`);
    try {
      await buildApp(dir);
      return [];
    } catch (error) {
      return [unmade(dir, error)];
    }
  });
  const broken = results.flat();
  process.stdout.write(failuresOf(broken));
  return broken;
}
