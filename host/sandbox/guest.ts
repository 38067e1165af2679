/** One instance of an app's module: the ABI's exports to call, its window, and what it imports. */

import { instantiateSync, type ASUtil } from "@assemblyscript/loader";
import { ABI_VERSION, IMPORT_MODULE, exports as exportTable, globals, groups, imports as importTable } from "../abi.js";
import { fieldOffset, levels } from "./table.js";

/** What a guest's imports do; the host's side of the ABI. */
export interface Natives {
  /** `bytes` is a view of the guest's memory: copy what is kept. */
  send(conn: number, bytes: Uint8Array): number;
  close(conn: number, how: number): void;
  read(conn: number, on: number): void;
  peer(conn: number): string;
  log(level: number, text: string): void;
  /** Wall clock in ms since 1970-01-01. */
  unixMillis(): number;
  seed(): number;
}

/** A trap that the guest raised by AssemblyScript's `abort`: its instance is whole and goes on. */
export class Abort extends Error {}

/** A module that this host cannot run. The message says why. */
export class LoadError extends Error {}

type Exported = (...args: number[]) => number;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Functions AssemblyScript itself imports, from its module `env`. */
const ENV = [
  "abort",
  "seed",
  "trace",
  "Date.now",
  "console.log",
  "console.debug",
  "console.info",
  "console.warn",
  "console.error",
];

export class Guest {
  private readonly calls = new Map<string, Exported>();
  private readonly memory: WebAssembly.Memory;
  private readonly util: ASUtil;
  private readonly windowAddress: number;
  private cached: DataView;

  /** Instantiates a module; none of its code runs yet. Throws LoadError where module and host do not fit. */
  constructor(
    module: WebAssembly.Module,
    private readonly natives: Natives,
  ) {
    checkImports(module);
    const { instance, exports } = instantiateSync(module, { [IMPORT_MODULE]: this.abi(), env: this.env() });
    const exported = instance.exports as Record<string, unknown>;
    this.util = exports;
    const version = globalValue(exported, "abi_version");
    if (version !== ABI_VERSION) {
      throw new LoadError(
        `the module is for version ${version} of the ABI, this host has ${ABI_VERSION}: build the app again`,
      );
    }
    checkFeatures(globalValue(exported, "abi_features"));
    this.windowAddress = globalValue(exported, "window");
    if (!(exported["memory"] instanceof WebAssembly.Memory))
      throw new LoadError('the module lacks the export "memory"');
    this.memory = exported["memory"];
    this.cached = new DataView(this.memory.buffer);
    for (const { name, params } of exportTable) {
      const fn = exported[name];
      if (typeof fn !== "function") throw new LoadError(`the module lacks the export "${name}"`);
      const count = params.reduce((n, param) => n + (param.type === "i32" ? 1 : 2), 0);
      if (fn.length !== count)
        throw new LoadError(`the export "${name}" takes ${fn.length} arguments instead of ${count}`);
      this.calls.set(name, fn as Exported);
    }
  }

  /** Calls an export of the ABI. Throws Abort, or the engine's error for any other trap. */
  call(name: string, ...args: number[]): number {
    const fn = this.calls.get(name);
    if (fn === undefined) throw new Error(`the ABI has no export ${name}`);
    return fn(...args);
  }

  /** A field of the window. */
  get(field: string): number {
    return this.view.getUint32(this.windowAddress + fieldOffset(field), true);
  }

  set(field: string, value: number): void {
    this.view.setUint32(this.windowAddress + fieldOffset(field), value, true);
  }

  /** Puts received bytes into the receive window. */
  receive(bytes: Uint8Array): void {
    this.bytes(this.get("receive"), bytes.length).set(bytes);
  }

  /** Size of the linear memory in bytes. */
  get memorySize(): number {
    return this.memory.buffer.byteLength;
  }

  private get view(): DataView {
    if (this.cached.buffer !== this.memory.buffer) this.cached = new DataView(this.memory.buffer);
    return this.cached;
  }

  /** A view of guest memory. A range outside of it traps, as it does in the C host. */
  private bytes(address: number, length: number): Uint8Array {
    const start = address >>> 0;
    const size = length >>> 0;
    if (start + size > this.memory.buffer.byteLength) throw new WebAssembly.RuntimeError("out of bounds memory access");
    return new Uint8Array(this.memory.buffer, start, size);
  }

  private abi(): Record<string, unknown> {
    const natives = this.natives;
    return {
      send: (conn: number, bytes: number, length: number) => natives.send(conn, this.bytes(bytes, length)),
      close: (conn: number, how: number) => natives.close(conn, how),
      read: (conn: number, on: number) => natives.read(conn, on),
      peer: (conn: number, text: number, length: number) => {
        const room = this.bytes(text, length);
        const address = encoder.encode(natives.peer(conn)).subarray(0, room.length);
        room.set(address);
        return address.length;
      },
      log: (level: number, text: number, length: number) =>
        natives.log(level, decoder.decode(this.bytes(text, length))),
    };
  }

  private env(): Record<string, unknown> {
    const natives = this.natives;
    const print = (level: string) => (text: number) => natives.log(levels.indexOf(level), this.text(text));
    return {
      abort: (message: number, file: number, line: number, column: number) => {
        const reason = message === 0 ? "out of memory" : this.text(message);
        throw new Abort(file === 0 ? reason : `${this.text(file)}:${line >>> 0}:${column >>> 0}: ${reason}`);
      },
      trace: (text: number, count: number, ...values: number[]) =>
        natives.log(levels.indexOf("debug"), [this.text(text), ...values.slice(0, count)].join(" ")),
      seed: () => natives.seed(),
      "Date.now": () => natives.unixMillis(),
      "console.log": print("info"),
      "console.debug": print("debug"),
      "console.info": print("info"),
      "console.warn": print("warn"),
      "console.error": print("error"),
    };
  }

  /** An AssemblyScript string; a broken pointer gives "" rather than a second fault. */
  private text(address: number): string {
    try {
      return this.util.__getString(address) ?? "";
    } catch {
      return "";
    }
  }
}

function checkImports(module: WebAssembly.Module): void {
  const known = new Set(importTable.map((call) => call.name));
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    const has = from === IMPORT_MODULE ? known.has(name) : from === "env" && ENV.includes(name);
    if (kind !== "function" || !has)
      throw new LoadError(`the module needs the import "${from}.${name}", which this host lacks`);
  }
}

function checkFeatures(needed: number): void {
  const features = groups.find((group) => group.name === "Feature")?.constants ?? [];
  const lacking = needed & ~features.reduce((bits, feature) => bits | feature.value, 0);
  if (lacking !== 0) {
    throw new LoadError(`the module needs features that this host lacks (bits 0x${(lacking >>> 0).toString(16)})`);
  }
}

function globalValue(exported: Record<string, unknown>, name: string): number {
  const known = globals.some((global) => global.name === name);
  const value = exported[name];
  if (!known || !(value instanceof WebAssembly.Global))
    throw new LoadError(`the module lacks the exported global "${name}"`);
  return Number(value.value);
}
