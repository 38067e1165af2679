/** Text as bytes, one a character: so a table can show any byte, as "\xff". */

/** Writes `text` at `to`; returns the address behind it. */
export function writeLatin1(to: usize, text: string): usize {
  for (let i = 0; i < text.length; i++) store<u8>(to + i, text.charCodeAt(i));
  return to + text.length;
}

/** The bytes [from, end). */
export function readLatin1(from: usize, end: usize): string {
  let text = "";
  for (; from < end; from++) text += String.fromCharCode(load<u8>(from));
  return text;
}
