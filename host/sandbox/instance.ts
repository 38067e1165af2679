/** One instance of an app's module: the ABI's exports to call, its window, and what it imports. */

import { instantiateSync, type ASUtil } from "@assemblyscript/loader";
import { IMPORT_MODULE } from "../abi.js";
import type { Device } from "./device.js";
import { fileImports } from "./file-imports.js";
import { checkExports, checkGlobals, checkImports, LoadError, type Exported } from "./module-check.js";
import type { OpenFiles } from "./open-files.js";
import { storageImports } from "./storage-imports.js";
import { fieldOffset, levels } from "./table.js";

/** What a guest's imports do; the host's side of the ABI. */
export interface Natives {
  /** `bytes` is a view of the guest's memory: copy what is kept. */
  send(conn: number, bytes: Uint8Array): number;
  close(conn: number, how: number): void;
  read(conn: number, on: number): void;
  peer(conn: number): string;
  log(level: number, text: string): void;
  readonly files: OpenFiles;
  sendFile(conn: number, file: number, offset: number, length: number): number;
  fileUnsent(conn: number): number;
  /** The board. */
  readonly device: Device;
  /** The app has asked for a restart. */
  restartWanted: boolean;
  /** Wall clock in ms since 1970-01-01. */
  unixMillis(): number;
  /** What `Math.random` starts from. */
  seed(): number;
}

/** A trap that the guest raised by AssemblyScript's `abort`: its instance is whole and goes on. */
export class Abort extends Error {
  constructor(
    message: string,
    /** Address of the file name that was given. */
    readonly file: number,
  ) {
    super(message);
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class Instance {
  private readonly calls: Map<string, Exported>;
  private readonly memory: WebAssembly.Memory;
  private readonly util: ASUtil;
  private readonly windowAddress: number;
  private cached: DataView;

  /** All that the module exports, beyond the ABI too. */
  readonly exports: Readonly<Record<string, unknown>>;

  /** Instantiates a module; none of its code runs yet. Throws LoadError where module and host do not fit. */
  constructor(
    module: WebAssembly.Module,
    private readonly natives: Natives,
  ) {
    const env = this.env();
    checkImports(module, Object.keys(env));
    const { instance, exports } = instantiateSync(module, { [IMPORT_MODULE]: this.abi(), env });
    const exported = instance.exports as Record<string, unknown>;
    this.exports = exported;
    this.util = exports;
    this.windowAddress = checkGlobals(exported);
    this.calls = checkExports(exported);
    if (!(exported["memory"] instanceof WebAssembly.Memory))
      throw new LoadError("the module does not export its memory");
    this.memory = exported["memory"];
    this.cached = new DataView(this.memory.buffer);
  }

  /** Calls an export of the ABI. Throws Abort, or the engine's error for any other trap. */
  call(name: string, ...args: number[]): number {
    const call = this.calls.get(name);
    if (call === undefined) throw new Error(`the ABI has no export ${name}`);
    return call(...args);
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

  /** A view of guest memory. A range outside of it traps. */
  private bytes(address: number, length: number): Uint8Array {
    const start = address >>> 0;
    const size = length >>> 0;
    if (start + size > this.memory.buffer.byteLength) throw new WebAssembly.RuntimeError("out of bounds memory access");
    return new Uint8Array(this.memory.buffer, start, size);
  }

  /** Writes a text that the guest has room for, cut at that; returns its length in bytes. */
  private write(address: number, length: number, text: string): number {
    const room = this.bytes(address, length);
    const bytes = encoder.encode(text).subarray(0, room.length);
    room.set(bytes);
    return bytes.length;
  }

  private abi(): Record<string, unknown> {
    const natives = this.natives;
    return {
      send: (conn: number, bytes: number, length: number) => natives.send(conn, this.bytes(bytes, length)),
      close: (conn: number, how: number) => natives.close(conn, how),
      read: (conn: number, on: number) => natives.read(conn, on),
      peer: (conn: number, text: number, length: number) => this.write(text, length, natives.peer(conn)),
      log: (level: number, text: number, length: number) =>
        natives.log(level, decoder.decode(this.bytes(text, length))),
      ...fileImports(natives.files, (address, length) => this.bytes(address, length)),
      ...storageImports(natives.device.storage, (address, length) => this.bytes(address, length)),
      send_file: (conn: number, file: number, offset: number, length: number) =>
        natives.sendFile(conn, file, offset >>> 0, length >>> 0),
      file_unsent: (conn: number) => natives.fileUnsent(conn),
      device_get: (item: number, index: number) => natives.device.get(item, index),
      device_set: (item: number, index: number, value: number) => natives.device.set(item, index, value),
      device_name: (text: number, length: number) => this.write(text, length, natives.device.name),
      device_restart: () => {
        natives.restartWanted = true;
      },
    };
  }

  private env(): Record<string, unknown> {
    const natives = this.natives;
    const print = (level: string) => (text: number) => natives.log(levels.indexOf(level), this.text(text));
    return {
      abort: (message: number, file: number, line: number, column: number) => {
        const what = this.text(message) || "aborted";
        const where = this.text(file);
        throw new Abort(where === "" ? what : `${what} at ${where}:${line >>> 0}:${column >>> 0}`, file);
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

  /** Where app code was when it trapped, as ` near FILE:LINE`; "" where it was in none, or the error says it already. */
  place(error: unknown): string {
    const file = this.get("file");
    if (file === 0 || (error instanceof Abort && error.file === file)) return "";
    const name = this.text(file);
    return name === "" ? "" : ` near ${name}:${this.get("line")}`;
  }

  /** An AssemblyScript string; "" for a null or broken pointer. */
  private text(address: number): string {
    try {
      return this.util.__getString(address) ?? "";
    } catch {
      return "";
    }
  }
}
