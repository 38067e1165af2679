/** Formats the project's files: Prettier for TypeScript, AssemblyScript and JSON, clang-format for C. */

import { readFileSync, writeFileSync } from "node:fs";
import prettier from "prettier";
import { findFiles } from "../../build/files.js";
import { projectPath, root } from "../../build/project.js";
import { mustRun, run } from "../../setup/run.mjs";
import { failure, type Suite } from "./outcome.js";

/** AssemblyScript's plugin may need a second round, because it puts in brackets that Prettier then moves. */
const MAX_ROUNDS = 4;

const CLANG_FORMAT = projectPath("node_modules/clang-format-node/build/cli.js");

function prettierFiles(): string[] {
  const inFolders = findFiles(
    ["assembly", "bench", "examples", "firmware/apps", "host", "tests"],
    /\.([cm]?[jt]s|json)$/,
  );
  const atRoot = [
    "asconfig.json",
    "as-pect.asconfig.json",
    "as-pect.config.js",
    "eslint.config.js",
    "package.json",
    "tsconfig.json",
  ];
  return [...atRoot, ...inFolders];
}

function cFiles(): string[] {
  return findFiles(["bench", "firmware"], /\.[ch]$/);
}

async function formatted(path: string): Promise<string> {
  const file = projectPath(path);
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  let text = readFileSync(file, "utf8");
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = await prettier.format(text, options);
    if (next === text) return text;
    text = next;
  }
  return text;
}

/** Fails where `npm run format` would change a file. */
export async function checkFormat(): Promise<Suite> {
  const wrong: string[] = [];
  for (const path of prettierFiles()) {
    try {
      if ((await formatted(path)) !== readFileSync(projectPath(path), "utf8")) wrong.push(path);
    } catch (error) {
      wrong.push(`${path}: ${(error as Error).message}`);
    }
  }
  wrong.push(...(await wrongInC()));
  if (wrong.length > 0) return failure("format", `${wrong.join("\n")}\nto mend it: npm run format`);
  return { name: "format", passed: 1, failed: 0, details: "" };
}

async function wrongInC(): Promise<readonly string[]> {
  const { code, output } = await run(process.execPath, [CLANG_FORMAT, "--dry-run", "-Werror", ...cFiles()], {
    cwd: root,
  });
  if (code === 0) return [];
  const files = [...output.matchAll(/^((?:bench|firmware)\/[^:\n]+):/gm)].map(([, file = ""]) => file);
  return files.length > 0 ? [...new Set(files)] : [output];
}

/**
 * Formats files in place and names those that it changed.
 *
 * @param only paths, or beginnings of paths; all files where there are none
 */
export async function format(only: readonly string[]): Promise<void> {
  const chosen = (path: string): boolean => only.length === 0 || only.some((start) => path.startsWith(start));
  for (const path of prettierFiles().filter(chosen)) {
    const text = await formatted(path);
    if (text === readFileSync(projectPath(path), "utf8")) continue;
    writeFileSync(projectPath(path), text);
    console.log(path);
  }
  const sources = cFiles().filter(chosen);
  if (sources.length === 0) return;
  await mustRun(process.execPath, [CLANG_FORMAT, "-i", ...sources], "clang-format failed: see above", { cwd: root });
}
