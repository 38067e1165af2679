// A guest without the server: runs one part of it again and again. The bench calls `run` itself, or sends a connection
// what to run; the answer is then what `run` returned.

import { ABI_VERSION, Close, Limit, Window, close, send } from "microserver/abi";
import { parseHeads } from "./heads";
import { findRoutes } from "./routes";
import { maskByBytes, maskByWords } from "./masks";
import { checkByBytes, checkByWords } from "./texts";

/** What can be run; bench/components/job.ts has the same. */
const enum Job {
  PARSE,
  ROUTE,
  UNMASK,
  UNMASK_BYTES,
  UTF8,
  UTF8_BYTES,
}

/** A job: number, rounds, length of its input, then that. */
// @ts-ignore: decorator
@inline const JOB_HEAD: i32 = 12;
// @ts-ignore: decorator
@inline const RECEIVE: i32 = 1024;

const receive = memory.data(RECEIVE + Limit.RECEIVE_PAD, 16);
const page = changetype<Window>(memory.data(64, 16));
/** Where the job that comes in pieces is put together. */
const job = memory.data(JOB_HEAD + 40_000, 16);
let received = 0;

export const abi_version: i32 = ABI_VERSION;
export const abi_features: i32 = 1;
export const window: usize = changetype<usize>(page);
export const input: usize = job + JOB_HEAD;

page.receive = <u32>receive;
page.receiveSize = RECEIVE;
page.maxConns = 1;

/** Runs a job on the `length` bytes at `input`; returns what all rounds found. */
export function run(number: i32, rounds: i32, length: i32): i32 {
  switch (number) {
    case Job.PARSE:
      return parseHeads(input, length, rounds);
    case Job.ROUTE:
      return findRoutes(input, length, rounds);
    case Job.UNMASK:
      return maskByWords(input, length, rounds);
    case Job.UNMASK_BYTES:
      return maskByBytes(input, length, rounds);
    case Job.UTF8:
      return checkByWords(input, length, rounds);
    case Job.UTF8_BYTES:
      return checkByBytes(input, length, rounds);
    default:
      return -1;
  }
}

export function on_data(conn: i32, length: i32): void {
  memory.copy(job + received, receive, length);
  received += length;
  if (received < JOB_HEAD || received < JOB_HEAD + load<i32>(job, 8)) return;
  received = 0;
  store<i32>(receive, run(load<i32>(job), load<i32>(job, 4), load<i32>(job, 8)));
  send(conn, receive, 4);
}

export function on_end(conn: i32): void {
  close(conn, Close.FLUSH);
}

export function boot(maxConns: i32): i32 {
  return min(maxConns, 1);
}
export function stop(): void {
  close(0, Close.FLUSH);
}
export function reclaim(): i32 {
  return 0;
}
export function is_idle(conn: i32): i32 {
  return 1;
}
export function on_open(conn: i32): void {}
export function on_writable(conn: i32): void {}
export function on_close(conn: i32): void {}
export function on_timer(): void {}
export function on_refuse(conn: i32): void {}
export function on_fault(conn: i32): void {}
export function collect(): void {}
export function print_routes(): void {}
