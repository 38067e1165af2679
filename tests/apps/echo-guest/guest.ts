// A guest without the core: the ABI alone, to try a host with. Each received segment is echoed, and a capital letter at its start says what else is done.

import {
  ABI_VERSION,
  Close,
  Feature,
  Flag,
  Level,
  Limit,
  Window,
  close,
  log,
  peer,
  read,
  send,
} from "../../../assembly/abi";

const RECEIVE = 64;
const CONNECTIONS = 4;
const receive = memory.data(RECEIVE + Limit.RECEIVE_PAD, 16);
const scratch = memory.data(4096, 16);
const page = changetype<Window>(memory.data(64, 16));

export const abi_version: i32 = ABI_VERSION;
export const abi_features: i32 = Feature.HTTP;
export const window: usize = changetype<usize>(page);

/** What a connection is at: idle, at work, or asleep until the timer. */
const enum State {
  IDLE,
  WORK,
  SLEEP,
}

const states = memory.data(CONNECTIONS + 1);
let left: i32 = 0;
let served: i32 = 0;

page.receive = receive as u32;
page.receiveSize = RECEIVE;
page.maxConns = CONNECTIONS;

function state(conn: i32): u8 {
  return load<u8>(states + conn);
}

function setState(conn: i32, value: State): void {
  store<u8>(states + conn, value);
}

function say(conn: i32, text: string): void {
  const bytes = String.UTF8.encode(text);
  send(conn, changetype<usize>(bytes), bytes.byteLength);
}

function report(text: string): void {
  const bytes = String.UTF8.encode(text);
  log(Level.INFO, changetype<usize>(bytes), bytes.byteLength);
}

function sleepUntil(time: u32): void {
  page.deadline = time;
  page.flags |= Flag.DEADLINE;
}

function deeper(n: i32): i32 {
  return n == -1 ? 0 : deeper(n + 1) + 1;
}

function flush(conn: i32): void {
  const taken = send(conn, scratch, left);
  left -= taken;
  if (left == 0) say(conn, ".");
}

export function boot(maxConns: i32): i32 {
  return min(maxConns, CONNECTIONS);
}

export function on_open(conn: i32): void {
  setState(conn, State.IDLE);
  report(`open ${conn}`);
}

export function on_data(conn: i32, length: i32): void {
  served++;
  send(conn, receive, length);
  switch (load<u8>(receive)) {
    case 65: // A
      throw new Error("as asked");
    case 66: // B
      setState(conn, State.WORK);
      break;
    case 67: // C
      close(conn, Close.FLUSH);
      if (send(conn, receive, 1) != Limit.GONE) unreachable();
      break;
    case 70: // F
      memory.fill(scratch, 0x66, 1000);
      left = 1000;
      flush(conn);
      break;
    case 71: // G
      page.flags |= Flag.COLLECT;
      break;
    case 78: // N
      say(conn, `${page.now} ${page.unixTime} ${Date.now()}`);
      break;
    case 79: // O
      load<u8>(0xffff_fff0);
      break;
    case 80: // P
      send(conn, scratch, peer(conn, scratch, 64));
      break;
    case 81: // Q
      send(conn, 0xffff_fff0, 16);
      break;
    case 82: // R
      close(conn, Close.RESET);
      break;
    case 83: // S
      deeper(0);
      break;
    case 84: // T
      setState(conn, State.SLEEP);
      sleepUntil(page.now + 1000);
      break;
    case 85: // U
      throw new Error("twice");
    case 88: // X
      read(conn, 0);
      setState(conn, State.SLEEP);
      sleepUntil(page.now + 1000);
      break;
    case 90: // Z
      sleepUntil(page.now - 1);
      break;
  }
}

export function on_end(conn: i32): void {
  say(conn, "end");
  close(conn, Close.FLUSH);
}

export function on_writable(conn: i32): void {
  flush(conn);
}

export function on_close(conn: i32): void {
  setState(conn, State.IDLE);
  report(`gone ${conn}`);
}

export function on_timer(): void {
  const due = page.deadline;
  if (<i32>(page.now - due) < 0) return;
  if (due == page.now - 1) return;
  page.flags &= ~Flag.DEADLINE;
  for (let conn = 0; conn < CONNECTIONS; conn++) {
    if (state(conn) != State.SLEEP) continue;
    setState(conn, State.IDLE);
    say(conn, `tick ${page.now}`);
    read(conn, 1);
  }
}

export function on_refuse(conn: i32): void {
  say(conn, "full");
  close(conn, Close.FLUSH);
}

export function reclaim(): i32 {
  for (let conn = 0; conn < CONNECTIONS; conn++) {
    if (state(conn) != State.IDLE) continue;
    close(conn, Close.FLUSH);
    return 1;
  }
  return 0;
}

export function is_idle(conn: i32): i32 {
  return i32(state(conn) == State.IDLE);
}

export function on_fault(conn: i32): void {
  if (conn < 0) return;
  if (load<u8>(receive) == 85 /* U */) throw new Error("and again");
  say(conn, `fault after ${served}`);
  setState(conn, State.IDLE);
}

export function collect(): void {
  report("collect");
}

export function print_routes(): void {
  report("GET /");
  report("GET /b");
}

export function stop(): void {
  for (let conn = 0; conn < CONNECTIONS; conn++) if (state(conn) == State.IDLE) close(conn, Close.FLUSH);
}
