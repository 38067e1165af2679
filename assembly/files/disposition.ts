import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { freeScratch, takeScratch } from "../bytes/scratch";
import { encodeText } from "../bytes/text";

// @ts-ignore: decorator
@inline const PERCENT: u32 = 0x25;
// @ts-ignore: decorator
@inline const QUOTE: u32 = 0x22;
// @ts-ignore: decorator
@inline const BACKSLASH: u32 = 0x5c;

/**
 * Appends the line Content-Disposition that has a client save the content under a name (RFC 6266). A name that is not plain
 * ASCII stands there twice: for old clients with "_" in place of what they might misread, and as it is, in UTF-8.
 */
export function appendDisposition(out: Output, name: string): void {
  out.ascii(ascii('Content-Disposition: attachment; filename="'));
  let isPlain = true;
  for (let i = 0; i < name.length; i++) {
    const code = <u32>name.charCodeAt(i);
    const isKept = code - 0x20 < 0x5f && code != QUOTE && code != BACKSLASH && code != PERCENT;
    out.byte(isKept ? code : 0x5f);
    if (!isKept) isPlain = false;
  }
  out.byte(QUOTE);
  if (!isPlain) {
    out.ascii(ascii("; filename*=UTF-8''"));
    const bytes = takeScratch(name.length * 3);
    const from = changetype<usize>(name);
    const end = encodeText(from, from + ((<usize>name.length) << 1), bytes);
    for (let p = bytes; p < end; p++) appendEncoded(out, load<u8>(p));
    freeScratch(bytes);
  }
  out.ascii(ascii("\r\n"));
}

/** Appends a byte of an extended parameter value (RFC 8187 §3.2.1): of all that may stand for itself, what does so everywhere. */
function appendEncoded(out: Output, code: u32): void {
  const isWord = (code | 0x20) - 0x61 < 26 || code - 0x30 < 10 || code == 0x2d || code == 0x2e || code == 0x5f;
  if (isWord) return out.byte(code);
  out.byte(PERCENT);
  out.byte(hexDigit(code >> 4));
  out.byte(hexDigit(code & 15));
}

function hexDigit(value: u32): u32 {
  return value + (value < 10 ? 0x30 : 0x37);
}
