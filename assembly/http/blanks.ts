/** Behind the optional white space (RFC 9110 §5.6.3) that [p, end) begins with. */
export function behindBlanks(p: usize, end: usize): usize {
  while (p < end && isBlank(load<u8>(p))) p++;
  return p;
}

/** Before the optional white space that [from, p) ends with. */
export function beforeBlanks(from: usize, p: usize): usize {
  while (p > from && isBlank(load<u8>(p - 1))) p--;
  return p;
}

// @ts-ignore: decorator
@inline
export function isBlank(code: u32): bool {
  return code == 0x20 || code == 0x09;
}
