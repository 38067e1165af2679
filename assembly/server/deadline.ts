import { Flag } from "../abi";
import { Connection } from "./connection";
import { host } from "./window";

/** Sets when a connection's wait is over, `ms` from now. */
// @ts-ignore: decorator
@inline
export function wait(c: Connection, ms: u32): void {
  const deadline = host.now + ms;
  c.deadline = deadline;
  announce(deadline);
}

/** Tells the host to call `on_timer` at `deadline` at the latest. */
// @ts-ignore: decorator
@inline
export function announce(deadline: u32): void {
  if (!(host.flags & (<u32>Flag.DEADLINE)) || <i32>(deadline - host.deadline) < 0) {
    host.deadline = deadline;
    host.flags |= <u32>Flag.DEADLINE;
  }
}

/** Whether `deadline` has come. Times wrap after 49 days. */
// @ts-ignore: decorator
@inline
export function isDue(deadline: u32): bool {
  return <i32>(host.now - deadline) >= 0;
}
