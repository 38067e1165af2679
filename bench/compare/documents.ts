/** The tables of a comparison in documents, between two marks. */

import { readFileSync, writeFileSync } from "node:fs";
import { projectPath } from "../../host/build/project.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Figures } from "./figures.js";
import { asMarkdown, asShortMarkdown } from "./report.js";

const BEGIN = "<!-- npm run bench -- peers --save writes from here -->\n";
const END = "<!-- to here -->\n";

/** Documents, and what each shows. */
const documents: Readonly<Record<string, (figures: Figures) => string>> = {
  "README.md": asShortMarkdown,
  "docs/benchmarks.md": asMarkdown,
};

/** Puts the tables into all documents. Returns their paths. */
export function writeDocuments(figures: Figures): readonly string[] {
  for (const [path, show] of Object.entries(documents)) {
    const file = projectPath(path);
    writeFileSync(file, filled(readFileSync(file, "utf8"), show(figures), path));
  }
  return Object.keys(documents);
}

/**
 * The text with other lines between the marks.
 *
 * @throws {Failure} where it has no marks
 */
export function filled(text: string, lines: string, path: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Failure(`${path} has lost the marks that the tables go between: ${BEGIN}${END}`);
  return `${text.slice(0, begin + BEGIN.length)}\n${lines}\n${text.slice(end)}`;
}
