/**
 * An app's .wasm file in Node: the same module that runs on the device, with virtual sockets and a virtual clock.
 *
 *     const app = await load("build/apps/basic.wasm");
 *     assert.equal((await app.fetch("/users/7")).text, "user 7");
 */

import { readFile } from "node:fs/promises";
import { App } from "./app.js";
import { Board } from "./board.js";
import { Clock } from "./clock.js";
import { Files, type FilesOptions } from "./files.js";
import { Host } from "./host.js";
import { LoadError } from "./module-check.js";
import { Limit } from "./table.js";

export interface LoadOptions extends FilesOptions {
  /** Connections that the host can hold, as `--max-conns`; the app may ask for fewer. 128 by default. */
  readonly maxConns?: number;
  /** Loop rounds and calls that app code may spend on one event, as `--fuel`. */
  readonly fuel?: number;
  /** The wall clock at the start, 2026-01-01T00:00:00Z by default. */
  readonly startTime?: Date;
  /** The monotonic clock at the start in ms; it wraps at 2³², so a test can start close to that. 0 by default. */
  readonly now?: number;
  /** What `Math.random` starts from, 1 by default: every run is the same. */
  readonly seed?: number;
  /** The board that the app runs on, set up as the app shall find it at its start. */
  readonly board?: Board;
}

export const DEFAULT_FUEL = 1_000_000;

/** Loads and starts an app. Rejects with LoadError where the module cannot run, or its top-level code fails. */
export async function load(wasm: string | URL | Uint8Array, options: LoadOptions = {}): Promise<App> {
  const bytes = wasm instanceof Uint8Array ? wasm : await readFile(wasm);
  const module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>).catch((error: unknown) => {
    throw new LoadError(`not a WebAssembly module: ${error instanceof Error ? error.message : String(error)}`);
  });
  const clock = new Clock(options.now ?? 0, options.startTime ?? new Date("2026-01-01T00:00:00Z"));
  const board = options.board ?? new Board();
  const files = new Files(clock, options);
  const host = new Host(module, clock, {
    board,
    files,
    maxConns: options.maxConns ?? Limit.CONNECTIONS,
    fuel: options.fuel ?? DEFAULT_FUEL,
    seed: options.seed ?? 1,
  });
  return new App(host, clock, board, files);
}

export type { App, ConnectOptions, Duration, FetchOptions, OpenOptions, StreamOptions } from "./app.js";
export { Board, BoardPin, type PinMode } from "./board.js";
export { Connection, type Closed } from "./connection.js";
export { Fields } from "./fields.js";
export { closePayload, frame, Opcode, WebSocketError, type Frame, type FrameOptions } from "./frame.js";
export type { Files, FilesOptions } from "./files.js";
export type { LogLine } from "./host.js";
export { LoadError } from "./module-check.js";
export { writeRequest, type RequestOptions } from "./request.js";
export { parseResponse, type Response } from "./response.js";
export { ResponseError } from "./response-head.js";
export { EventStreamError, type ServerSentEvent } from "./server-sent-events.js";
export { Storage } from "./storage.js";
export { Stream } from "./stream.js";
export { WebSocketClient } from "./websocket.js";
