import { isHostCharacter } from "./token";

/**
 * Whether [from, end) is uri-host [ ":" port ] (RFC 9110 §7.2, RFC 3986 §3.2.2), not empty, without user information.
 */
export function isAuthority(from: usize, end: usize): bool {
  let p = from;
  if (p < end && load<u8>(p) == 0x5b) {
    p++;
    while (p < end && isIpv6Character(load<u8>(p))) p++;
    if (p >= end || p == from + 1 || load<u8>(p++) != 0x5d) return false;
  } else {
    while (p < end && load<u8>(p) != 0x3a && isHostCharacter(load<u8>(p))) p++;
  }
  if (p == from) return false;
  if (p == end) return true;
  if (load<u8>(p++) != 0x3a || end - p > 5) return false;
  let port = 0;
  for (; p < end; p++) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit > 9) return false;
    port = port * 10 + digit;
  }
  return port < 65536;
}

function isIpv6Character(code: u32): bool {
  return code - 0x30 <= 10 || (code | 0x20) - 0x61 < 6 || code == 0x2e;
}
