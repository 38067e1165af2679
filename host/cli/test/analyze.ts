/** Analyzes the C host with its own compiler: gcc's `-fanalyzer`, or clang's analyzer. */

import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { projectPath, root } from "../../build/project.js";
import { run } from "../../setup/run.mjs";
import { failure, type Suite } from "./outcome.js";
import { pool } from "./pool.js";

/** An entry of CMake's `compile_commands.json`. */
interface CompileCommand {
  readonly directory: string;
  readonly command: string;
  readonly file: string;
}

const COMMANDS = projectPath("build/firmware/compile_commands.json");

/** Analyzes the project's own C files, as they were compiled last. */
export async function analyzeC(): Promise<Suite> {
  const name = "C analysis";
  if (!existsSync(COMMANDS))
    return failure(name, `${relative(root, COMMANDS)} is missing: remove build/firmware and try again`);
  const all = JSON.parse(readFileSync(COMMANDS, "utf8")) as CompileCommand[];
  const own = all.filter(({ file }) => file.startsWith(projectPath("firmware/")));
  if (own.length === 0) return failure(name, "no C file of the project is compiled");
  const found = await pool(own, availableParallelism(), analyzeFile);
  const details = found.filter(Boolean).join("\n");
  return details ? failure(name, details) : { name, passed: 1, failed: 0, details };
}

/** @returns what the analyzer says, empty where it has nothing to say */
async function analyzeFile({ directory, command, file }: CompileCommand): Promise<string> {
  const [compiler = "cc", ...args] = command.split(" ").filter(Boolean);
  args.splice(args.indexOf("-o"), 2);
  const { output: version } = await run(compiler, ["--version"]);
  const analyzer = version.includes("clang") ? ["--analyze"] : ["-fanalyzer"];
  const { code, output } = await run(compiler, [...args, ...analyzer, "-o", "/dev/null"], { cwd: directory });
  return code !== 0 && !output ? `${relative(root, file)}: ${compiler} ended with exit code ${code}` : output;
}
