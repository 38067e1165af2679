import { ascii } from "../bytes/ascii";
import { beforeBlanks, behindBlanks } from "./blanks";
import { Head } from "./head";
import { equalsIgnoreCase } from "./token";

// @ts-ignore: decorator
@inline const COMMA: u32 = 0x2c;
// @ts-ignore: decorator
@inline const SEMICOLON: u32 = 0x3b;

/** Weights in thousandths; -1 where a coding is not named. */
// @ts-ignore: decorator
@inline const FULL: i32 = 1000;

/** What the lists that were read so far say of each coding. */
let gzip: i32 = -1;
let identity: i32 = -1;
let others: i32 = -1;

/**
 * Whether the fields of `head`, whose field table counts from `section`, let the answer have the content coding gzip
 * (RFC 9110 §12.5.3): by name or by "*", with a weight that is not 0 and not below that of identity. False without the field.
 */
export function acceptsGzip(head: Head, section: usize): bool {
  gzip = -1;
  identity = -1;
  others = -1;
  for (let i = 0, n = <i32>head.fields; i < n; i++) {
    const field = head.fieldAt(i);
    if (field.nameLength != 15 || !equalsIgnoreCase(section + field.name, 15, ascii("accept-encoding"))) continue;
    const from = section + field.value;
    readList(from, from + field.valueLength);
  }
  const weight = gzip >= 0 ? gzip : others;
  return weight > 0 && weight >= identity;
}

function readList(from: usize, end: usize): void {
  for (let p = from; p < end; p++) {
    p = behindBlanks(p, end);
    const name = p;
    while (p < end && load<u8>(p) != COMMA && load<u8>(p) != SEMICOLON) p++;
    const length = <i32>(beforeBlanks(name, p) - name);
    const parameter = p;
    while (p < end && load<u8>(p) != COMMA) p++;
    if (equalsIgnoreCase(name, length, ascii("gzip")) || equalsIgnoreCase(name, length, ascii("x-gzip"))) {
      gzip = weightOf(parameter, p);
    } else if (equalsIgnoreCase(name, length, ascii("identity"))) identity = weightOf(parameter, p);
    else if (equalsIgnoreCase(name, length, ascii("*"))) others = weightOf(parameter, p);
  }
}

/** The weight [from, end) behind a coding, such as `;q=0.5` (RFC 9110 §12.4.2): 1 where there is none, 0 where it is malformed. */
function weightOf(from: usize, end: usize): i32 {
  if (from == end) return FULL;
  let p = behindBlanks(from + 1, end);
  end = beforeBlanks(p, end);
  if (end < p + 3 || end > p + 7 || (load<u8>(p) | 0x20) != 0x71 || load<u8>(p, 1) != 0x3d) return 0;
  p += 2;
  let weight = <i32>load<u8>(p++) - 0x30;
  if (weight & ~1 || (p < end && load<u8>(p++) != 0x2e)) return 0;
  for (let i = 0; i < 3; i++) {
    const digit = p < end ? <u32>load<u8>(p++) - 0x30 : 0;
    if (digit > 9) return 0;
    weight = weight * 10 + digit;
  }
  return weight > FULL ? 0 : weight;
}
