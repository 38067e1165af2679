import { CloseCode } from "./close_code";

/** What the peer did wrong last: an `ascii` text. */
export let violation: usize = 0;

/** Notes what the peer did wrong and returns the negated close code, which the readers hand on as their result. */
export function refuse(code: CloseCode, what: usize): i32 {
  violation = what;
  return -(<i32>code);
}
