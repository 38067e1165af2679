/** Look-ups in the ABI table: the sandbox writes down no number of its own. */

import { groups, window } from "../abi.js";

/** The value of a constant, as `constant("Close", "RESET")`. */
export function constant(group: string, name: string): number {
  const found = groups.find((g) => g.name === group)?.constants.find((c) => c.name === name);
  if (found === undefined) throw new Error(`the ABI has no constant ${group}.${name}`);
  return found.value;
}

/** The offset of a field of `Window` in bytes. */
export function fieldOffset(name: string): number {
  const index = window.findIndex((field) => field.name === name);
  if (index < 0) throw new Error(`the ABI's Window has no field ${name}`);
  return index * 4;
}

export const Close = { FLUSH: constant("Close", "FLUSH"), RESET: constant("Close", "RESET") };
export const Flag = { DEADLINE: constant("Flag", "DEADLINE"), COLLECT: constant("Flag", "COLLECT") };

/** Names of a group's constants in small letters, by value: they count from 0. */
export function constantNames(group: string): readonly string[] {
  return (groups.find((g) => g.name === group)?.constants ?? []).map((c) => c.name.toLowerCase());
}

/** The constants of a group, by name. */
function values<Name extends string>(group: string, ...names: Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, constant(group, name)])) as Record<Name, number>;
}

export const Limit = values("Limit", "GONE", "CONNECTIONS", "STORAGE_KEY", "STORAGE_VALUE");
export const StorageError = values(
  "StorageError",
  "NONE",
  "ABSENT",
  "INVALID",
  "FULL",
  "FAILED",
  "DENIED",
  "UNSUPPORTED",
);
export const FileMode = values("FileMode", "READ", "READ_ENCODED", "WRITE", "APPEND");
export const FileError = values("FileError", "ABSENT", "FORBIDDEN", "DIRECTORY", "FULL", "BUSY", "FAILED");

/** Names of the log levels, by value. */
export const levels = constantNames("Level");
