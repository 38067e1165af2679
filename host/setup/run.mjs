/** Runs other programs. */

import { spawn } from "node:child_process";
import { Failure } from "./failure.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {(line: string) => void} [onLine] is told each line of output as it comes
 *
 * @typedef {object} RunResult
 * @property {number} code exit code, 128 + n where a signal ended the program
 * @property {string} output stdout and stderr together
 */

/**
 * Runs a program to its end, with nothing on its stdin.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 * @throws {Failure} where it cannot be started
 */
export function run(program, args, { cwd, env, onLine } = {}) {
  return new Promise((succeed, fail) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? "";
        if (onLine) lines.forEach(onLine);
      });
    }
    child.on("error", (error) => fail(new Failure(`${program} cannot be started: ${error.message}`)));
    child.on("close", (code) => succeed({ code: code ?? 128, output }));
  });
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {string} hint the failure's one line: what to do where it does not succeed
 * @param {RunOptions} [options]
 * @returns {Promise<string>} its output
 * @throws {Failure} with the output as details
 */
export async function mustRun(program, args, hint, options) {
  const { code, output } = await run(program, args, options);
  if (code !== 0) throw new Failure(hint, { details: output });
  return output;
}
