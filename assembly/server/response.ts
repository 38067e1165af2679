import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Output } from "../bytes/output";
import { appendCookie, CookieOptions } from "../http/cookie";
import { appendDisposition } from "../files/disposition";
import { fileAt } from "../files/file_response";
import { behindToken, equalsIgnoreCase } from "../http/token";
import { writeJson } from "../json";
import { EventHandler, EventProducer } from "../streams/event_stream";
import { FunctionProducer, StreamHandler } from "../streams/function_stream";
import { PullProducer, Stream } from "../streams/stream";
import { TopicProducer } from "../streams/topic";
import { Producer } from "./activity";
import { contentWindow, CONTENT_SIZE, FIELDS_SIZE, fieldsWindow } from "./transmit";

/** What becomes of a response. */
export const enum Use {
  FRESH,
  /** To be sent by its producer. */
  PRODUCED,
  /** The same, for another protocol: the one of status 101. */
  UPGRADING,
  SENT,
}

/** An answer. It can be sent once: a handler makes a new one for each request. */
export class Response {
  /** Complete field lines that the app has set. */
  fields: Output = new Output();
  content: Output = new Output();
  /** The Content-Type line, where there is one that `type` has not, and "Content-Length: ", as `ascii` text. */
  typeLine: usize = ascii("Content-Length: ");
  type: string | null = null;
  use: Use = Use.FRESH;
  /** Sends what follows the head, where `use` says so. */
  producer: Producer | null = null;

  constructor(
    body: string = "",
    /** Status code, 200 to 599. */
    public status: i32 = 200,
    /** Content-Type; text/plain where it is null and there is a body, none where it is empty. */
    contentType: string | null = null,
  ) {
    if (body.length) {
      this.content.text(body);
      this.typeLine = ascii("Content-Type: text/plain; charset=utf-8\r\nContent-Length: ");
    }
    if (contentType !== null) this.setType(contentType);
  }

  /** `value` as application/json. */
  static json<T>(value: T, status: i32 = 200): Response {
    const response = take(status, ascii("Content-Type: application/json\r\nContent-Length: "));
    writeJson<T>(response.content, value);
    return response;
  }

  /** Text as text/html. */
  static html(text: string, status: i32 = 200): Response {
    return withText(text, status, ascii("Content-Type: text/html; charset=utf-8\r\nContent-Length: "));
  }

  /** Text as text/plain. */
  static plain(text: string, status: i32 = 200): Response {
    return withText(text, status, ascii("Content-Type: text/plain; charset=utf-8\r\nContent-Length: "));
  }

  /** Bytes. They are not copied: leave them as they are from then on. */
  static bytes(bytes: Uint8Array, contentType: string = "application/octet-stream", status: i32 = 200): Response {
    const response = take(status, ascii("Content-Length: "));
    response.setType(contentType);
    response.content.adopt(bytes.buffer, bytes.dataStart, bytes.length);
    return response;
  }

  /** No content: 204 by default. */
  static empty(status: i32 = 204): Response {
    return take(status, ascii("Content-Length: "));
  }

  /**
   * Content that a function writes piece by piece, in chunks or, to HTTP/1.0, up to the end of the connection. The function
   * runs once the head is sent, and may wait.
   */
  static stream(write: StreamHandler, contentType: string = "text/plain; charset=utf-8", status: i32 = 200): Response {
    return produce(status, new FunctionProducer(write), contentType);
  }

  /** Content that a `Stream` makes piece by piece; sent as that of `stream`. */
  static from(stream: Stream, contentType: string = "text/plain; charset=utf-8", status: i32 = 200): Response {
    return produce(status, new PullProducer(stream), contentType);
  }

  /**
   * Server-sent events that a function sends (WHATWG HTML, 9.2). It may wait; where it sends nothing for `keepAlive` ms a
   * comment is sent, with 0 none. It ends with the function, or with the client.
   */
  static sse(send: EventHandler, keepAlive: i32 = 15_000): Response {
    return events(new EventProducer(send, keepAlive));
  }

  /**
   * The events of a topic, for as long as the client stays. Where it does not take them and more than `maxQueue` bytes
   * would wait for it, it misses an event. Comments as those of `sse`.
   */
  static topic(name: string, maxQueue: i32 = 2048, keepAlive: i32 = 15_000): Response {
    return events(new TopicProducer(name, maxQueue, keepAlive));
  }

  /**
   * A file of the host's, with ETag, Last-Modified and ranges: 304, 206 … as the request asks, 404 where there is none.
   * Content-Type is that of its extension, unless `contentType` is given; Cache-Control is set where `maxAge` (s) is not
   * negative. With a status of its own, as 404, it is sent whole.
   */
  static file(path: string, contentType: string = "", maxAge: i32 = -1, status: i32 = 200): Response {
    return fileAt(path, contentType, maxAge, status);
  }

  /** An error in JSON: `{"error": message, "code": status}`. */
  static error(message: string, status: i32 = 500): Response {
    const response = take(status, ascii("Content-Type: application/json\r\nContent-Length: "));
    const content = response.content;
    content.ascii(ascii('{"error": '));
    writeJson<string>(content, message);
    closeError(content, status);
    return response;
  }

  /** Sends the client to `location`. Aborts where that has CR, LF or NUL. */
  static redirect(location: string, status: i32 = 302): Response {
    return take(status, ascii("Content-Length: ")).header("Location", location);
  }

  /**
   * Adds a field line; Content-Type is replaced. Aborts where the name is no token, the value has CR, LF or NUL, or the
   * server sets that field itself (RFC 9110 §5.5).
   */
  header(name: string, value: string): this {
    checkValue(name, value);
    const fields = this.fields;
    const start = fields.length;
    fields.text(name);
    const end = fields.reserve(8);
    const from = fields.start + start;
    const length = <i32>(end - from);
    if (!length || behindToken(from, end) != end) fail(ascii("malformed field name "), name);
    if (length == 12 && equalsIgnoreCase(from, length, ascii("content-type"))) {
      fields.end = from;
      this.setType(value);
      return this;
    }
    if (isOwn(from, length)) fail(ascii("the server itself sets "), name);
    fields.ascii(ascii(": "));
    fields.text(value);
    fields.ascii(ascii("\r\n"));
    return this;
  }

  /**
   * Sets a cookie in the client. The name is a token, the value of printable ASCII without space, quotes, comma, semicolon
   * and backslash: encode others. Aborts where a part of it is malformed.
   */
  cookie(name: string, value: string, options: CookieOptions = new CookieOptions()): this {
    const fields = this.fields;
    fields.ascii(ascii("Set-Cookie: "));
    appendCookie(fields, name, value, options);
    fields.ascii(ascii("\r\n"));
    return this;
  }

  /** Deletes a cookie that was set with the same `path` and `domain`. */
  clearCookie(name: string, options: CookieOptions = new CookieOptions()): this {
    const gone = new CookieOptions();
    gone.path = options.path;
    gone.domain = options.domain;
    gone.secure = options.secure;
    gone.sameSite = options.sameSite;
    gone.maxAge = 0;
    return this.cookie(name, "", gone);
  }

  /** Has the client save the content, under this name, rather than show it. */
  download(name: string): this {
    appendDisposition(this.fields, name);
    return this;
  }

  setType(type: string): void {
    checkValue("Content-Type", type);
    this.typeLine = ascii("Content-Length: ");
    this.type = type.length ? type : null;
  }
}

/** The one that most answers use; its parts lie in the transmit window. */
let shared = share();
/** Whether the answer of the current request may take it. */
let isSharedFree = false;

/** Lets whoever holds the shared one keep it: its parts move to the heap. */
export function detachShared(): void {
  const response = shared;
  if (isSharedFree || response.use == Use.SENT) return;
  response.fields.leaveRegion();
  response.content.leaveRegion();
  shared = share();
}

/** Lets the next answer take the shared one. */
export function freeShared(): void {
  freeSharedNow();
}

/** The same, made part of its caller. */
// @ts-ignore: decorator
@inline
export function freeSharedNow(): void {
  isSharedFree = true;
  const response = shared;
  const fields = response.fields;
  const content = response.content;
  if (changetype<usize>(fields.owner) | changetype<usize>(content.owner)) {
    fields.reset();
    content.reset();
  }
  fields.end = fieldsWindow;
  content.end = contentWindow;
  response.type = null;
  response.use = Use.FRESH;
}

/** An error that the server itself answers with; the `length` bytes at `reason` have no quotes. */
export function errorResponse(status: i32, reason: usize, length: usize): Response {
  const response = take(status, ascii("Content-Type: application/json\r\nContent-Length: "));
  const content = response.content;
  content.ascii(ascii('{"error": "'));
  content.bytes(reason, <i32>length);
  content.byte(0x22);
  closeError(content, status);
  return response;
}

function share(): Response {
  const response = new Response();
  response.fields = new Output(fieldsWindow, FIELDS_SIZE);
  response.content = new Output(contentWindow, CONTENT_SIZE);
  return response;
}

// @ts-ignore: decorator
@inline
function take(status: i32, typeLine: usize): Response {
  const response = isSharedFree ? shared : new Response();
  isSharedFree = false;
  response.status = status;
  response.typeLine = typeLine;
  return response;
}

/** An answer that its producer sends. */
export function produce(status: i32, producer: Producer, contentType: string): Response {
  const response = take(status, ascii("Content-Length: "));
  response.setType(contentType);
  response.use = Use.PRODUCED;
  response.producer = producer;
  return response;
}

function events(producer: Producer): Response {
  const response = produce(200, producer, "text/event-stream");
  response.fields.ascii(ascii("Cache-Control: no-cache\r\n"));
  return response;
}

function withText(text: string, status: i32, typeLine: usize): Response {
  const response = take(status, typeLine);
  response.content.text(text);
  return response;
}

function closeError(content: Output, status: i32): void {
  content.ascii(ascii(', "code": '));
  content.int(status);
  content.byte(0x7d);
}

/** Whether the server sets the field of this name itself. */
function isOwn(name: usize, length: i32): bool {
  switch (length) {
    case 4:
      return equalsIgnoreCase(name, length, ascii("date"));
    case 6:
      return equalsIgnoreCase(name, length, ascii("server"));
    case 10:
      return equalsIgnoreCase(name, length, ascii("connection")) || equalsIgnoreCase(name, length, ascii("keep-alive"));
    case 14:
      return equalsIgnoreCase(name, length, ascii("content-length"));
    case 17:
      return equalsIgnoreCase(name, length, ascii("transfer-encoding"));
    default:
      return false;
  }
}

function checkValue(name: string, value: string): void {
  let p = changetype<usize>(value);
  for (const end = p + ((<usize>value.length) << 1); p < end; p += 2) {
    const unit = <u32>load<u16>(p);
    if (unit <= 0x0d && (unit == 0x0d || unit == 0x0a || unit == 0)) {
      fail(ascii("CR, LF or NUL in the value of "), name);
    }
  }
}
