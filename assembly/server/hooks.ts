import { Connection } from "./connection";
import { Response } from "./response";
import { Timer } from "./timers";

/** Where parts of the server that not every app uses come in; null until one does. */
export namespace hooks {
  /** A handler returned without an answer: true where it waits. */
  export let suspended: ((c: Connection) => bool) | null = null;
  /** The function of a timer returned: it may wait. */
  export let timerSuspended: ((timer: Timer) => void) | null = null;
  /** A request for the path [from, to) asks for another protocol: whether it is one for a WebSocket that there is. */
  export let upgrade: ((from: usize, to: usize) => bool) | null = null;
  /** What such routes are listed as, `ascii`. */
  export let upgradeName: usize = 0;
  /**
   * A request with content has begun at an address: the function may set another limit for it; true where its route takes
   * the content in pieces, and all is seen to.
   */
  export let admit: ((c: Connection, base: usize) => bool) | null = null;
  /** App code trapped. */
  export let fault: (() => void) | null = null;
  /** The server answers with an error of its own: null, or what the app answers instead. */
  export let failing: ((status: i32) => Response | null) | null = null;
  /** A message is refused, of which all of the head was read, or nothing that counts. */
  export let refusing: ((c: Connection, hasHead: bool) => void) | null = null;
  /** A request whose handler trapped is answered with a status. */
  export let faulted: ((status: i32) => void) | null = null;
  /** A line of the log, `length` bytes at `from`. */
  export let logging: ((level: i32, from: usize, length: i32) => void) | null = null;
  /** Time for what is due. */
  export let tick: (() => void) | null = null;
}
