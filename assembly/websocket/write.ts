import { FIN, Opcode } from "./opcode";

/** Bytes that the header of a server's frame takes at most. */
// @ts-ignore: decorator
@inline export const MAX_HEADER: i32 = 10;

/**
 * Writes the header of a server's frame, unmasked, right before its payload of `length` bytes (RFC 6455 §5.2).
 * Returns how many bytes that took: 2, 4 or 10.
 */
export function writeHeader(payload: usize, length: u32, opcode: Opcode, isLast: bool = true): i32 {
  const size = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const header = payload - size;
  store<u8>(header, (isLast ? FIN : 0) | (<u32>opcode));
  if (size == 2) store<u8>(header, length, 1);
  else if (size == 4) {
    store<u8>(header, 126, 1);
    store<u8>(header, length >> 8, 2);
    store<u8>(header, length, 3);
  } else {
    store<u8>(header, 127, 1);
    store<u64>(header, bswap(<u64>length), 2);
  }
  return size;
}
