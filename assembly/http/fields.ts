import { ascii } from "../bytes/ascii";
import { isAuthority } from "./authority";
import { Head, HeadFlag } from "./head";
import { refuse } from "./refusal";
import { equalsIgnoreCase } from "./token";

// @ts-ignore: decorator
@inline const HOST: u32 = 0x74736f68;
// @ts-ignore: decorator
@inline const LOWER: u64 = 0x2020202020202020;

/**
 * Takes from a field line what the connection must know: Host, Content-Length, Transfer-Encoding, Connection and Expect.
 * The value is [value, end). Returns 0, or a negated status.
 */
// @ts-ignore: decorator
@inline
export function readField(head: Head, name: usize, nameLength: i32, value: usize, end: usize): i32 {
  switch (nameLength) {
    case 4:
      return (load<u32>(name) | (<u32>LOWER)) == HOST ? readHost(head, value, end) : 0;
    case 6:
      if (equalsIgnoreCase(name, 6, ascii("expect"))) return readExpect(head, value, end);
      break;
    case 10:
      if (equalsIgnoreCase(name, 10, ascii("connection"))) readConnection(head, value, end);
      break;
    case 14:
      if (equalsIgnoreCase(name, 14, ascii("content-length"))) return readContentLength(head, value, end);
      break;
    case 17:
      if (equalsIgnoreCase(name, 17, ascii("transfer-encoding"))) return readTransferEncoding(head, value, end);
      break;
  }
  return 0;
}

/** RFC 9112 §3.2. */
// @ts-ignore: decorator
@inline
function readHost(head: Head, value: usize, end: usize): i32 {
  if (head.has(HeadFlag.HOST)) return refuse(400, ascii("Host is repeated"));
  if (!isAuthority(value, end)) return refuse(400, ascii("malformed Host"));
  head.set(HeadFlag.HOST);
  return 0;
}

/** RFC 9112 §6.3: digits only, once. */
function readContentLength(head: Head, value: usize, end: usize): i32 {
  if (head.has(HeadFlag.LENGTH)) return refuse(400, ascii("Content-Length is repeated"));
  if (value == end || end - value > 19) return refuse(400, ascii("malformed Content-Length"));
  let length: u64 = 0;
  for (let p = value; p < end; p++) {
    const digit = <u32>load<u8>(p) - 0x30;
    if (digit > 9) return refuse(400, ascii("malformed Content-Length"));
    length = length * 10 + digit;
  }
  head.contentLength = <u32>min<u64>(length, 0xffffffff);
  head.set(HeadFlag.LENGTH);
  return 0;
}

/** RFC 9112 §6.1: "chunked" is the one coding there is, and where it is not the last the end cannot be known. */
function readTransferEncoding(head: Head, value: usize, end: usize): i32 {
  if (head.has(HeadFlag.CHUNKED)) return refuse(400, ascii("Transfer-Encoding is repeated"));
  let others = 0;
  for (let p = value; ;) {
    const from = p;
    while (p < end && load<u8>(p) != 0x2c) p++;
    const chunked = isListed(from, p, ascii("chunked"));
    if (p >= end) {
      if (!chunked) return refuse(400, ascii("chunked is not the last coding"));
      break;
    }
    if (chunked) return refuse(400, ascii("chunked is not the last coding"));
    others++;
    p++;
  }
  if (others) return refuse(501, ascii("unknown transfer coding"));
  head.set(HeadFlag.CHUNKED);
  return 0;
}

/** RFC 9112 §9.3. */
function readConnection(head: Head, value: usize, end: usize): void {
  for (let p = value; p < end; p++) {
    const from = p;
    while (p < end && load<u8>(p) != 0x2c) p++;
    if (isListed(from, p, ascii("close"))) head.set(HeadFlag.CLOSE);
    else if (isListed(from, p, ascii("keep-alive"))) head.set(HeadFlag.KEEP_ALIVE);
    else if (isListed(from, p, ascii("upgrade"))) head.set(HeadFlag.UPGRADE);
  }
}

/** RFC 9110 §10.1.1. */
function readExpect(head: Head, value: usize, end: usize): i32 {
  if (!equalsIgnoreCase(value, <i32>(end - value), ascii("100-continue"))) {
    return refuse(417, ascii("unknown expectation"));
  }
  head.set(HeadFlag.CONTINUE);
  return 0;
}

/** Whether the list element [from, end), white space around it aside, is `name`. */
function isListed(from: usize, end: usize, name: usize): bool {
  while (from < end && (load<u8>(from) == 0x20 || load<u8>(from) == 0x09)) from++;
  while (end > from && (load<u8>(end - 1) == 0x20 || load<u8>(end - 1) == 0x09)) end--;
  return equalsIgnoreCase(from, <i32>(end - from), name);
}
