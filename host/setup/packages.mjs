/** Installs the npm packages of the lock file, where they are not there yet. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "./run.mjs";

const POLL_MS = 500;

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} Package */

/**
 * @param {string} path
 * @returns {Record<string, Package>} the packages of a lock file, none where there is no such file
 */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {};
}

/**
 * Installs the packages of `package-lock.json` unless the very same are installed.
 *
 * @param {string} root the project's folder
 * @param {import("./steps.mjs").Report} report
 * @returns {Promise<string>}
 */
export async function installPackages(root, report) {
  const wanted = Object.entries(readLock(join(root, "package-lock.json"))).filter(([path]) => path !== "");
  const installed = readLock(join(root, "node_modules/.package-lock.json"));
  const differs = wanted.some(([path, { version, optional }]) =>
    installed[path] ? installed[path].version !== version : !optional,
  );
  if (!differs) return "up to date";

  const folders = wanted.map(([path]) => join(root, path));
  const timer = setInterval(() => report(`${folders.filter(existsSync).length} of ${folders.length}`), POLL_MS);
  try {
    await mustRun("npm", ["ci"], "npm ci failed: see above; is the package registry within reach?", { cwd: root });
  } finally {
    clearInterval(timer);
  }
  return `${wanted.length} installed`;
}
