/** Builds the C host for the desktop: `build/microserver`. */

import { buildWithCMake, isConfigured, type CMakeProject } from "./cmake.js";
import { projectPath, root } from "./project.js";
import { mustRun } from "../setup/run.mjs";
import type { Report, Steps } from "../setup/steps.mjs";

/** The program. */
export const HOST_PROGRAM = projectPath("build/microserver");

/** The C host, as CMake builds it. */
export const HOST: CMakeProject = {
  what: "the C host",
  source: root,
  folder: projectPath("build/firmware"),
  program: HOST_PROGRAM,
};

/** Gets WAMR's source and builds the C host: two steps. */
export async function buildFirmware(steps: Steps): Promise<void> {
  await steps.run("WAMR source", (report) => fetchWamr(HOST, report));
  await steps.run("C host", (report) => buildWithCMake(HOST, report));
}

/** Gets WAMR's source for a project that is built with it. */
export async function fetchWamr(project: CMakeProject, report: Report): Promise<string | void> {
  if (process.env.WAMR_ROOT_DIR) return `from WAMR_ROOT_DIR, ${process.env.WAMR_ROOT_DIR}`;
  if (isConfigured(project)) return "up to date";
  const manifest = projectPath("firmware/wamr/Cargo.toml");
  const hint = "cargo could not fetch WAMR's source: see above; is the crate registry within reach?";
  await mustRun("cargo", ["fetch", "--locked", "--manifest-path", manifest], hint, { onLine: report });
}
