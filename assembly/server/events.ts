import { Close, Flag, Level, log } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Method } from "../http/method";
import { limits } from "../http/limits";
import { clearHead } from "../http/head";
import { head } from "../http/parser";
import { Activity } from "./activity";
import { answer, appendMethods } from "./answer";
import { theApp } from "./app";
import { Connection, State } from "./connection";
import { current } from "./current";
import { capacity, connectionAt, enter, makeConnections } from "./connections";
import { announce, isDue, wait } from "./deadline";
import { failure } from "./dispatch";
import { expire, finish, recover, sendOn } from "./http";
import { beginLine } from "./log";
import { hooks } from "./hooks";
import { freeShared } from "./response";
import { end, flush, forget } from "./send";
import { router, settings } from "./settings";
import { prepareLines } from "./transmit";
import { host } from "./window";

// What the host calls, `on_data` aside: docs/abi.md says when.

/** A head may take this long, in ms, before its connection can be given to another client. */
// @ts-ignore: decorator
@inline const PATIENCE: u32 = 2000;

/** The connection that is seen to in a call that names none: its wait is over, or it is refused. */
let expiring: Connection | null = null;

export function boot(maxConns: i32): i32 {
  if (!theApp) fail(ascii("no server: const app = new MicroServer()"));
  limits.body = settings.bodyLimit;
  prepareLines(settings.serverName, settings.idleTimeout / 1000);
  makeConnections(max(1, min(<i32>host.maxConns, maxConns)));
  return capacity;
}

export function on_open(conn: i32): void {
  const c = connectionAt(conn);
  meet(c);
  wait(c, settings.headTimeout);
}

export function on_end(conn: i32): void {
  const c = connectionAt(conn);
  if (c.state != State.CLOSED) finish(c);
}

export function on_writable(conn: i32): void {
  const c = connectionAt(conn);
  if (c.state == State.SENDING) sendOn(c);
  else if (flush(c) && c.state == State.BUSY) changetype<Activity>(c.activity).writable(c);
}

export function on_close(conn: i32): void {
  const c = connectionAt(conn);
  if (c.state != State.CLOSED) forget(c);
}

export function on_timer(): void {
  host.flags &= ~(<u32>Flag.DEADLINE);
  const tick = hooks.tick;
  if (tick) tick();
  for (let i = 0; i < capacity; i++) {
    const c = connectionAt(i);
    if (isOpen(c) && isDue(c.deadline)) expireNow(c);
    if (isOpen(c)) announce(c.deadline);
  }
}

export function on_refuse(conn: i32): void {
  const c = connectionAt(conn);
  meet(c);
  c.closing = true;
  expiring = c;
  clearHead(head);
  freeShared();
  const refusing = hooks.refusing;
  if (refusing) refusing(c, false);
  const response = failure(503);
  response.fields.ascii(ascii("Retry-After: 5\r\n"));
  answer(c, response);
  expiring = null;
  if (isOpen(c)) end(c, Close.FLUSH);
}

export function reclaim(): i32 {
  let victim: Connection | null = null;
  for (let i = 0; i < capacity; i++) {
    const c = connectionAt(i);
    if (isIdle(c) && c.requests && (!victim || <i32>(c.deadline - victim.deadline) < 0)) victim = c;
  }
  if (victim) {
    end(victim, Close.FLUSH);
    return 1;
  }
  const patience = host.now + settings.headTimeout - PATIENCE;
  for (let i = 0; i < capacity; i++) {
    const c = connectionAt(i);
    if (!isOpen(c) || c.state > State.HEAD || <i32>(patience - c.deadline) < 0) continue;
    expireNow(c);
    if (!isOpen(c)) return 1;
  }
  return 0;
}

export function is_idle(conn: i32): i32 {
  return i32(isIdle(connectionAt(conn)));
}

export function on_fault(conn: i32): void {
  const fault = hooks.fault;
  if (fault) fault();
  current.isLocked = false;
  current.timer = null;
  if (conn < 0) {
    announce(host.now);
    const c = expiring;
    if (c && isOpen(c)) recover(c);
    expiring = null;
    return;
  }
  const c = connectionAt(conn);
  if (c.state != State.CLOSED) recover(c);
}

export function collect(): void {
  __collect();
}

export function print_routes(): void {
  let route = router.first;
  while (route) {
    const line = beginLine();
    appendMethods(line, route.methods);
    if (hooks.upgradeName && route.methods & Method.WEBSOCKET) line.ascii(hooks.upgradeName);
    line.byte(0x20);
    line.text(route.pattern);
    log(Level.INFO, line.start, line.length);
    route = route.following;
  }
}

export function stop(): void {
  settings.requestLimit = 0;
  for (let i = 0; i < capacity; i++) {
    const c = connectionAt(i);
    if (c.state == State.IDLE) end(c, Close.FLUSH);
    else if (c.state == State.BUSY) changetype<Activity>(c.activity).stop(c);
  }
}

function expireNow(c: Connection): void {
  expiring = c;
  expire(c);
  expiring = null;
}

/** Takes up a connection. Its number may be of one that the host has reset after a fault. */
function meet(c: Connection): void {
  if (isOpen(c)) forget(c);
  enter(c);
}

function isOpen(c: Connection): bool {
  return c.state != State.CLOSED;
}

function isIdle(c: Connection): bool {
  return c.state == State.IDLE && !c.buffer;
}
