/** The virtual host: what the C host does on sockets and a clock, done on arrays and a number. */

import type { Board } from "./board.js";
import type { Clock } from "./clock.js";
import type { Socket } from "./connection.js";
import { Connections } from "./connections.js";
import { Device } from "./device.js";
import { FileSend } from "./file-send.js";
import type { Files } from "./files.js";
import { Guest, type GuestOptions } from "./guest.js";
import type { Natives } from "./instance.js";
import { OpenFiles } from "./open-files.js";
import { Close, FileError, levels, Limit } from "./table.js";

export interface LogLine {
  /** "error", "warn", "info" or "debug". */
  readonly level: string;
  readonly text: string;
}

export interface HostOptions extends GuestOptions {
  /** What the guest's `Math.random` starts from. */
  readonly seed: number;
  readonly board: Board;
  readonly files: Files;
}

/** Calls of `on_timer` with neither time nor an event between them, after which the guest is taken to be stuck. */
const TIMER_ROUNDS = 10_000;
/** Traps of `on_timer` in a row after which it waits, and for how long in ms: of several timers each may trap once. */
const TIMER_TRAPS = 16;
const TIMER_HOLD = 1000;
/** Time in ms that connections have to finish when the server is stopped. */
const STOP = 5000;
/** Time in ms that connections have to finish when the app asked for a restart. */
const RESTART = 2000;
/** Longest line of the log in bytes. */
const LOG_LINE = 512;
/** Longest step in time, in ms: deadlines are compared in 32 bits. */
const STEP = 0x4000_0000;

export class Host implements Natives {
  readonly lines: LogLine[] = [];
  readonly device: Device;
  readonly files: OpenFiles;
  restartWanted = false;
  private readonly connections = new Connections();
  private readonly guest: Guest;
  /** Connections that wait to be accepted. */
  private readonly backlog: Socket[] = [];
  private timerRounds = 0;
  private timerTraps = 0;
  /** When `on_timer` may be called, as `Clock.elapsed`: later after too many traps. */
  private timerFrom = 0;
  /** When all connections are closed, as `Clock.elapsed`; Infinity before `stop` and restarts. */
  private end = Infinity;
  private restarting = false;

  /** Loads a module and starts the app. Throws LoadError where it cannot run. */
  constructor(
    module: WebAssembly.Module,
    private readonly clock: Clock,
    private readonly options: HostOptions,
  ) {
    this.device = new Device(options.board, clock, options.seed, (text) => this.log(levels.indexOf("info"), text));
    this.files = new OpenFiles(options.files);
    this.guest = new Guest(module, this, this.connections, clock, options);
    options.board.listener = {
      changed: (pin, high) => this.device.changes.note(pin, high),
      settled: () => this.run(),
    };
  }

  /** Lets the server work until it waits for a client or for time to pass. */
  run(): void {
    while (this.beginRestart() || this.serveAll() || this.accept() || this.fireTimer() || this.finish()) continue;
  }

  /** A client connects. Throws where the server has stopped listening. */
  connect(socket: Socket): void {
    if (this.end !== Infinity && !this.restarting) throw new Error("connection refused: the server has been stopped");
    this.backlog.push(socket);
    this.run();
  }

  /** Moves time, stopping at each deadline on the way. */
  advance(millis: number): void {
    let left = millis;
    while (left > 0) {
      const step = Math.min(left, this.wait(), STEP);
      this.clock.forward(step);
      this.timerRounds = 0;
      left -= step;
      this.run();
    }
  }

  /** Milliseconds until something is due by time; Infinity where nothing is. */
  wait(): number {
    return Math.min(this.untilTimer(), this.open > 0 ? this.end - this.clock.elapsed : Infinity);
  }

  /** Stops accepting, and tells the guest to finish. */
  stop(): void {
    this.restarting = false;
    this.end = this.clock.elapsed + STOP;
    this.guest.stop();
    this.run();
  }

  /** The lines of the guest's route table. */
  routes(): string[] {
    const from = this.lines.length;
    this.guest.call("print_routes");
    return this.lines.splice(from).map((line) => line.text);
  }

  /** How many connections are open. */
  get open(): number {
    return this.connections.numbers().length;
  }

  get memorySize(): number {
    return this.guest.memorySize;
  }

  get exports(): Readonly<Record<string, unknown>> {
    return this.guest.exports;
  }

  /* ---- what the guest calls ---- */

  send(conn: number, bytes: Uint8Array): number {
    const socket = this.connections.at(conn);
    return socket === undefined || socket.broken ? Limit.GONE : socket.send(bytes);
  }

  close(conn: number, how: number): void {
    this.connections.close(conn, how === Close.FLUSH ? "fin" : "reset");
  }

  read(conn: number, on: number): void {
    const socket = this.connections.at(conn);
    if (socket !== undefined) socket.reading = on !== 0;
  }

  peer(conn: number): string {
    return this.connections.at(conn)?.address ?? "";
  }

  log(level: number, text: string): void {
    const line = Buffer.from(text.replace(/[\0-\x1f\x7f]/g, "?"))
      .subarray(0, LOG_LINE)
      .toString();
    this.lines.push({ level: levels[level] ?? "info", text: line });
  }

  sendFile(conn: number, handle: number, offset: number, length: number): number {
    const file = this.files.take(handle);
    const socket = this.connections.at(conn);
    if (file === null) return FileError.FAILED;
    if (socket === undefined || socket.broken) return Limit.GONE;
    if (socket.file !== null) return FileError.BUSY;
    socket.file = new FileSend(this.options.files, file, offset, length);
    if (this.goOn(socket)) return 1;
    return socket.broken ? Limit.GONE : 0;
  }

  fileUnsent(conn: number): number {
    return this.connections.at(conn)?.file?.left ?? 0;
  }

  unixMillis(): number {
    return this.clock.unixMillis;
  }

  seed(): number {
    return this.options.seed;
  }

  /* ---- the event loop ---- */

  /** Serves each connection once; false where none had an event. */
  private serveAll(): boolean {
    let busy = false;
    for (const conn of this.connections.numbers()) {
      const socket = this.connections.at(conn);
      if (socket !== undefined && this.serve(conn, socket)) busy = true;
    }
    return busy;
  }

  private serve(conn: number, socket: Socket): boolean {
    if (socket.broken) {
      this.connections.close(conn, "reset");
      this.guest.call("on_close", conn);
    } else if (socket.blocked && socket.room > 0) {
      socket.blocked = false;
      if (this.goOn(socket)) this.guest.call("on_writable", conn);
    } else if (socket.reading && socket.inbox.length > 0) {
      this.guest.receive(conn, socket.receive(this.guest.receiveSize));
    } else if (socket.reading && socket.ended && !socket.endSeen) {
      socket.endSeen = true;
      this.guest.call("on_end", conn);
    } else {
      return false;
    }
    this.timerRounds = 0;
    return true;
  }

  /** Goes on with the file of a connection, if there is one: false while there is more to do, and where it broke. */
  private goOn(socket: Socket): boolean {
    const sent = socket.sendFile();
    if (sent === "cut") {
      const left = socket.file?.left ?? 0;
      this.log(
        levels.indexOf("warn"),
        `a file that ${socket.address} is sent has become shorter, or cannot be read, with ${left} bytes to go: the connection is reset`,
      );
      socket.broken = true;
    }
    return sent === "all";
  }

  /** Takes up a connection that waits. Where all numbers are taken, the guest gives one up or refuses it. */
  private accept(): boolean {
    const socket = this.restarting ? undefined : this.backlog.shift();
    if (socket === undefined) return false;
    let conn = this.connections.free();
    if (conn === undefined && this.guest.call("reclaim") === 1) conn = this.connections.free();
    this.connections.open(conn ?? this.connections.limit, socket);
    if (conn === undefined) {
      this.guest.call("on_refuse", this.connections.limit);
      this.connections.close(this.connections.limit, "fin");
    } else {
      this.guest.call("on_open", conn);
    }
    return true;
  }

  private fireTimer(): boolean {
    if (this.untilTimer() > 0) return false;
    if (this.device.changes.due) this.timerRounds = 0;
    this.device.changes.due = false;
    if (++this.timerRounds > TIMER_ROUNDS) {
      throw new Error(`the guest sets a deadline that has passed, ${TIMER_ROUNDS} times at the same time`);
    }
    this.timerTraps = this.guest.call("on_timer") === null ? this.timerTraps + 1 : 0;
    this.timerFrom = this.clock.elapsed + (this.timerTraps < TIMER_TRAPS ? 0 : TIMER_HOLD);
    return true;
  }

  private untilTimer(): number {
    const deadline = this.guest.deadline;
    const isDue = this.device.changes.due;
    if (deadline === null && !isDue) return Infinity;
    const left = deadline === null || isDue ? 0 : this.clock.until(deadline);
    return Math.max(left, this.timerFrom - this.clock.elapsed, 0);
  }

  private beginRestart(): boolean {
    if (!this.restartWanted || this.end !== Infinity) return false;
    this.log(levels.indexOf("info"), "the app restarts");
    this.restarting = true;
    this.end = this.clock.elapsed + RESTART;
    this.guest.stop();
    return true;
  }

  /** Ends what has not finished in time, and starts the app anew where it asked for that. */
  private finish(): boolean {
    if (this.open > 0) {
      if (this.clock.elapsed < this.end) return false;
      for (const conn of this.connections.numbers()) this.connections.close(conn, "reset");
      return true;
    }
    if (!this.restarting) return false;
    this.device.reset();
    this.restartWanted = false;
    this.restarting = false;
    this.end = Infinity;
    this.timerTraps = 0;
    this.timerFrom = 0;
    this.guest.restart();
    return true;
  }
}
