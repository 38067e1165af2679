/** Finds the programs that a command needs. */

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.mjs";

const NODE_MAJOR = 20;

/**
 * Debian's package for each tool; a tool is a name, or several of which one will do.
 *
 * @type {readonly (readonly [names: readonly string[], debianPackage: string])[]}
 */
const TOOLS = [
  [["cc", "gcc", "clang"], "build-essential"],
  [["cmake"], "cmake"],
  [["ninja", "make"], "ninja-build"],
  [["cargo"], "cargo"],
];

/** @param {string} name */
export function hasTool(name) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @throws {Failure} where Node is too old. */
export function checkNode() {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= NODE_MAJOR) return;
  throw new Failure(`Node ${node} is too old: install Node ${NODE_MAJOR} or newer from https://nodejs.org`);
}

/**
 * Checks the tools that the C host is built with.
 *
 * @throws {Failure} with one line for each that is missing.
 */
export function checkTools() {
  const missing = TOOLS.filter(([names]) => !names.some(hasTool));
  if (missing.length === 0) return;
  const lines = missing.map(([names, name]) => `${names.join(" or ")} is missing: apt-get install ${name}`);
  throw new Failure(lines.pop() ?? "", { details: lines.map((line) => `error: ${line}`).join("\n") });
}
