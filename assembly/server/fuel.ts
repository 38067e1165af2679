import { host } from "./window";

/** What app code may still spend on this event; the build makes app code count it down. Begins at 0: see docs/abi.md. */
// @ts-ignore: decorator
@global
export let __fuel: i32 = 0;

/** Gives app code its budget for an event. */
// @ts-ignore: decorator
@inline
export function refuel(): void {
  __fuel = <i32>host.fuel;
}

refuel();
