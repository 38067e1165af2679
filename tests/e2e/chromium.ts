/** The Chromium that an npm package carries, unpacked into `build/` once. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import packed from "@sparticuz/chromium";
import { projectPath } from "../../host/build/project.js";

const { version } = JSON.parse(readFileSync(projectPath("node_modules/@sparticuz/chromium/package.json"), "utf8")) as {
  version: string;
};

const FOLDER = projectPath(`build/chromium-${version}`);

export const CHROMIUM = `${FOLDER}/chromium`;

/** The package's own fonts and no others, so that a page looks alike everywhere. */
export const FONTS = `${FOLDER}/fonts.conf`;

/** Unpacks the browser, where that has not been done. */
export async function unpackChromium(): Promise<void> {
  if (existsSync(FOLDER)) return;
  const unfinished = `${FOLDER}.${process.pid}`;
  const { TMPDIR } = process.env;
  mkdirSync(unfinished);
  process.env["TMPDIR"] = unfinished; // where the package unpacks to
  try {
    await packed.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
  writeFileSync(
    `${unfinished}/fonts.conf`,
    `<fontconfig><dir>${FOLDER}/fonts</dir><cachedir>${FOLDER}/font-cache</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(unfinished, FOLDER);
  } catch {
    rmSync(unfinished, { recursive: true }); // another process was faster
  }
}

/** Why the browser cannot start, and what to do; null where it can. */
export function chromiumProblem(program = CHROMIUM): string | null {
  const { status, stderr, error } = spawnSync(program, ["--version"], { encoding: "utf8" });
  if (status === 0) return null;
  const library = /loading shared libraries: (\S+):/.exec(stderr)?.[1];
  if (library !== undefined) return `Chromium needs ${library}: apt-get install libnss3 libnspr4`;
  return `Chromium does not start: ${error?.message ?? stderr.trim()}`;
}
