/** The virtual host: what the C host does on sockets and a clock, done on arrays and a number. */

import type { Clock } from "./clock.js";
import type { Socket } from "./connection.js";
import { Abort, Guest, LoadError, type Natives } from "./guest.js";
import { Close, Flag, levels, Limit } from "./table.js";

export interface LogLine {
  /** "error", "warn", "info" or "debug". */
  readonly level: string;
  readonly text: string;
}

export interface HostOptions {
  /** Connections that the host can hold. */
  readonly maxConns: number;
  /** Loop rounds and calls that app code may spend on one event. */
  readonly fuel: number;
  /** What the guest's `Math.random` starts from. */
  readonly seed: number;
}

/** Calls of `on_timer` without time passing between them, after which the guest is taken to be stuck. */
const TIMER_ROUNDS = 1000;

export class Host implements Natives {
  readonly lines: LogLine[] = [];
  private guest: Guest;
  /** Connections by number; the last place is for the one that is being refused. */
  private readonly slots: (Socket | undefined)[] = [];
  /** Connections that wait to be accepted. */
  private readonly backlog: Socket[] = [];
  private capacity = 0;
  private timerRounds = 0;
  private accepting = true;

  /** Loads a module and starts the app. Throws LoadError where it cannot run. */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly clock: Clock,
    private readonly options: HostOptions,
  ) {
    this.guest = new Guest(module, this);
    this.start();
  }

  /** Lets the server work until it waits for a client or for time to pass. */
  run(): void {
    while (this.fireTimer() || this.serveAll() || this.accept()) continue;
  }

  /** A client connects. Throws where the server has stopped listening. */
  connect(socket: Socket): void {
    if (!this.accepting) throw new Error("connection refused: the server has been stopped");
    this.backlog.push(socket);
    this.run();
  }

  /** Moves time, stopping at each deadline on the way. */
  advance(millis: number): void {
    let left = millis;
    while (left > 0) {
      const due = this.untilDeadline();
      const step = Math.min(left, due, 0x4000_0000);
      this.clock.forward(step);
      this.timerRounds = 0;
      left -= step;
      this.run();
    }
  }

  /** Milliseconds until the guest wants to be called; Infinity where it waits for no time. */
  untilDeadline(): number {
    if ((this.guest.get("flags") & Flag.DEADLINE) === 0) return Infinity;
    return Math.max(this.clock.until(this.guest.get("deadline")), 0);
  }

  /** Stops accepting, and tells the guest to finish. */
  stop(): void {
    this.accepting = false;
    this.call(null, "stop");
    this.run();
  }

  /** The lines of the guest's route table. */
  routes(): string[] {
    const from = this.lines.length;
    this.call(null, "print_routes");
    return this.lines.splice(from).map((line) => line.text);
  }

  /** Connections that are open now. */
  get open(): number {
    return this.slots.filter((socket) => socket !== undefined).length;
  }

  get memorySize(): number {
    return this.guest.memorySize;
  }

  /* ---- what the guest calls ---- */

  send(conn: number, bytes: Uint8Array): number {
    const socket = this.slots[conn];
    if (socket === undefined || socket.closed !== "no" || socket.broken) return Limit.GONE;
    return socket.send(bytes);
  }

  close(conn: number, how: number): void {
    this.slots[conn]?.close(how === Close.RESET ? "reset" : "fin");
  }

  read(conn: number, on: number): void {
    const socket = this.slots[conn];
    if (socket !== undefined) socket.reading = on !== 0;
  }

  peer(conn: number): string {
    return this.slots[conn]?.address ?? "";
  }

  log(level: number, text: string): void {
    this.lines.push({ level: levels[level] ?? "debug", text });
  }

  unixMillis(): number {
    return this.clock.unixMillis;
  }

  seed(): number {
    return this.options.seed;
  }

  /* ---- the event loop ---- */

  private fireTimer(): boolean {
    if (this.untilDeadline() > 0) return false;
    if (++this.timerRounds > TIMER_ROUNDS) {
      throw new Error(`the guest sets a deadline that has passed, ${TIMER_ROUNDS} times at the same time`);
    }
    this.call(null, "on_timer");
    return true;
  }

  private serveAll(): boolean {
    let busy = false;
    for (let conn = 0; conn < this.capacity; conn++) {
      const socket = this.slots[conn];
      if (socket !== undefined && this.serve(conn, socket)) busy = true;
    }
    return busy;
  }

  /** Passes one event of a connection to the guest; false where there is none. */
  private serve(conn: number, socket: Socket): boolean {
    if (socket.broken) {
      this.slots[conn] = undefined;
      this.call(null, "on_close", conn);
    } else if (socket.blocked && socket.room > 0) {
      socket.blocked = false;
      this.call(conn, "on_writable", conn);
    } else if (socket.reading && socket.inbox.length > 0) {
      const bytes = socket.receive(this.guest.get("receiveSize"));
      this.guest.receive(bytes);
      this.call(conn, "on_data", conn, bytes.length);
    } else if (socket.reading && socket.ended && !socket.endSeen) {
      socket.endSeen = true;
      this.call(conn, "on_end", conn);
    } else {
      return false;
    }
    return true;
  }

  private accept(): boolean {
    const socket = this.backlog.shift();
    if (socket === undefined) return false;
    let conn = this.freeNumber();
    if (conn === this.capacity && this.call(null, "reclaim") === 1) conn = this.freeNumber();
    this.slots[conn] = socket;
    this.call(conn, conn < this.capacity ? "on_open" : "on_refuse", conn);
    if (this.slots[this.capacity] !== undefined) this.drop(this.capacity);
    return true;
  }

  /** The lowest number that is free; `capacity` where none is. */
  private freeNumber(): number {
    for (let conn = 0; conn < this.capacity; conn++) if (this.slots[conn] === undefined) return conn;
    return this.capacity;
  }

  private drop(conn: number): void {
    this.slots[conn]?.close("reset");
    this.slots[conn] = undefined;
  }

  /* ---- calls and their faults ---- */

  /** Calls an export that serves `conn`. A trap is dealt with here, and the result is then 0. */
  private call(conn: number | null, name: string, ...args: number[]): number {
    let result = 0;
    try {
      result = this.enter(name, ...args);
    } catch (error) {
      this.fault(error, conn);
    }
    this.settle();
    return result;
  }

  private enter(name: string, ...args: number[]): number {
    this.guest.set("now", this.clock.now);
    this.guest.set("unixTime", Math.floor(this.clock.unixMillis / 1000));
    return this.guest.call(name, ...args);
  }

  /** What follows each call: the numbers of closed connections are free, and garbage is collected where the guest asks. */
  private settle(): void {
    this.slots.forEach((socket, conn) => {
      if (socket !== undefined && socket.closed !== "no") this.slots[conn] = undefined;
    });
    const flags = this.guest.get("flags");
    if ((flags & Flag.COLLECT) === 0) return;
    this.guest.set("flags", flags & ~Flag.COLLECT);
    this.call(null, "collect");
  }

  /** Recovers from a trap: in the same instance after an abort, in a new one after any other. */
  private fault(error: unknown, conn: number | null): void {
    this.log(levels.indexOf("error"), reasonOf(error));
    if (!(error instanceof Abort)) return this.restart(conn);
    if (conn === null || this.slots[conn]?.closed !== "no") return;
    try {
      this.enter("on_fault", conn);
    } catch (second) {
      this.log(levels.indexOf("error"), reasonOf(second));
      this.drop(conn);
      this.restart(null);
    }
  }

  /** A new instance: idle connections and the faulting one go on in it, all others are reset. */
  private restart(faulting: number | null): void {
    const kept = this.slots.map((socket, conn) => socket !== undefined && (conn === faulting || this.isIdle(conn)));
    kept.forEach((keep, conn) => {
      if (!keep) this.drop(conn);
    });
    this.guest = new Guest(this.module, this);
    this.start();
    for (let conn = 0; conn < this.capacity; conn++) {
      const socket = this.slots[conn];
      if (socket === undefined || socket.closed !== "no") continue;
      socket.reading = true;
      socket.blocked = false;
      socket.endSeen = false;
      this.reopen(conn, conn === faulting);
    }
  }

  private reopen(conn: number, faulted: boolean): void {
    try {
      this.enter("on_open", conn);
      if (faulted) this.enter("on_fault", conn);
    } catch (error) {
      this.log(levels.indexOf("error"), reasonOf(error));
      if (!(error instanceof Abort))
        throw new LoadError(`the app failed again while it recovered from a trap: ${reasonOf(error)}`);
      this.drop(conn);
    }
  }

  private isIdle(conn: number): boolean {
    try {
      return conn < this.capacity && this.guest.call("is_idle", conn) === 1;
    } catch (error) {
      if (!isTrap(error)) throw error;
      return false;
    }
  }

  /** Runs the app's top-level code and takes up its settings. */
  private start(): void {
    this.guest.set("fuel", this.options.fuel);
    try {
      this.enter("_initialize");
      this.capacity = this.enter("boot", this.options.maxConns);
    } catch (error) {
      throw new LoadError(`the app failed at its start: ${reasonOf(error)}`);
    }
    if (this.capacity < 1 || this.capacity > this.options.maxConns) {
      throw new LoadError(`boot returned ${this.capacity} connections, of 1 to ${this.options.maxConns}`);
    }
    while (this.slots.length <= this.capacity) this.slots.push(undefined);
    this.settle();
  }
}

/** Whether the guest trapped; anything else is an error of the host's own. V8 reports a full stack as a RangeError. */
function isTrap(error: unknown): error is Error {
  return error instanceof Abort || error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** The text of a trap. What is none is thrown on. */
function reasonOf(error: unknown): string {
  if (!isTrap(error)) throw error;
  if (error instanceof Abort) return error.message;
  return `trap: ${error instanceof RangeError ? "stack overflow" : error.message}`;
}
