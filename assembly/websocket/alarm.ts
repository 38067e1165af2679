import { Close } from "../abi";
import { ascii } from "../bytes/ascii";
import { Connection } from "../server/connection";
import { announce, isDue } from "../server/deadline";
import { requestCollection } from "../server/memory";
import { end } from "../server/send";
import { host } from "../server/window";
import { CloseCode } from "./close_code";
import { closeFor } from "./closing";
import { Endpoint, Phase } from "./endpoint";
import { beginFrame, endFrame } from "./frame_output";
import { Opcode } from "./opcode";
import { isFull } from "./reading";

/** So long, in ms, that nothing waits for it: without Pings. */
// @ts-ignore: decorator
@inline const NEVER: u32 = 0x3fffffff;

/** Ends what is done in an event: sets the deadline of the connection, where it is still there. */
export function schedule(endpoint: Endpoint): void {
  requestCollection();
  const c = endpoint.connection;
  if (!c) return;
  let due = alarm(endpoint);
  if (endpoint.due && <i32>(endpoint.due - due) < 0) due = endpoint.due;
  if (endpoint.isHeld && !isFull(endpoint, c)) due = host.now;
  c.deadline = due;
  announce(due);
}

/** When the next Ping or the end of a wait for the client is due. */
// @ts-ignore: decorator
@inline
export function alarm(endpoint: Endpoint): u32 {
  return endpoint.missed && endpoint.phase == Phase.OPEN ? nextAlarm(endpoint) : endpoint.pulseDue;
}

function nextAlarm(endpoint: Endpoint): u32 {
  const pong = pongDue(endpoint);
  return <i32>(pong - endpoint.pulseDue) < 0 ? pong : endpoint.pulseDue;
}

/** Begins to wait for the time of the next Ping; those that were missed count no more. */
export function restartPulse(endpoint: Endpoint): void {
  const interval = <u32>endpoint.options.pingInterval * 1000;
  endpoint.missed = 0;
  endpoint.pulseDue = host.now + (interval ? interval : NEVER);
}

/** The time that `alarm` told has come. */
export function pulse(endpoint: Endpoint, c: Connection): void {
  if (endpoint.phase != Phase.OPEN) return end(c, c.queue || c.isGone ? Close.RESET : Close.FLUSH);
  const interval = <u32>endpoint.options.pingInterval * 1000;
  if (!interval || endpoint.waiting) return restartPulse(endpoint);
  if (endpoint.missed && isDue(pongDue(endpoint))) {
    return closeFor(endpoint, c, CloseCode.PROTOCOL_ERROR, ascii("Ping was not answered"));
  }
  endpoint.missed++;
  endpoint.pulseDue += interval;
  if (c.queue) return;
  beginFrame();
  endFrame(Opcode.PING);
  endpoint.pushFrame(c);
}

/** When the oldest Ping that was missed must be answered. */
function pongDue(endpoint: Endpoint): u32 {
  const options = endpoint.options;
  return endpoint.pulseDue + (options.pongTimeout - <i32>endpoint.missed * options.pingInterval) * 1000;
}
