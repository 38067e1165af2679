/** Text as bytes, one a character: so a table can show any byte, as "\xff". */

/** Writes the first `length` characters of `text` at `to`; returns the address behind them. */
export function writeLatin1(to: usize, text: string, length: i32 = text.length): usize {
  for (let i = 0; i < length; i++) store<u8>(to + i, text.charCodeAt(i));
  return to + length;
}

/** The bytes [from, end). */
export function readLatin1(from: usize, end: usize): string {
  const length = end - from;
  const text = __new(length << 1, idof<string>());
  for (let i: usize = 0; i < length; i++) store<u16>(text + (i << 1), load<u8>(from + i));
  return changetype<string>(text);
}
