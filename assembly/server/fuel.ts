import { host } from "./window";

/** What app code may still spend on this event; the build makes app code count it down. Begins at 0: see docs/abi.md. */
// @ts-ignore: decorator
@global
export let __fuel: i32 = 0;

/** Notes where app code is, for the log of a trap; the build calls it in app code. */
// @ts-ignore: decorator
@global
@inline
export function __enter(file: string, line: i32): void {
  host.file = <u32>changetype<usize>(file);
  host.line = line;
}

/** Gives app code its budget for an event. */
// @ts-ignore: decorator
@inline
export function refuel(): void {
  __fuel = <i32>host.fuel;
}

refuel();
