/** Analyzes the C host with its own compiler: gcc's `-fanalyzer`, or clang's analyzer. */

import { availableParallelism } from "node:os";
import { relative } from "node:path";
import { compileCommands, type CompileCommand } from "../../build/cmake.js";
import { HOST } from "../../build/firmware.js";
import { pool } from "../../build/pool.js";
import { projectPath, root } from "../../build/project.js";
import { run } from "../../setup/run.mjs";
import { failure, type Suite } from "./outcome.js";

/** Analyzes the project's own C files, as they were compiled last. */
export async function analyzeC(): Promise<Suite> {
  const name = "C analysis";
  const own = compileCommands(HOST).filter(({ file }) => file.startsWith(projectPath("firmware/")));
  if (own.length === 0) return failure(name, "no C file of the project is compiled");
  const found = await pool(own, availableParallelism(), analyzeFile);
  const details = found.filter(Boolean).join("\n");
  return details ? failure(name, details) : { name, passed: 1, failed: 0, details };
}

/** @returns what the analyzer says, empty where it has nothing to say */
async function analyzeFile({ directory, command, file }: CompileCommand): Promise<string> {
  const compiler = command.slice(0, command.indexOf(" "));
  const { output: version } = await run(compiler, ["--version"]);
  const analyzer = version.includes("clang") ? "--analyze" : "-fanalyzer";
  const analysis = command.replace(/ -o \S+/, ` ${analyzer} -o /dev/null`);
  const { code, output } = await run("sh", ["-c", analysis], { cwd: directory });
  return code !== 0 && !output ? `${relative(root, file)}: ${compiler} ended with exit code ${code}` : output;
}
