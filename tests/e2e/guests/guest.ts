/**
 * A guest without the server's core, to try the host: what it does is told by the first byte of what it
 * receives. `--fuel` tells how a new instance behaves, since no state survives a restart.
 */

import { ABI_VERSION, Close, Flag, Level, Window, close, log, peer, read, send } from "../../../assembly/abi";

const enum Mode {
  FAULT_TRAPS = 101,
  RESTART_TRAPS = 102,
  START_ABORTS = 103,
  START_TRAPS = 104,
  NO_CONNECTIONS = 105,
  BAD_WINDOW = 106,
}

const RECEIVE_SIZE = 4096;
const BIG = 8 << 20;
const CONNECTIONS = 4;

export const abi_version: i32 = ABI_VERSION;
export const abi_features: i32 = 1;
export const window: usize = memory.data(40, 8);

const host = changetype<Window>(window);
const received = memory.data(RECEIVE_SIZE + 16, 8);
const scratch = memory.data(64, 8);
const busy = memory.data(CONNECTIONS + 1, 8);
const known = memory.data(CONNECTIONS + 1, 8);

let left = 0;
let timed = -1;
let timerTraps = false;
let timerReads = false;
let collected = 0;
let collectTraps = false;
let faultAborts = 0;
let closed = 0;
let starts = 0;

function answer(conn: i32, text: string): void {
  const bytes = String.UTF8.encode(text);
  send(conn, changetype<usize>(bytes), bytes.byteLength);
}

function recurse(n: i32): i32 {
  return n == -1 ? 0 : recurse(n + 1) + recurse(n + 2);
}

function divide(a: i32, b: i32): i32 {
  return a / b;
}

function end(conn: i32): void {
  store<u8>(known + conn, 0);
  close(conn, Close.FLUSH);
}

function sendBig(conn: i32): void {
  while (left > 0) {
    const part = min(left, RECEIVE_SIZE);
    const sent = send(conn, received, part);
    if (sent > 0) left -= sent;
    if (sent < part) return;
  }
  end(conn);
}

function after(ms: u32, conn: i32): void {
  timed = conn;
  host.deadline = host.now + ms;
  host.flags |= Flag.DEADLINE;
}

function tellEnvironment(): void {
  console.log("log ü€😀");
  console.warn("warn\nline");
  console.error("error");
  console.debug("debug");
  trace("trace", 2, 1.5, -3);
  if (Math.random() < 0 || Date.now() < 1700000000000 || host.unixTime < 1700000000) unreachable();
}

function foreignCalls(): void {
  for (let conn = -2; conn < 200; conn++) {
    if (conn >= 0 && conn <= CONNECTIONS && load<u8>(known + conn)) continue;
    if (send(conn, scratch, 4) != -1 || peer(conn, scratch, 64) != 0) unreachable();
    read(conn, 1);
    close(conn, Close.RESET);
  }
  log(99, scratch, 0);
}

starts += 1;
if (host.fuel == Mode.START_ABORTS) throw new Error("no way to start");
if (host.fuel == Mode.START_TRAPS) unreachable();
if (host.fuel == Mode.RESTART_TRAPS && send(0, scratch, 0) == 0) unreachable();
host.receive = <u32>received;
host.receiveSize = host.fuel == Mode.BAD_WINDOW ? 0x7fffffff : RECEIVE_SIZE;

export function boot(maxConns: i32): i32 {
  return host.fuel == Mode.NO_CONNECTIONS ? 0 : min(maxConns, CONNECTIONS);
}

export function on_open(conn: i32): void {
  store<u8>(known + conn, 1);
  store<u8>(busy + conn, 0);
}

export function on_data(conn: i32, length: i32): void {
  const first = load<u8>(received);
  switch (first) {
    case 0x65: // e: echo
      send(conn, received, length);
      break;
    case 0x61: // a: abort
      throw new Error("told to abort");
    case 0x41: // A: abort, and in on_fault both times
      faultAborts = 2;
      throw new Error("told to abort");
    case 0x42: // B: abort, and once in on_fault
      faultAborts = 1;
      throw new Error("told to abort");
    case 0x6d: // m: memory out of bounds
      load<u8>(0xfffffff0);
      break;
    case 0x72: // r: recursion
      answer(conn, recurse(0).toString());
      break;
    case 0x75: // u: unreachable
      unreachable();
      break;
    case 0x64: // d: division by zero
      answer(conn, divide(1, timed & 0).toString());
      break;
    case 0x70: // p: pointer out of bounds
      send(conn, 0xfffffff0, 4);
      break;
    case 0x6e: // n: negative length
      send(conn, received, -1);
      break;
    case 0x6c: // l: log out of bounds
      log(Level.INFO, 0x7fffffff, 100);
      break;
    case 0x6f: // o: address given out of bounds
      peer(conn, 0xffffff00, 16);
      break;
    case 0x66: // f: foreign connections
      foreignCalls();
      answer(conn, "ignored");
      break;
    case 0x71: // q: the peer's address
      send(conn, scratch, peer(conn, scratch, 64));
      break;
    case 0x51: // Q: the peer's address, cut
      send(conn, scratch, peer(conn, scratch, 3));
      break;
    case 0x63: // c: close
      answer(conn, "bye");
      end(conn);
      if (send(conn, received, 1) != -1) unreachable();
      break;
    case 0x78: // x: reset
      store<u8>(known + conn, 0);
      close(conn, Close.RESET);
      break;
    case 0x62: // b: big
      left = BIG;
      sendBig(conn);
      break;
    case 0x67: // g: collect
      host.flags |= Flag.COLLECT;
      answer(conn, "soon");
      break;
    case 0x47: // G: collect, which traps
      host.flags |= Flag.COLLECT;
      collectTraps = true;
      break;
    case 0x74: // t: timer
      after(30, conn);
      break;
    case 0x54: // T: timer that aborts
      timerTraps = true;
      after(10, conn);
      break;
    case 0x68: // h: hold reading until the timer
      read(conn, 0);
      timerReads = true;
      after(100, conn);
      answer(conn, "held");
      break;
    case 0x77: // w: at work from now on
      store<u8>(busy + conn, 1);
      answer(conn, "at work");
      break;
    case 0x6b: // k: AssemblyScript's own imports
      tellEnvironment();
      answer(conn, "told");
      break;
    case 0x73: // s: state
      answer(conn, `starts ${starts} collected ${collected} closed ${closed}`);
      break;
  }
}

export function on_end(conn: i32): void {
  answer(conn, "end");
  if (!load<u8>(busy + conn)) end(conn);
}

export function on_writable(conn: i32): void {
  sendBig(conn);
}

export function on_close(conn: i32): void {
  store<u8>(known + conn, 0);
  closed += 1;
}

export function on_timer(): void {
  host.flags &= ~Flag.DEADLINE;
  if (timerTraps) {
    host.flags |= Flag.DEADLINE;
    throw new Error("told to abort in time");
  }
  if (timerReads) read(timed, 1);
  timerReads = false;
  answer(timed, "tick");
}

export function on_refuse(conn: i32): void {
  answer(conn, "full");
  close(conn, Close.FLUSH);
}

export function reclaim(): i32 {
  for (let conn = 0; conn < CONNECTIONS; conn++) {
    if (!load<u8>(known + conn) || load<u8>(busy + conn)) continue;
    end(conn);
    return 1;
  }
  return 0;
}

export function is_idle(conn: i32): i32 {
  return load<u8>(busy + conn) ? 0 : 1;
}

export function on_fault(conn: i32): void {
  if (conn < 0) return;
  if (host.fuel == Mode.FAULT_TRAPS) unreachable();
  if (faultAborts) {
    faultAborts--;
    throw new Error("told to abort once more");
  }
  answer(conn, "fault");
}

export function collect(): void {
  collected += 1;
  if (collectTraps) unreachable();
}

export function print_routes(): void {
  const line = String.UTF8.encode("GET /routes");
  log(Level.INFO, changetype<usize>(line), line.byteLength);
}

export function stop(): void {
  for (let conn = 0; conn < CONNECTIONS; conn++) {
    if (!load<u8>(known + conn)) continue;
    answer(conn, "stopping");
    if (!load<u8>(busy + conn)) end(conn);
  }
}
