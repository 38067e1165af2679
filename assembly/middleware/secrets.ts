import { ascii } from "../bytes/ascii";
import { secureEqualBytes } from "../bytes/equals";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { findField, found, isNamed } from "./field";

// @ts-ignore: decorator
@inline const SPACE: u32 = 0x20;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;
/** Bytes of credentials; longer ones are none. */
// @ts-ignore: decorator
@inline const MAX_CREDENTIALS: i32 = 512;

/** Texts that open a door. */
export class Secrets {
  private bytes: Output = new Output();

  constructor(private next: Secrets | null = null) {}

  /** Adds one: what is written to the result. */
  add(): Output {
    const secret = new Secrets(this.next);
    this.next = secret;
    return secret.bytes;
  }

  /** Whether the `length` bytes at `from` are one of them, in a time that tells only of lengths. */
  has(from: usize, length: i32): bool {
    let isKnown = false;
    let secret = this.next;
    while (secret) {
      const bytes = secret.bytes;
      if (bytes.length == length && secureEqualBytes(bytes.start, from, length)) isKnown = true;
      secret = secret.next;
    }
    return isKnown;
  }
}

/**
 * Finds the credentials of a scheme, an `ascii` text in lower case, in the request's Authorization field (RFC 9110 §11.6.2):
 * they are `found` then.
 */
export function findCredentials(scheme: usize): bool {
  if (!findField(ascii("authorization"))) return false;
  const length = <i32>load<u8>(scheme);
  if (found.length <= length || load<u8>(found.from + length) != SPACE) return false;
  if (!isNamed(found.from, length, scheme + 1)) return false;
  let p = found.from + length;
  const end = found.from + found.length;
  while (p < end && load<u8>(p) == SPACE) p++;
  found.from = p;
  found.length = <i32>(end - p);
  return found.length > 0 && found.length <= MAX_CREDENTIALS;
}

/** Appends a realm; aborts where that cannot stand between quotes (RFC 9110 §5.6.4). */
export function appendRealm(out: Output, realm: string): void {
  const from = out.length;
  out.text(realm);
  for (let p = out.start + from; p < out.end; p++) {
    const code = <u32>load<u8>(p);
    if (code - SPACE > 0x5e || code == QUOTE || code == BACKSLASH) {
      fail(ascii("a realm is printable ASCII without quotes and backslashes, not "), realm);
    }
  }
}
