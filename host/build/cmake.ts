/** Builds C programs with CMake. */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Failure } from "../setup/failure.mjs";
import { run } from "../setup/run.mjs";
import type { Report } from "../setup/steps.mjs";
import { hasTool } from "../setup/tools.mjs";

export interface CMakeProject {
  /** What it makes, as messages call it. */
  readonly what: string;
  /** The folder of its `CMakeLists.txt`, absolute. */
  readonly source: string;
  /** Where it is built, absolute. */
  readonly folder: string;
  /** The program it makes, absolute. */
  readonly program: string;
  /** More arguments for the configuration. */
  readonly args?: readonly string[];
}

/** Ninja's `[7/33] ` (as asked for below) and Make's `[ 21%] `. */
const PROGRESS = /^\[\s*(\d+\/\d+|\d+%)\] /;

/** How a C file is compiled: an entry of CMake's `compile_commands.json`. */
export interface CompileCommand {
  readonly directory: string;
  /** For a shell. */
  readonly command: string;
  readonly file: string;
}

/** How each C file of a project that is configured is compiled. */
export function compileCommands(project: CMakeProject): readonly CompileCommand[] {
  return JSON.parse(readFileSync(commandsFile(project), "utf8")) as CompileCommand[];
}

/** Whether CMake can build without being configured first, by this command and for the project where it is now. */
export function isConfigured(project: CMakeProject): boolean {
  if (!existsSync(commandsFile(project))) return false;
  if (!["build.ninja", "Makefile"].some((file) => existsSync(`${project.folder}/${file}`))) return false;
  return readFileSync(cacheOf(project), "utf8").includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${project.source}\n`);
}

/**
 * Builds what has changed.
 *
 * @returns what came of it, in a few words
 * @throws {Failure} where it does not configure or compile: its details are CMake's output
 */
export async function buildWithCMake(project: CMakeProject, report: Report): Promise<string> {
  if (!isConfigured(project)) {
    report("configuring");
    await configure(project);
  }
  const built = await compile(project, report);
  if (!existsSync(project.program)) throw new Failure(`${project.what} was built, but there is no ${project.program}`);
  return built ? "built" : "up to date";
}

function commandsFile({ folder }: CMakeProject): string {
  return `${folder}/compile_commands.json`;
}

function cacheOf({ folder }: CMakeProject): string {
  return `${folder}/CMakeCache.txt`;
}

async function configure(project: CMakeProject): Promise<void> {
  const { what, source, folder } = project;
  rmSync(cacheOf(project), { force: true });
  const generator = hasTool("ninja") ? "Ninja" : "Unix Makefiles";
  const args = ["-S", source, "-B", folder, "-G", generator, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"];
  const { code, output } = await run("cmake", [...args, ...(project.args ?? [])]);
  if (code === 0) return;
  throw new Failure(`${what} cannot be configured: see above`, { details: fromFirst(/^CMake Error/m, output) });
}

/** @returns whether anything had to be compiled */
async function compile({ what, folder }: CMakeProject, report: Report): Promise<boolean> {
  let built = false;
  const onLine = (line: string): void => {
    const [, progress] = PROGRESS.exec(line) ?? [];
    if (!progress) return;
    report(progress.replace("/", " of "));
    built ||= /\b(Building|Linking)\b/.test(line);
  };
  const args = ["--build", folder, "--parallel", String(availableParallelism())];
  const { code, output } = await run("cmake", args, { env: { NINJA_STATUS: "[%f/%t] " }, onLine });
  if (code === 0) return built;
  throw new Failure(`${what} does not compile: see above`, { details: fromFirst(/^FAILED|\berror:/m, output) });
}

/** The output from the line on that has the first match, all of it where there is none. */
function fromFirst(pattern: RegExp, output: string): string {
  const match = pattern.exec(output);
  return match ? output.slice(output.lastIndexOf("\n", match.index) + 1) : output;
}
