import { clearHead } from "microserver/http/head";
import { forgetHead, head, parseHead } from "microserver/http/parser";

/** Parses the head of `length` bytes at `base`, as one that was never seen before. Returns its fields, or a negated status. */
export function parseHeads(base: usize, length: i32, rounds: i32): i32 {
  store<u64>(base + length, 0);
  let fields = 0;
  for (let n = 0; n < rounds; n++) {
    forgetHead();
    clearHead(head);
    const result = parse(base, base + length);
    if (result != length) return result;
    fields += head.fields;
  }
  return fields;
}

function parse(base: usize, end: usize): i32 {
  return parseHead(base, end);
}
