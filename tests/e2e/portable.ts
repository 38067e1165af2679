/** Runs the firmware's parts that need no chip, through tests/firmware/portable.c, with sanitizers. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { projectPath } from "../../host/build/project.js";

const FOLDER = projectPath("build/portable");
const PROGRAM = `${FOLDER}/portable`;
const SOURCES = [
  "tests/firmware/portable.c",
  "firmware/main/app_header.c",
  "firmware/main/boot_guard.c",
  "firmware/net/backoff.c",
  "firmware/net/dns_answer.c",
].map(projectPath);
const FLAGS = [
  ..."-std=c11 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror".split(" "),
  ..."-fsanitize=address,undefined -fno-sanitize-recover=all".split(" "),
];
const FOLDERS = ["-I", projectPath("firmware/main"), "-I", projectPath("firmware/net")];

let isBuilt = false;

function build(): void {
  mkdirSync(FOLDER, { recursive: true });
  execFileSync("cc", [...FLAGS, ...FOLDERS, "-o", PROGRAM, ...SOURCES], { stdio: ["ignore", "ignore", "inherit"] });
  isBuilt = true;
}

/**
 * Runs commands in one process; the counter begins with the memory of a fresh process.
 *
 * @returns a line for each
 * @throws where the program reads or writes what is not its own
 */
export function portable(commands: readonly string[]): string[] {
  if (!isBuilt) build();
  const { status, stdout, stderr } = spawnSync(PROGRAM, {
    input: `${commands.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.split("\n").slice(0, -1);
}
