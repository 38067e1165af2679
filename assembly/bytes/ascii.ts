/**
 * Static text as UTF-8: the address of its length (u8), its bytes behind it.
 * The build replaces each call by that address, so `text` must be a literal of at most 255 bytes.
 */
export function ascii(text: string): usize {
  return ERROR("ascii() is replaced by the transform microserver-transform: load it in asconfig.json");
}

/** Length in bytes of an `ascii` text. */
// @ts-ignore: decorator
@inline
export function asciiLength(text: usize): i32 {
  return load<u8>(text);
}

/** Copies an `ascii` text to `to`; returns the address behind it. */
// @ts-ignore: decorator
@inline
export function copyAscii(to: usize, text: usize): usize {
  const length = <usize>load<u8>(text);
  memory.copy(to, text + 1, length);
  return to + length;
}
