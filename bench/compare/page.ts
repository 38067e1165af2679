/** The static file: 16 KB of HTML. */

import { mkdirSync, writeFileSync } from "node:fs";
import { projectPath } from "../../host/build/project.js";

/** The folder that servers have as their files. */
export const FOLDER = projectPath("build/bench/www");

const BYTES = 16_384;
const line = "<p>The quick brown fox jumps over the lazy dog.</p>\n";

export const page = `<!doctype html>\n<title>Page</title>\n${line.repeat(BYTES / line.length)}`.padEnd(BYTES, "\n");

/** Writes it to `page.html` in the folder. */
export function writePage(): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/page.html`, page);
}
