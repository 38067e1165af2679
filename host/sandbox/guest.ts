/** Calls into the guest, with what belongs around each: time, garbage collection, faults. */

import type { Clock } from "./clock.js";
import type { Connections } from "./connections.js";
import { Abort, Instance, type Natives } from "./instance.js";
import { LoadError } from "./module-check.js";
import { Flag, levels } from "./table.js";

/** What `on_fault` is told where the call was for no connection. */
const NO_CONNECTION = -1;

export interface GuestOptions {
  /** Connections that the host can hold. */
  readonly maxConns: number;
  /** Loop rounds and calls that app code may spend on one event. */
  readonly fuel: number;
}

/** A call that trapped: how, and whether the instance is whole. */
interface Trap {
  readonly reason: string;
  readonly aborted: boolean;
}

export class Guest {
  private instance: Instance;
  private stopping = false;

  /** Starts the app: instance, top-level code, `boot`. Throws LoadError where that fails. */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly natives: Natives,
    private readonly connections: Connections,
    private readonly clock: Clock,
    private readonly options: GuestOptions,
  ) {
    this.instance = this.start();
  }

  /**
   * Calls an export, for a connection or for none (null). A trap is logged and recovered from.
   * Returns what the export returns, and null where it trapped.
   */
  call(name: string, conn: number | null = null, ...args: number[]): number | null {
    const result = this.attempt(this.instance, name, ...(conn === null ? args : [conn, ...args]));
    if (typeof result === "object") this.recover(result, name, conn);
    this.collect();
    return typeof result === "object" ? null : result;
  }

  /** Tells the guest to finish. */
  stop(): void {
    this.stopping = true;
    this.call("stop");
  }

  /** Starts the app anew. No connection is open. */
  restart(): void {
    this.stopping = false;
    this.instance = this.start();
  }

  /** Passes received bytes on. */
  receive(conn: number, bytes: Uint8Array): void {
    this.instance.receive(bytes);
    this.call("on_data", conn, bytes.length);
  }

  get receiveSize(): number {
    return this.instance.get("receiveSize");
  }

  /** When `on_timer` is due, as `Clock.now`; null where the guest waits for no time. */
  get deadline(): number | null {
    return (this.instance.get("flags") & Flag.DEADLINE) === 0 ? null : this.instance.get("deadline");
  }

  get memorySize(): number {
    return this.instance.memorySize;
  }

  get exports(): Readonly<Record<string, unknown>> {
    return this.instance.exports;
  }

  private start(): Instance {
    const { restartWanted } = this.natives;
    this.natives.files.closeAll();
    this.natives.device.stopWatching();
    const instance = new Instance(this.module, this.natives);
    instance.set("fuel", this.options.fuel);
    const { maxConns } = this.options;
    const initialized = this.attempt(instance, "_initialize");
    const limit = typeof initialized === "object" ? initialized : this.attempt(instance, "boot", maxConns);
    if (typeof limit === "object") throw new LoadError(limit.reason);
    if (limit < 1 || limit > maxConns) {
      throw new LoadError(`the app serves ${limit} connections: it must be 1 to ${maxConns}`);
    }
    this.connections.limit = limit;
    if (this.natives.restartWanted && !restartWanted) {
      this.natives.log(levels.indexOf("warn"), "the app restarts while it starts: ignored, it would never end");
      this.natives.restartWanted = false;
    }
    return instance;
  }

  private attempt(instance: Instance, name: string, ...args: number[]): number | Trap {
    instance.set("now", this.clock.now);
    instance.set("unixTime", Math.floor(this.clock.unixMillis / 1000));
    instance.set("file", 0);
    this.natives.files.age();
    try {
      return instance.call(name, ...args) ?? 0;
    } catch (error) {
      const trap = trapOf(error);
      return { ...trap, reason: trap.reason + instance.place(error) };
    }
  }

  /** A collection that stops half-way, however it does, leaves a heap that nobody can use. */
  private collect(): void {
    const flags = this.instance.get("flags");
    if ((flags & Flag.COLLECT) === 0) return;
    this.instance.set("flags", flags & ~Flag.COLLECT);
    const result = this.attempt(this.instance, "collect");
    if (typeof result === "object") this.replace(result, "collect", null);
  }

  /** Goes on after a trap: in the same instance after an abort, in a new one after any other. */
  private recover(trap: Trap, where: string, conn: number | null): void {
    const served = conn !== null && conn < this.connections.limit && this.connections.at(conn) !== undefined;
    const faulting = served ? conn : null;
    if (!trap.aborted) return this.replace(trap, where, faulting);
    this.logError(`${trap.reason}, in ${where}`);
    this.natives.files.closeFresh();
    const second = this.answerFault(faulting ?? NO_CONNECTION);
    if (second !== null && (!second.aborted || faulting === null)) this.replace(second, "on_fault", null);
  }

  /**
   * A new instance: the idle connections and the one that trapped go on in it, unless that is in the middle of a file.
   * The others are reset; all others where the server is ending, since the new instance does not know that.
   */
  private replace(trap: Trap, where: string, faulting: number | null): void {
    const busy = this.connections
      .numbers()
      .filter((conn) => this.hasFile(conn) || (conn !== faulting && (this.stopping || !this.isIdle(conn))));
    for (const conn of busy) this.connections.close(conn, "reset");
    const kept = this.connections.numbers().length;
    this.logError(
      `${trap.reason}, in ${where}: the app starts anew, ${kept} connections go on, ${busy.length} are reset`,
    );
    // Ends, since each round that fails has reset a connection.
    do this.instance = this.start();
    while (!this.reopen(faulting));
  }

  /** Makes the open connections known to a new instance; false where that one is torn too. */
  private reopen(faulting: number | null): boolean {
    for (const conn of this.connections.numbers()) {
      if (conn >= this.connections.limit) {
        this.connections.close(conn, "reset");
        continue;
      }
      this.connections.at(conn)?.renew();
      const trap = this.attemptFor(conn, "on_open");
      if (trap !== null && !trap.aborted) return false;
    }
    if (faulting === null || this.connections.at(faulting) === undefined) return true;
    return this.answerFault(faulting)?.aborted !== false;
  }

  /** Has the guest answer for what trapped; once more where it, or the app in it, aborts in that. */
  private answerFault(conn: number): Trap | null {
    const result = this.attempt(this.instance, "on_fault", conn);
    if (typeof result !== "object") return null;
    if (!result.aborted) return this.giveUp(result, conn, "on_fault");
    this.logError(`${result.reason}, in on_fault`);
    this.natives.files.closeFresh();
    return this.attemptFor(conn, "on_fault");
  }

  /** A call while recovering: a trap there costs the connection, if it is for one. */
  private attemptFor(conn: number, name: string): Trap | null {
    const result = this.attempt(this.instance, name, conn);
    return typeof result === "object" ? this.giveUp(result, conn, name) : null;
  }

  private giveUp(trap: Trap, conn: number, name: string): Trap {
    if (conn === NO_CONNECTION) return trap;
    this.logError(`${trap.reason}, in ${name}: the connection is reset`);
    this.connections.close(conn, "reset");
    return trap;
  }

  private hasFile(conn: number): boolean {
    return (this.connections.at(conn)?.file ?? null) !== null;
  }

  private isIdle(conn: number): boolean {
    return conn < this.connections.limit && this.attempt(this.instance, "is_idle", conn) === 1;
  }

  private logError(text: string): void {
    this.natives.log(levels.indexOf("error"), text);
  }
}

/** A trap, from what a call threw; V8 reports a full stack as a RangeError. An error of the host's own is thrown on. */
function trapOf(error: unknown): Trap {
  if (error instanceof Abort) return { reason: error.message, aborted: true };
  if (error instanceof RangeError) return { reason: "stack overflow", aborted: false };
  if (error instanceof WebAssembly.RuntimeError) return { reason: error.message, aborted: false };
  throw error;
}
