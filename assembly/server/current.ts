import { Timer } from "./timers";
import { Link, Route } from "../routing/route";

/** The request that is being answered. */
export namespace current {
  /** Number of its connection; -1 while there is no request. */
  export let conn: i32 = -1;
  /** No code may wait now, since nothing could resume it. */
  export let isLocked: bool = false;
  /** The timer whose function runs. */
  export let timer: Timer | null = null;
  /** Address of its head's first byte. */
  export let base: usize = 0;
  export let route: Route | null = null;
  /** Middleware that comes next. */
  export let link: Link | null = null;
  /** Where its path had percent-encoding: the path without it, but for "%2F" and "%25"; else 0. */
  export let decodedPath: usize = 0;
  export let decodedLength: i32 = 0;
  /** Holds the decoded path. */
  export let pathOwner: ArrayBuffer | null = null;
}
