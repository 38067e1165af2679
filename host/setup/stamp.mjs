/** Tells whether what was made from files is still up to date. */

import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The state of a file, "absent" where there is none: a file that appears later counts as changed.
 *
 * @param {string} path
 * @returns {string}
 */
export function fileState(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeMs}` : "absent";
}

/**
 * The states of several files by path.
 *
 * @param {string[]} paths
 * @returns {Record<string, string>}
 */
export function fileStates(paths) {
  return Object.fromEntries(paths.map((path) => [path, fileState(path)]));
}

/**
 * Whether the stamp at `path` has this key (which says what was made, and how) and its inputs are as they were.
 *
 * @param {string} path
 * @param {string} key
 * @returns {boolean}
 */
export function isFresh(path, key) {
  let stamp;
  try {
    stamp = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return false;
  }
  return stamp.key === key && Object.entries(stamp.inputs).every(([input, was]) => fileState(input) === was);
}

/**
 * Writes a stamp. The states are to be from before the work, so that a change during it counts.
 *
 * @param {string} path
 * @param {string} key
 * @param {Record<string, string>} inputs
 */
export function writeStamp(path, key, inputs) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ key, inputs }));
}
