// @ts-ignore: decorator
@inline const MAX_LENGTH: i32 = 64;
// @ts-ignore: decorator
@inline const MAX_SUFFIX: i32 = 12;
// @ts-ignore: decorator
@inline const DOT: u32 = 0x2e;

/**
 * A name for a file that a client calls `name`: letters, digits, ".", "-", "_" and what is not ASCII stay, all else becomes
 * "_", and so does a dot at the beginning. At most 64 UTF-16 units; a short suffix survives that.
 */
export function safeName(name: string): string {
  let safe = "";
  for (let i = 0; i < name.length; i++) {
    const code = <u32>name.charCodeAt(i);
    safe += isSafe(code) && (i || code != DOT) ? String.fromCharCode(code) : "_";
  }
  if (safe.length <= MAX_LENGTH) return safe.length ? safe : "file";
  const suffix = suffixOf(safe);
  return cut(safe, MAX_LENGTH - suffix.length) + suffix;
}

/** The name with a number before its suffix, such as `picture-2.png`. */
export function numberedName(name: string, number: i32): string {
  const suffix = suffixOf(name);
  return `${name.substring(0, name.length - suffix.length)}-${number}${suffix}`;
}

/** The last dot and what is behind it, where that is short; else "". */
function suffixOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 && name.length - dot <= MAX_SUFFIX ? name.substring(dot) : "";
}

/** The first `length` units, without half a surrogate pair at the end. */
function cut(text: string, length: i32): string {
  const isHalf = (text.charCodeAt(length - 1) & 0xfc00) == 0xd800;
  return text.substring(0, length - i32(isHalf));
}

function isSafe(code: u32): bool {
  if (code < 0x80) return (code | 0x20) - 0x61 < 26 || code - 0x30 < 10 || code == 0x2d || code == DOT || code == 0x5f;
  // Controls, invisible characters and those that change the direction of text.
  return code >= 0xa0 && code - 0x2000 >= 0x70 && code != 0xfeff && code < 0xfff0;
}
