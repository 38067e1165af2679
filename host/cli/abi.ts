/** `npm run abi`: writes the files that follow from `host/abi.ts`. */

import { projectPath, root } from "../build/project.js";
import { mustRun } from "../setup/run.mjs";

export async function generateAbi(): Promise<void> {
  await mustRun(process.execPath, [projectPath("build/host/generate.js")], "the ABI cannot be generated: see above", {
    cwd: root,
  });
}
