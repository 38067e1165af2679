import { Device, device_get, Level } from "../abi";
import { ascii, copyAscii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { methodName } from "../http/method";
import { head } from "../http/parser";
import { notesTime } from "../logging/active";
import { appendTime } from "../logging/time";
import { current } from "../server/current";
import { hooks } from "../server/hooks";
import { appendPeer, beginLine, endLine, isLogged } from "../server/log";
import { Request } from "../server/request";
import { Response } from "../server/response";
import { host } from "../server/window";
import { Next } from "./chain";
import { Middleware } from "./middleware";

/** Bytes of a path that are shown. */
// @ts-ignore: decorator
@inline const MAX_PATH: i32 = 128;
// @ts-ignore: decorator
@inline const SPACE: u32 = 0x20;
/** From so many µs on, a duration is told in ms, and from so many ms on in s. */
// @ts-ignore: decorator
@inline const UNIT_STEP: u32 = 10000;

/**
 * Writes a line for each request to the log: time, IP address, method, path, status and how long it took to answer, as
 * `2026-01-01T00:00:00Z 192.168.1.5 GET /users/7 200 412 µs`. Of a stream that is the time to its head.
 */
export class Logging extends Middleware {
  constructor() {
    super();
    hooks.faulted = logFault;
  }

  handle(request: Request, next: Next): Response {
    if (!isLogged(Level.INFO)) return next.run(request);
    const started = host.now;
    const clock = device_get(Device.CLOCK, 0);
    const response = next.run(request);
    const line = beginRequest(response.status);
    line.byte(SPACE);
    appendDuration(line, host.now - started, clock);
    endLine(Level.INFO);
    return response;
  }
}

/** A request whose handler trapped. */
function logFault(status: i32): void {
  if (current.conn < 0 || !head.method) return;
  beginRequest(status);
  endLine(Level.INFO);
}

/** Begins a line with all but the duration, in one go: it fits into the line's first room. */
function beginRequest(status: i32): Output {
  const line = beginLine();
  if (!notesTime()) {
    appendTime(line);
    line.byte(SPACE);
  }
  appendPeer(current.conn);
  let p = line.reserve(MAX_PATH + 20);
  store<u8>(p, SPACE);
  p = copyAscii(p + 1, methodName(head.method));
  store<u8>(p, SPACE);
  p = copyPath(p + 1);
  store<u8>(p, SPACE);
  line.end = p + 1;
  line.int(status);
  return line;
}

/** Copies the path as it came, or what stands in its place, to `to`; returns the address behind. */
function copyPath(to: usize): usize {
  let from = current.base + head.path;
  let length = <i32>head.pathLength;
  if (!length) {
    from = current.base + head.target;
    while (load<u8>(from + length) > SPACE && length <= MAX_PATH) length++;
  }
  const shown = min(length, MAX_PATH);
  memory.copy(to, from, shown);
  to += shown;
  return length > MAX_PATH ? copyAscii(to, ascii("…")) : to;
}

/** Appends a time of `ms`, which began when the clock showed `clock` µs. */
function appendDuration(line: Output, ms: u32, clock: i32): void {
  const now = device_get(Device.CLOCK, 0);
  const micros = (now - clock) & i32.MAX_VALUE;
  if (ms < UNIT_STEP / 1000 && clock >= 0 && <u32>micros < UNIT_STEP) {
    line.int(micros);
    line.ascii(ascii(" µs"));
  } else if (ms < UNIT_STEP) {
    line.int(max(ms, <u32>micros / 1000));
    line.ascii(ascii(" ms"));
  } else {
    line.int(ms / 1000);
    line.ascii(ascii(" s"));
  }
}
