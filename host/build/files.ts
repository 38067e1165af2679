/** Finds files of the project. */

import { existsSync, readdirSync } from "node:fs";
import { projectPath } from "./project.js";

/**
 * The files below folders of the project whose path matches, sorted, as paths of the project. Packages, and a missing
 * folder, hold none.
 */
export function findFiles(folders: readonly string[], pattern: RegExp): string[] {
  return folders.flatMap((folder) => filesBelow(folder)).filter((path) => pattern.test(path));
}

/** The folders of apps below folders of the project. */
export function findApps(folders: readonly string[]): string[] {
  return findFiles(folders, /\/app\.ts$/).map((path) => path.replace(/\/app\.ts$/, ""));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(projectPath(folder))) return [];
  return readdirSync(projectPath(folder), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort();
}
