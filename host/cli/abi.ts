/** The files that follow from `host/abi.ts`. */

import { projectPath, root } from "../build/project.js";
import { mustRun } from "../setup/run.mjs";

const GENERATE = projectPath("build/host/generate.js");

/** `npm run abi`: writes them. */
export async function generateAbi(): Promise<void> {
  await mustRun(process.execPath, [GENERATE], "the ABI cannot be generated: see above", { cwd: root });
}

/** @throws {Failure} where one of them has drifted: host and guest would not understand each other. */
export async function checkAbi(): Promise<void> {
  await mustRun(process.execPath, [GENERATE, "--check"], "host and guest may differ: npm run abi", { cwd: root });
}
