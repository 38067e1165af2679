/** Runs a request in an instrumented module, without sockets, and reads its counters. */

import type { Sent } from "../cases.js";
import { counterName, instrument } from "./instrument.js";
import { Clock } from "../../host/sandbox/clock.js";
import { Device } from "../../host/sandbox/device.js";
import { Files } from "../../host/sandbox/files.js";
import { Instance, type Natives } from "../../host/sandbox/instance.js";
import { Board, DEFAULT_FUEL } from "../../host/sandbox/index.js";
import { OpenFiles } from "../../host/sandbox/open-files.js";
import { Flag } from "../../host/sandbox/table.js";
import { Failure } from "../../host/setup/failure.mjs";

export interface FunctionCount {
  readonly name: string;
  /** Operations a request, the mean of all that were counted. */
  readonly operations: number;
}

/** Requests before counting starts, so that what happens once is not in it. */
const FIRST = 10;
/** Requests that are counted; together with the first ones fewer than an app's 100 on one connection. */
const COUNTED = 64;
const CONNECTION = 0;

/**
 * The operations that each function executes for a request, most first, collections included.
 *
 * @throws {Failure} where the answer is no 200
 */
export async function countOperations(
  wasm: Uint8Array,
  { request, other = request, handshake, answer }: Sent,
): Promise<readonly FunctionCount[]> {
  const { module, functions } = await instrument(wasm);
  const guest = new Guest(await WebAssembly.compile(module as Uint8Array<ArrayBuffer>));
  if (handshake !== undefined) guest.ask(handshake, "HTTP/1.1 101 ");
  const start = answer === undefined ? "HTTP/1.1 200 " : Buffer.from(answer).toString("latin1");
  for (let n = 0; n < FIRST; n++) guest.ask(n % 2 === 0 ? request : other, start);
  const before = functions.map((_, n) => guest.counter(n));
  for (let n = 0; n < COUNTED; n++) guest.ask(n % 2 === 0 ? request : other, start);
  return functions
    .map((name, n) => ({ name, operations: Number(guest.counter(n) - (before[n] ?? 0n)) / COUNTED }))
    .filter(({ operations }) => operations > 0)
    .sort((a, b) => b.operations - a.operations);
}

/** An instance with one connection, on which the client takes all that is sent. */
class Guest {
  private answer = "";
  private now = 1000;
  private readonly instance: Instance;

  constructor(module: WebAssembly.Module) {
    const natives: Natives = {
      send: (_conn, bytes) => {
        this.answer += Buffer.from(bytes).toString("latin1");
        return bytes.length;
      },
      close: () => undefined,
      read: () => undefined,
      peer: () => "127.0.0.1",
      log: () => undefined,
      device: new Device(new Board(), new Clock(0, new Date(0)), 1, () => undefined),
      restartWanted: false,
      files: new OpenFiles(new Files(new Clock(0, new Date(0)))),
      sendFile: () => 0,
      fileUnsent: () => 0,
      unixMillis: () => this.now,
      seed: () => 1,
    };
    this.instance = new Instance(module, natives);
    this.instance.set("fuel", DEFAULT_FUEL);
    this.instance.call("_initialize");
    this.instance.call("boot", 10);
    this.call("on_open", CONNECTION);
  }

  /** Sends a request, whose answer begins as `start`. */
  ask(request: Uint8Array, start: string): void {
    this.answer = "";
    const size = this.instance.get("receiveSize");
    for (let at = 0; at < request.length; at += size) {
      const segment = request.subarray(at, at + size);
      this.instance.receive(segment);
      this.call("on_data", CONNECTION, segment.length);
    }
    if (this.answer.startsWith(start)) return;
    throw new Failure(`the bench got another answer than it should: ${this.answer.split("\r\n", 1)[0]}`);
  }

  counter(n: number): bigint {
    return (this.instance.exports[counterName(n)] as WebAssembly.Global).value as bigint;
  }

  /** One call as a host makes it: a little later than the last, and followed by a collection where that is asked for. */
  private call(name: string, ...args: readonly number[]): void {
    this.now++;
    this.instance.set("now", this.now);
    this.instance.set("unixTime", Math.floor(this.now / 1000));
    this.instance.call(name, ...args);
    const flags = this.instance.get("flags");
    if ((flags & Flag.COLLECT) === 0) return;
    this.instance.set("flags", flags & ~Flag.COLLECT);
    this.instance.call("collect");
  }
}
