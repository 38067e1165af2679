/** Compiles the TypeScript of the host, of the tests and of the bench into `build/`. */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { run } from "./run.mjs";
import { fileStates, isFresh, writeStamp } from "./stamp.mjs";

const FOLDERS = ["host", "tests", "bench", "examples"];
/** How a source's ending is compiled. */
const ENDINGS = new Map([
  [".js", ".ts"],
  [".cjs", ".cts"],
  [".mjs", ".mjs"],
]);

/**
 * @param {string} folder absolute
 * @returns {string[]} all files below it, absolute, sorted; none where there is no such folder
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path);
      return [path];
    })
    .sort();
}

/**
 * Removes modules whose source is gone, so that the tests of a removed file are not run for ever.
 *
 * @param {string} root
 */
function removeOrphans(root) {
  for (const path of FOLDERS.flatMap((folder) => filesBelow(join(root, "build", folder)))) {
    const [, stem, ending] = /^(.*?)(\.[cm]?js)$/.exec(path.slice(join(root, "build").length)) ?? [];
    const source = ENDINGS.get(ending ?? "");
    if (source && !existsSync(join(root, `${stem}${source}`))) rmSync(path);
  }
}

/**
 * Compiles what has changed.
 *
 * @param {string} root the project's folder
 * @returns {Promise<string>}
 */
export async function compileTypeScript(root) {
  const sources = FOLDERS.flatMap((folder) => filesBelow(join(root, folder))).filter((path) =>
    /\.[cm]?[jt]s$/.test(path),
  );
  const settings = ["tsconfig.json", "package.json", "node_modules/typescript/package.json"];
  const states = fileStates([...sources, ...settings.map((path) => join(root, path))]);
  const stamp = join(root, "build/typescript.inputs.json");
  const key = sources.join("\n");
  if (isFresh(stamp, key)) return "up to date";

  const tsc = [join(root, "node_modules/typescript/bin/tsc"), "-p", root];
  if (process.stderr.isTTY && !process.env.NO_COLOR) tsc.push("--pretty");
  const { code, output } = await run(process.execPath, tsc);
  if (code !== 0) throw new Failure("the TypeScript does not compile: see above", { details: output });
  removeOrphans(root);
  writeStamp(stamp, key, states);
  return `${sources.length} files`;
}
