import { Close, Flag, Level, read } from "../abi";
import { ascii } from "../bytes/ascii";
import { clearContent, decodeChunked } from "../http/chunked";
import { clearHead, HeadFlag } from "../http/head";
import { bareLength, content, head, isBareHead, parseHead, restoreHead } from "../http/parser";
import { refusalReason, refuse as note } from "../http/refusal";
import { Activity } from "./activity";
import { answer } from "./answer";
import { input, keep, lend, release, resume, take, takeBack } from "./buffer";
import { Connection, State } from "./connection";
import { connectionAt } from "./connections";
import { current } from "./current";
import { wait } from "./deadline";
import { complain, dispatch, fault, NO_RESPONSE, refusal } from "./dispatch";
import { appendPeer, beginLine, endLine } from "./log";
import { hooks } from "./hooks";
import { freeShared } from "./response";
import { deliver, end, flush } from "./send";
import { settings } from "./settings";
import { host, receiveWindow } from "./window";

// @ts-ignore: decorator
@inline const CR: u32 = 0x0d;
// @ts-ignore: decorator
@inline const CR_LF: u32 = 0x0a0d;
/** Flags of a request that has content. */
// @ts-ignore: decorator
@inline const FRAMED: u16 = <u16>(HeadFlag.LENGTH | HeadFlag.CHUNKED);

/** There is room to send again. */
export function sendOn(c: Connection): void {
  if (!flush(c)) return;
  if (c.closing) return end(c, Close.FLUSH);
  proceed(c);
}

/** What follows an answer waits for its turn. */
let servesLater: bool = false;

/** Goes on with the next request of a connection that was not read from: it may wait in the buffer. */
export function proceed(c: Connection): void {
  c.state = State.IDLE;
  read(c.conn, 1);
  if (c.buffer) {
    resume(c);
    serve(c);
  } else if (c.requests >= settings.requestLimit) end(c, Close.FLUSH);
  else rest(c);
}

/** An activity is over, and so is its answer: what `answer` or `complete` returned says what comes next. */
export function goOn(c: Connection, isReady: bool): void {
  if (isReady) {
    if (!servesLater || !c.buffer) return proceed(c);
    c.state = State.READY;
    wait(c, 0);
    return;
  }
  if (c.state == State.SENDING) wait(c, settings.sendTimeout);
  else if (c.state == State.BUSY && takesData(c)) {
    read(c.conn, 1);
    if (!c.buffer) return;
    resume(c);
    feed(c);
  }
}

/** Bytes for a connection that waits for none of a request. */
function receiveElsewhere(c: Connection, length: i32): void {
  if (c.state != State.BUSY) return;
  changetype<Activity>(c.activity).data(c, receiveWindow, receiveWindow + length);
}

function takesData(c: Connection): bool {
  return changetype<Activity>(c.activity).takesData;
}

/** Gives the bytes that are left to the activity. */
function feed(c: Connection): void {
  lend(c);
  if (input.next != input.stop) changetype<Activity>(c.activity).data(c, input.next, input.stop);
  takeBack();
}

/** The peer sends no more. */
export function finish(c: Connection): void {
  c.ended = true;
  if (c.state == State.IDLE) end(c, Close.FLUSH);
  else if (c.state == State.BUSY) changetype<Activity>(c.activity).finish(c);
  else if (c.state != State.SENDING) abandon(c, note(400, ascii("request ends early")));
}

/** A wait is over, or a pause. */
export function expire(c: Connection): void {
  if (c.state == State.READY) proceed(c);
  else if (c.state == State.BUSY) changetype<Activity>(c.activity).expire(c);
  else if (c.state == State.IDLE) end(c, Close.FLUSH);
  else if (c.state == State.SENDING) end(c, Close.RESET);
  else abandon(c, note(408, ascii("request takes too long")));
}

/**
 * A call trapped that served the connection. A handler's request is answered; a new instance answers the connection it was
 * given; an answer that had begun is broken off. What follows waits for its turn: another fault here could not be answered.
 */
export function recover(c: Connection): void {
  servesLater = true;
  if (c.state == State.BUSY) changetype<Activity>(c.activity).fault(c);
  else answerFault(c);
  servesLater = false;
  takeBack();
}

function answerFault(c: Connection): void {
  if (current.conn != c.conn) {
    if (c.requests || c.state != State.IDLE) return end(c, Close.RESET);
    clearHead(head);
    c.closing = true;
    showRefused(c, false);
  }
  freeShared();
  if (!answer(c, fault())) settle(c);
  else if (input.next != input.stop) pause(c);
  else serve(c);
}

/** Goes on with the bytes of [input.next, input.stop). */
function serve(c: Connection): void {
  on_data(c.conn, 0);
}

/** Answers the requests that the `length` bytes in the receive window make whole. */
export function on_data(conn: i32, length: i32): void {
  const c = connectionAt(conn);
  // Mostly a client sends nothing but what was sent last: one head.
  let isKnown = length == bareLength && c.state == State.IDLE && !c.buffer && isBareHead(receiveWindow);
  let next = receiveWindow;
  let requests = 0;
  if (isKnown) {
    restoreHead();
    input.stop = receiveWindow + length;
    content.start = length;
  } else {
    if (c.state > State.CONTENT) return receiveElsewhere(c, length);
    if (length && !take(c, length)) return exhausted(c);
    next = input.next;
    requests = c.requests;
  }
  while (true) {
    const stop = input.stop;
    let base = next;
    if (isKnown) {
      isKnown = false;
      next = stop;
    } else {
      if (c.state == State.IDLE) {
        if (load<u16>(next) == CR_LF) {
          while (load<u16>(next) == CR_LF) next += 2;
          if (next == stop && length && c.requests == requests) return release(c);
        }
        input.next = next;
        if (next == stop) return rest(c);
        if (next + 1 == stop && load<u8>(next) == CR) return holdLineEnd(c, !length || c.requests != requests);
        clearHead(head);
      }
      if (c.state != State.CONTENT) {
        const size = parseHead(next, stop, next == receiveWindow && length == bareLength);
        if (size <= 0) return size ? refuse(c, size) : holdHead(c);
        content.start = size;
        content.length = 0;
      }
      base = next;
      next += content.start;
      if (head.flags & FRAMED) {
        input.next = base;
        if (c.state != State.CONTENT) {
          clearContent(content);
          const admit = hooks.admit;
          if (admit && admit(c, base)) return;
          if (head.contentLength > content.limit && head.has(HeadFlag.LENGTH)) {
            return refuse(c, note(413, ascii("content too large")), true);
          }
        }
        const whole = readContent(next);
        if (whole <= 0) return whole ? refuse(c, whole, true) : holdContent(c);
        next += head.has(HeadFlag.CHUNKED) ? content.source : content.length;
      }
    }
    input.next = next;
    const response = dispatch(c, base);
    if (!changetype<usize>(response)) return suspend(c);
    if (!answer(c, response)) return settle(c);
    if (next == stop) return rest(c);
    if (host.flags & (<u32>Flag.COLLECT)) return pause(c);
  }
}

/** Lets the host collect garbage before the requests that are left. */
function pause(c: Connection): void {
  clearHead(head);
  if (!keep(c, <i32>(input.stop - input.next))) return exhausted(c);
  c.state = State.READY;
  read(c.conn, 0);
  wait(c, 0);
}

/** Keeps half a line end before a request (RFC 9112 §2.2); where it follows an answer, the wait begins. */
function holdLineEnd(c: Connection, isAnswered: bool): void {
  clearHead(head);
  if (!keep(c, 2)) return exhausted(c);
  if (isAnswered) wait(c, settings.idleTimeout);
}

function holdHead(c: Connection): void {
  hold(c, State.HEAD, settings.headTimeout, <i32>(input.stop - input.next));
}

function holdContent(c: Connection): void {
  if (!encourage(c)) return;
  const size = head.has(HeadFlag.CHUNKED) ? content.length : head.contentLength;
  hold(c, State.CONTENT, settings.contentTimeout, <i32>(content.start + size));
}

/** Takes in the content that is there: 1 where it is whole, 0 where more is to come, or a negated status. */
// @ts-ignore: decorator
@inline
function readContent(from: usize): i32 {
  if (!head.has(HeadFlag.CHUNKED)) {
    content.length = min(head.contentLength, <u32>(input.stop - from));
    return i32(content.length == head.contentLength);
  }
  const result = decodeChunked(content, from, input.stop);
  if (!result) {
    content.source = content.length;
    input.stop = from + content.length;
  }
  return result;
}

/** A handler returned without an answer. */
export function suspend(c: Connection): void {
  const suspended = hooks.suspended;
  if (!suspended || !suspended(c)) answer(c, complain(NO_RESPONSE));
  settle(c);
}

/** Goes on behind a request that was taken in pieces up to `input.next`, as `answer` said: the next one waits for its turn. */
export function follow(c: Connection, isReady: bool): void {
  if (!isReady) return settle(c);
  read(c.conn, 1);
  if (input.next == input.stop) rest(c);
  else pause(c);
}

/** Keeps what the peer has sent already while it does not take the answer, or while that is not finished. */
export function settle(c: Connection): void {
  if (c.state == State.BUSY) {
    if (takesData(c)) return feed(c);
  } else if (c.state != State.SENDING) return;
  else wait(c, settings.sendTimeout);
  read(c.conn, 0);
  if ((c.closing && c.state == State.SENDING) || input.next == input.stop) return release(c);
  clearHead(head);
  if (!keep(c, <i32>(input.stop - input.next))) end(c, Close.RESET);
}

/** Waits for the next request. */
// @ts-ignore: decorator
@inline
function rest(c: Connection): void {
  release(c);
  if (c.ended) return end(c, Close.FLUSH);
  wait(c, settings.idleTimeout);
}

/** Waits for the rest of a message, at most `timeout` ms from when that wait began. */
function hold(c: Connection, state: State, timeout: u32, size: i32): void {
  if (!keep(c, size)) return exhausted(c);
  if (c.state == state) return;
  c.state = state;
  wait(c, timeout);
}

/** Sends an interim 100 where the client waits for one (RFC 9110 §10.1.1). False where the connection is gone. */
function encourage(c: Connection): bool {
  if (!head.has(HeadFlag.CONTINUE) || c.state == State.CONTENT || content.length || !head.minor) return true;
  sendContinue(c);
  if (!c.isGone) return true;
  end(c, Close.RESET);
  return false;
}

/** Sends an interim 100. */
export function sendContinue(c: Connection): void {
  const text = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  deliver(c, text + 1, load<u8>(text));
}

/** There is no memory for the message that is open. */
function exhausted(c: Connection): void {
  refuse(c, note(503, ascii("out of memory")));
}

/** Refuses a message that waits for more; `result` is a negated status. */
function abandon(c: Connection, result: i32): void {
  if (c.buffer) resume(c);
  refuse(c, result, c.state == State.CONTENT);
}

/** Refuses a message with a negated status: logs why, answers and closes. */
function refuse(c: Connection, result: i32, hasHead: bool = false): void {
  const status = -result;
  logRefusal(c, status);
  c.closing = true;
  freeShared();
  showRefused(c, hasHead);
  answer(c, refusal(status, refusalReason));
  settle(c);
}

/** Logs that a message is refused, and why. */
export function logRefusal(c: Connection, status: i32): void {
  const line = beginLine();
  line.int(status);
  line.byte(0x20);
  line.ascii(refusalReason);
  line.ascii(ascii(" from "));
  appendPeer(c.conn);
  endLine(Level.INFO);
}

/** Prepares the current request for what answers a refused message. */
// @ts-ignore: decorator
@inline
function showRefused(c: Connection, hasHead: bool): void {
  const refusing = hooks.refusing;
  if (refusing) refusing(c, hasHead);
}
