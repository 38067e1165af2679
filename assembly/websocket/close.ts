import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { encodeText } from "../bytes/text";
import { CloseCode, isCloseCode } from "./close_code";
import { CONTROL_SIZE, FIN, Opcode } from "./opcode";
import { checkUtf8 } from "./utf8";
import { refuse } from "./violation";

/** Bytes of UTF-8 that a reason may have: a control frame's payload without the code. */
// @ts-ignore: decorator
@inline const REASON_SIZE: i32 = CONTROL_SIZE - 2;

/**
 * Reads the unmasked payload of a close frame (RFC 6455 §5.5.1). Returns its code, NO_STATUS where there is none, or a negated
 * close code: 1002 for half a code or one that must not be sent, 1007 for a reason that is no UTF-8. The reason is all behind
 * the first two bytes. Seven bytes behind the payload can be read.
 */
export function readClose(payload: usize, length: i32): i32 {
  if (!length) return CloseCode.NO_STATUS;
  if (length == 1) return refuse(CloseCode.PROTOCOL_ERROR, ascii("close frame with half a code"));
  const code = <i32>bswap(load<u16>(payload));
  if (!isCloseCode(code)) return refuse(CloseCode.PROTOCOL_ERROR, ascii("close code that must not be sent"));
  if (checkUtf8(0, payload + 2, payload + length)) {
    return refuse(CloseCode.INVALID_DATA, ascii("close reason is no UTF-8"));
  }
  return code;
}

/**
 * Appends a close frame. Of the reason is sent what 123 bytes of UTF-8 hold, in whole characters. With NO_STATUS its payload
 * is empty; any other code is one of `isCloseCode`.
 */
export function writeClose(out: Output, code: i32, reason: string = ""): void {
  const units = min(reason.length, REASON_SIZE);
  const frame = out.reserve(4 + units * 3);
  let size = 0;
  if (code != CloseCode.NO_STATUS) {
    const from = changetype<usize>(reason);
    const text = frame + 4;
    const end = encodeText(from, from + ((<usize>units) << 1), text);
    size = 2 + cut(text, <i32>(end - text));
    store<u16>(frame, bswap(<u16>code), 2);
  }
  store<u8>(frame, FIN | Opcode.CLOSE);
  store<u8>(frame, size, 1);
  out.end = frame + 2 + size;
}

/** Bytes of the whole characters that fit into a reason. */
function cut(text: usize, length: i32): i32 {
  if (length <= REASON_SIZE) return length;
  let end = REASON_SIZE;
  while ((load<u8>(text + end) & 0xc0) == 0x80) end--;
  return end;
}
