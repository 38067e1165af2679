/** Builds the C host for the desktop: `build/microserver`. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Failure } from "../setup/failure.mjs";
import { mustRun, run } from "../setup/run.mjs";
import type { Report, Steps } from "../setup/steps.mjs";
import { hasTool } from "../setup/tools.mjs";
import { projectPath, root } from "./project.js";

/** The program. */
export const HOST_PROGRAM = projectPath("build/microserver");

const FOLDER = projectPath("build/firmware");
/** How each C file is compiled. */
export const COMPILE_COMMANDS = `${FOLDER}/compile_commands.json`;
/** Ninja's `[7/33] ` (as asked for below) and Make's `[ 21%] `. */
const PROGRESS = /^\[\s*(\d+\/\d+|\d+%)\] /;
const CACHE = `${FOLDER}/CMakeCache.txt`;

/** Gets WAMR's source and builds the C host: two steps. */
export async function buildFirmware(steps: Steps): Promise<void> {
  await steps.run("WAMR source", fetchWamr);
  await steps.run("C host", buildHost);
}

/** Whether CMake can build without being configured first, by this command and for the project where it is now. */
function isConfigured(): boolean {
  if (!existsSync(COMPILE_COMMANDS)) return false;
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
    await configure();
  }
  const built = await compile(report);
  if (!existsSync(HOST_PROGRAM)) throw new Failure("the C host was built, but there is no build/microserver");
  return built ? "built" : "up to date";
}

async function configure(): Promise<void> {
  rmSync(CACHE, { force: true });
  const generator = hasTool("ninja") ? "Ninja" : "Unix Makefiles";
  const args = ["-S", root, "-B", FOLDER, "-G", generator, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"];
  const { code, output } = await run("cmake", args);
  if (code === 0) return;
  throw new Failure("the C host cannot be configured: see above", { details: fromFirst(/^CMake Error/m, output) });
}

/** @returns whether anything had to be compiled */
async function compile(report: Report): Promise<boolean> {
  let built = false;
  const onLine = (line: string): void => {
    const [, progress] = PROGRESS.exec(line) ?? [];
    if (!progress) return;
    report(progress.replace("/", " of "));
    built ||= /\b(Building|Linking)\b/.test(line);
  };
  const args = ["--build", FOLDER, "--parallel", String(availableParallelism())];
  const { code, output } = await run("cmake", args, { env: { NINJA_STATUS: "[%f/%t] " }, onLine });
  if (code === 0) return built;
  throw new Failure("the C host does not compile: see above", { details: fromFirst(/^FAILED|\berror:/m, output) });
}

/** The output from the line on that has the first match, all of it where there is none. */
function fromFirst(pattern: RegExp, output: string): string {
  const match = pattern.exec(output);
  return match ? output.slice(output.lastIndexOf("\n", match.index) + 1) : output;
}
