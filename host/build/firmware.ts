/** Builds the C host for the desktop: `build/microserver`. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Failure } from "../setup/failure.mjs";
import { mustRun } from "../setup/run.mjs";
import type { Report, Steps } from "../setup/steps.mjs";
import { hasTool } from "../setup/tools.mjs";
import { projectPath, root } from "./project.js";

/** The program. */
export const HOST_PROGRAM = projectPath("build/microserver");

const FOLDER = projectPath("build/firmware");
const CACHE = `${FOLDER}/CMakeCache.txt`;

/** Gets WAMR's source and builds the C host: two steps. */
export async function buildFirmware(steps: Steps): Promise<void> {
  await steps.run("WAMR source", fetchWamr);
  await steps.run("C host", buildHost);
}

function isConfigured(): boolean {
  if (!["build.ninja", "Makefile"].some((file) => existsSync(`${FOLDER}/${file}`))) return false;
  return readFileSync(CACHE, "utf8").includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${root}\n`);
}

async function fetchWamr(report: Report): Promise<string | void> {
  if (process.env.WAMR_ROOT_DIR) return `from WAMR_ROOT_DIR, ${process.env.WAMR_ROOT_DIR}`;
  if (isConfigured()) return "up to date";
  const manifest = projectPath("firmware/wamr/Cargo.toml");
  const hint = "cargo could not fetch WAMR's source: see above; is the crate registry within reach?";
  await mustRun("cargo", ["fetch", "--locked", "--manifest-path", manifest], hint, { onLine: report });
}

async function buildHost(report: Report): Promise<string> {
  if (!isConfigured()) {
    report("configuring");
    rmSync(CACHE, { force: true });
    const args = ["-S", root, "-B", FOLDER, "-G", hasTool("ninja") ? "Ninja" : "Unix Makefiles"];
    await mustRun(
      "cmake",
      [...args, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"],
      "the C host cannot be configured: see above",
    );
  }
  let built = false;
  const output = await mustRun(
    "cmake",
    ["--build", FOLDER, "--parallel", String(availableParallelism())],
    "the C host does not compile: see above",
    {
      env: { NINJA_STATUS: "[%f/%t] " },
      onLine: (line) => {
        const [, progress] = /^\[\s*(\d+\/\d+|\d+%)\] /.exec(line) ?? [];
        if (!progress) return;
        report(progress.replace("/", " of "));
        built ||= /\b(Building|Linking)\b/.test(line);
      },
    },
  );
  if (!existsSync(HOST_PROGRAM)) throw new Failure("the build made no build/microserver", { details: output });
  return built ? "built" : "up to date";
}
