/** Why the last message was refused: an `ascii` text. */
export let refusalReason: usize = 0;

/** Notes the reason of a refusal and returns the negated status, which the parsers hand on as their result. */
export function refuse(status: i32, reason: usize): i32 {
  refusalReason = reason;
  return -status;
}
