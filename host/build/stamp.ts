/** Tells whether a file made from others is still up to date. */

import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

interface Stamp {
  /** Says what was made and how; another key is another thing. */
  readonly key: string;
  /** Each input with its state when it was read. */
  readonly inputs: Record<string, string>;
}

/** The state of a file, "absent" where there is none: a file that appears later counts as changed. */
export function takeState(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeMs}` : "absent";
}

/** Whether the stamp at `path` has this key, and all of its inputs are as they were. */
export function isFresh(path: string, key: string): boolean {
  let stamp: Stamp;
  try {
    stamp = JSON.parse(readFileSync(path, "utf8")) as Stamp;
  } catch {
    return false;
  }
  return stamp.key === key && Object.entries(stamp.inputs).every(([input, was]) => takeState(input) === was);
}

/** Writes a stamp; the states should be from before the work, so that a change during it counts. */
export function writeStamp(path: string, key: string, inputs: Record<string, string>): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ key, inputs } satisfies Stamp));
}
