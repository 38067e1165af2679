/** Whether a module and this host fit, before any of the module's code runs. */

import { ABI_VERSION, exports as exportTable, groups, IMPORT_MODULE, imports as importTable } from "../abi.js";

/** A module that this host cannot run, or an app that does not start. The message says why. */
export class LoadError extends Error {}

type Exports = Readonly<Record<string, unknown>>;
export type Exported = (...args: number[]) => number;

const BUILD_AGAIN = "build the app again with this host's release of microserver";

/** Checks that every import is offered: `env` has the names of what AssemblyScript itself imports. */
export function checkImports(module: WebAssembly.Module, env: readonly string[]): void {
  const abi = importTable.map((call) => call.name);
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const offered = from === IMPORT_MODULE ? abi : from === "env" ? env : [];
    if (kind === "function" && offered.includes(name)) continue;
    throw new LoadError(`the module imports ${from}.${name}, which this host does not offer: ${BUILD_AGAIN}`);
  }
}

/** Checks version and features; returns the address of the window. */
export function checkGlobals(exports: Exports): number {
  const version = readGlobal(exports, "abi_version");
  if (version !== ABI_VERSION) {
    throw new LoadError(`the module is made for ABI version ${version}, this host has ${ABI_VERSION}: ${BUILD_AGAIN}`);
  }
  const known = groups.find((group) => group.name === "Feature")?.constants ?? [];
  const lacking = readGlobal(exports, "abi_features") & ~known.reduce((bits, feature) => bits | feature.value, 0);
  if (lacking !== 0) {
    const bits = (lacking >>> 0).toString(16);
    throw new LoadError(`the module needs features 0x${bits} that this host lacks: use a newer host`);
  }
  return readGlobal(exports, "window");
}

/** Checks that every export of the ABI is there; returns them by name. */
export function checkExports(exports: Exports): Map<string, Exported> {
  const calls = new Map<string, Exported>();
  for (const { name, params } of exportTable) {
    const found = exports[name];
    const count = params.reduce((sum, param) => sum + (param.type === "i32" ? 1 : 2), 0);
    if (typeof found !== "function") throw new LoadError(`the module's export ${name} is missing: ${BUILD_AGAIN}`);
    if (found.length !== count) {
      throw new LoadError(`the module's export ${name} has another type than the ABI says: ${BUILD_AGAIN}`);
    }
    calls.set(name, found as Exported);
  }
  return calls;
}

function readGlobal(exports: Exports, name: string): number {
  const found = exports[name];
  if (!(found instanceof WebAssembly.Global)) {
    throw new LoadError(`the module has no global ${name}: it is no microserver app`);
  }
  return Number(found.value);
}
