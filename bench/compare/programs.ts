/** Builds the client, and the servers in C whose libraries are there. */

import { projectPath } from "../../host/build/project.js";
import { mustRun } from "../../host/setup/run.mjs";
import { hasTool } from "../../host/setup/tools.mjs";

const FOLDER = projectPath("build/bench/programs");

export const LOAD_PROGRAM = `${FOLDER}/load`;

export function cServer(name: string): string {
  return `${FOLDER}/${name}`;
}

/** @throws {Failure} where one does not compile */
export async function buildPrograms(): Promise<void> {
  const generator = hasTool("ninja") ? "Ninja" : "Unix Makefiles";
  const configure = ["-S", projectPath("bench"), "-B", FOLDER, "-G", generator];
  await mustRun("cmake", configure, "the bench's programs cannot be configured: see above");
  await mustRun("cmake", ["--build", FOLDER], "the bench's programs do not compile: see above");
}
