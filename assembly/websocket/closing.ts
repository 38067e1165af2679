import { Close, Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { decodeText } from "../bytes/text";
import { Connection } from "../server/connection";
import { appendPeer, beginLine, endLine } from "../server/log";
import { end } from "../server/send";
import { host } from "../server/window";
import { readClose, writeClose } from "./close";
import { CloseCode } from "./close_code";
import { Endpoint, Phase } from "./endpoint";
import { beginFrame } from "./frame_output";
import { violation } from "./violation";

/** Time in ms in which the client must answer a close frame, and take what is queued. */
// @ts-ignore: decorator
@inline const PATIENCE: u32 = 5000;

/** Begins the closing handshake (RFC 6455 §7.1.2). What comes from now on is dropped. */
export function beginClosing(endpoint: Endpoint, c: Connection, code: CloseCode, reason: string = ""): void {
  sendClose(endpoint, c, code, reason);
  endpoint.phase = Phase.CLOSING;
  endpoint.pulseDue = host.now + PATIENCE;
  endpoint.waiting = 0;
  if (endpoint.buffer) heap.free(endpoint.buffer);
  endpoint.buffer = 0;
}

/**
 * Notes what the client's close frame says, of which this is the unmasked payload. Returns its code, or a negated one to
 * close with.
 */
export function noteClose(endpoint: Endpoint, payload: usize, length: i32): i32 {
  const code = readClose(payload, length);
  if (code < 0) return code;
  endpoint.code = <u16>code;
  if (length > 2) endpoint.closeReason = decodeText(payload + 2, length - 2);
  return code;
}

/** Answers the client's close frame, where it is not the answer itself, and ends: `code` is what `noteClose` returned. */
export function answerClose(endpoint: Endpoint, c: Connection, code: i32): void {
  if (code < 0) return closeFor(endpoint, c, -code, violation);
  if (endpoint.phase == Phase.OPEN) sendClose(endpoint, c, code);
  finishClosing(endpoint, c);
}

/** Fails the connection for an `ascii` reason (RFC 6455 §7.1.7): logs it, sends a close frame and ends. */
export function closeFor(endpoint: Endpoint, c: Connection, code: i32, reason: usize): void {
  const line = beginLine();
  line.int(code);
  line.byte(0x20);
  line.ascii(reason);
  line.ascii(ascii(" from "));
  appendPeer(c.conn);
  endLine(Level.INFO);
  endpoint.code = <u16>code;
  endpoint.closeReason = decodeText(reason + 1, load<u8>(reason));
  if (endpoint.phase == Phase.OPEN) sendClose(endpoint, c, code, endpoint.closeReason);
  finishClosing(endpoint, c);
}

/** App code trapped. */
export function closeAfterFault(endpoint: Endpoint, c: Connection): void {
  if (endpoint.phase == Phase.OPEN) {
    endpoint.code = <u16>CloseCode.INTERNAL_ERROR;
    sendClose(endpoint, c, CloseCode.INTERNAL_ERROR);
  }
  finishClosing(endpoint, c);
}

/** Ends the connection as soon as everything is sent. */
export function finishClosing(endpoint: Endpoint, c: Connection): void {
  if (!c.queue) return end(c, c.isGone ? Close.RESET : Close.FLUSH);
  endpoint.phase = Phase.ENDING;
  endpoint.pulseDue = host.now + PATIENCE;
}

function sendClose(endpoint: Endpoint, c: Connection, code: i32, reason: string = ""): void {
  const out = beginFrame();
  out.reset();
  writeClose(out, code, reason);
  endpoint.push(c, out.start, out.length);
}
