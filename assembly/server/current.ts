import { Route } from "../routing/route";

/** The request that is being answered: where its parts stand. */
export namespace current {
  /** Number of its connection; -1 while there is no request. */
  export let conn: i32 = -1;
  /** First byte of its head. */
  export let base: usize = 0;
  /** The path that was matched: percent-decoded but for "%2F" and "%25" where `escaped`. */
  export let path: usize = 0;
  export let pathLength: i32 = 0;
  export let escaped: bool = false;
  export let content: usize = 0;
  export let contentLength: i32 = 0;
  export let route: Route | null = null;
  /** Holds a decoded path. */
  export let pathOwner: ArrayBuffer | null = null;
}
