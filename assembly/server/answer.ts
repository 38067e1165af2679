import { Close } from "../abi";
import { ascii } from "../bytes/ascii";
import { Output } from "../bytes/output";
import { HeadFlag } from "../http/head";
import { Method, methodName } from "../http/method";
import { head } from "../http/parser";
import { Producer } from "./activity";
import { Connection, State } from "./connection";
import { current } from "./current";
import { requestCollection } from "./memory";
import { Response, Use } from "./response";
import { deliver, deliverNow, end as close } from "./send";
import { settings } from "./settings";
import { finishHead, headStart, fieldsWindow, FIELDS_SIZE, isBare } from "./transmit";

/**
 * Sends a response. The connection is closed behind it where it is the last one, or where `c.closing` was set.
 * False where nothing more is to be done for the connection in this event: it is closed, BUSY or must wait for room.
 */
export function answer(c: Connection, response: Response): bool {
  const use = response.use;
  response.use = Use.SENT;
  if (use) return changetype<Producer>(response.producer).begin(c, response);
  const left = requestsLeft(c);

  const fields = response.fields;
  const content = response.content;
  if (changetype<usize>(response.type)) writeType(response);
  const start = headStart(response.status);
  const size = content.length;
  const end = finishHead(fields, response.typeLine, isBare ? -1 : size, left);

  current.conn = -1;

  const length = head.method == <u16>Method.HEAD || isBare ? 0 : size;
  if (fields.start == fieldsWindow && end + size <= fieldsWindow + FIELDS_SIZE) {
    memory.copy(end, content.start, length);
    deliverNow(c, start, <i32>(end - start) + length);
  } else {
    fields.end = end;
    deliverParts(c, start, fields, content, length);
  }
  return completeNow(c);
}

/**
 * Sends a head whose content its producer sends: of `length` bytes, or where that is negative in chunks or, to HTTP/1.0, up
 * to the connection's end. False where no content may follow.
 */
export function sendHead(c: Connection, response: Response, length: i32): bool {
  const start = headStart(response.status);
  let left = requestsLeft(c);
  if (length < 0 && !head.minor && !isBare) {
    c.closing = true;
    left = 0;
  }
  const fields = response.fields;
  if (length < 0 && head.minor && !isBare) fields.ascii(ascii("Transfer-Encoding: chunked\r\n"));
  if (changetype<usize>(response.type)) writeType(response);
  fields.end = finishHead(fields, ascii("Content-Length: "), isBare ? -1 : length, left);
  current.conn = -1;
  deliverParts(c, start, fields, response.content, 0);
  return !isBare && head.method != <u16>Method.HEAD;
}

/** An answer is sent, or queued: what comes next? As `answer` returns. */
export function complete(c: Connection): bool {
  return completeNow(c);
}

// @ts-ignore: decorator
@inline
function completeNow(c: Connection): bool {
  requestCollection();
  if (c.queue) {
    c.state = State.SENDING;
    return false;
  }
  if (c.closing) {
    close(c, Close.FLUSH);
    return false;
  }
  c.state = State.IDLE;
  return true;
}

/** Sends an answer that does not fit into the transmit window. */
function deliverParts(c: Connection, start: usize, fields: Output, content: Output, length: i32): void {
  let fits = 0;
  if (fields.start == fieldsWindow) {
    fits = min(<i32>(fieldsWindow + FIELDS_SIZE - fields.end), length);
    memory.copy(fields.end, content.start, fits);
    deliver(c, start, <i32>(fields.end - start) + fits, null, length - fits);
  } else {
    deliver(c, start, <i32>(fieldsWindow - start), null, fields.length + length);
    deliver(c, fields.start, fields.length, null, length);
  }
  if (fits < length) deliver(c, content.start + fits, length - fits, content.owner);
  content.reset();
}

function writeType(response: Response): void {
  const fields = response.fields;
  fields.ascii(ascii("Content-Type: "));
  fields.text(changetype<string>(response.type));
  fields.ascii(ascii("\r\n"));
}

/** Adds the Allow field (RFC 9110 §10.2.1). */
export function allow(response: Response, methods: i32): Response {
  const fields = response.fields;
  fields.ascii(ascii("Allow: "));
  appendMethods(fields, methods);
  fields.ascii(ascii("\r\n"));
  return response;
}

/** Appends the names of a mask's methods, as `GET, HEAD`. */
export function appendMethods(out: Output, methods: i32): void {
  let isFirst = true;
  for (let method: i32 = Method.GET; method <= Method.OPTIONS; method <<= 1) {
    if (!(methods & method)) continue;
    if (!isFirst) out.ascii(ascii(", "));
    out.ascii(methodName(method));
    isFirst = false;
  }
}

/**
 * Counts a request, and returns how many more its connection may bring; where these are none it is closed behind the answer.
 * RFC 9112 §9.3: HTTP/1.1 persists unless told otherwise, HTTP/1.0 where it asks to.
 */
// @ts-ignore: decorator
@inline
function requestsLeft(c: Connection): i32 {
  const requests = c.requests + 1;
  c.requests = requests;
  const left = settings.requestLimit - requests;
  const flags = head.flags & (HeadFlag.CLOSE | HeadFlag.KEEP_ALIVE);
  if (left > 0 && !c.closing && !(flags & HeadFlag.CLOSE) && (head.minor || flags)) return left;
  c.closing = true;
  return 0;
}
