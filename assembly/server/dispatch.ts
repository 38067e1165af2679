import { Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { newBuffer } from "../bytes/buffer";
import { decodePath } from "../http/url";
import { HeadFlag, TargetForm } from "../http/head";
import { Method, ROUTABLE_METHODS } from "../http/method";
import { head, headNumber } from "../http/parser";
import { findPhrase, phrase, phraseLength } from "../http/status";
import { rootScope, Route } from "../routing/route";
import { allowedMethods, hasCaptures } from "../routing/router";
import { allow } from "./answer";
import { Connection } from "./connection";
import { current } from "./current";
import { refuel } from "./fuel";
import { hooks } from "./hooks";
import { beginLine, endLine } from "./log";
import { wasExhausted } from "./memory";
import { Request } from "./request";
import { errorResponse, freeShared, freeSharedNow, Response, Use } from "./response";
import { router } from "./settings";
import { status } from "./transmit";

/** Number of the last head, where its route and `allowedMethods` hold for each that equals it; else 0. */
let routedHead: u32 = 0;
/** The same for a route with parameters, whose captures hold for a head at that address. */
let capturedHead: u32 = 0;
let capturedBase: usize = 0;

/** The one request object: it shows the request that is being answered. */
export const request = new Request();

/** Has the request at `base` answered. Null where its handler waits: see `hooks.suspended`. */
// @ts-ignore: decorator
@inline
export function dispatch(c: Connection, base: usize): Response {
  freeSharedNow();
  findRouteNow(c, base);
  const route = current.route;
  refuel();
  const link = (route ? route.scope : rootScope).first;
  return checked(link ? link.run(request) : route ? route.handler(request) : missing());
}

/** Makes the request at `base` current, with its route, which is returned; null where there is none. */
export function findRoute(c: Connection, base: usize): Route | null {
  findRouteNow(c, base);
  return current.route;
}

// @ts-ignore: decorator
@inline
function findRouteNow(c: Connection, base: usize): void {
  current.conn = c.conn;
  current.base = base;
  if (routedHead != headNumber) match(base);
}

/** Finds the route, unless the last one has parameters and holds. */
function match(base: usize): void {
  if (capturedHead == headNumber && capturedBase == base) return;
  let path = base + head.path;
  let end = path + head.pathLength;
  let method = <i32>head.method;
  let isPlain = true;
  if (head.form | (head.flags & (<u16>(HeadFlag.ESCAPED | HeadFlag.UPGRADE)))) {
    if (!locate(base)) return;
    isPlain = false;
    path = located;
    end = locatedEnd;
    method = locatedMethod;
  }
  current.route = router.match(method, path, end);
  routedHead = isPlain && !hasCaptures ? headNumber : 0;
  capturedHead = isPlain && hasCaptures ? headNumber : 0;
  capturedBase = base;
}

/** The response where it can be sent, else a 500. */
// @ts-ignore: decorator
@inline
export function checked(response: Response): Response {
  if (!changetype<usize>(response)) return response;
  if (!(response.use | (response.status ^ status))) return response; // as one that was sent
  const mistake = mistakeOf(response);
  if (!mistake) return response;
  response.fields.reset(); // else middleware adds to one that is kept each time
  return complain(mistake);
}

/** Why a response cannot be sent, an `ascii` text; 0 where it can. */
// @ts-ignore: decorator
@inline
export function mistakeOf(response: Response): usize {
  if (response.use == Use.SENT) return ascii("a Response was sent twice: make one a request");
  if (<u32>(response.status - 200) >= 400 && !(hooks.upgrade && response.use == Use.UPGRADING)) {
    return ascii("a status is 200 to 599");
  }
  return 0;
}

/** Calls what answers the request that is current, as `dispatch` did: where a handler that waited goes on. */
export function redispatch(): Response {
  const route = current.route;
  const link = (route ? route.scope : rootScope).first;
  return link ? link.run(request) : changetype<Route>(route).handler(request);
}

/** The server's answer where no route matches. */
export function missing(): Response {
  if (head.form == <u8>TargetForm.ASTERISK) return allow(Response.empty(), ROUTABLE_METHODS);
  if (head.form == <u8>TargetForm.AUTHORITY) return allow(failure(405), ROUTABLE_METHODS);
  if (head.has(HeadFlag.ESCAPED) && !current.decodedLength) {
    return refusal(400, ascii("malformed percent-encoding"));
  }
  const methods = allowedMethods;
  if (!methods) return failure(404);
  if (methods & Method.WEBSOCKET && head.method == <u16>Method.GET && !(methods & Method.GET)) {
    const response = failure(426);
    response.fields.ascii(ascii("Upgrade: websocket\r\n"));
    return response;
  }
  return allow(failure(405), methods & Method.WEBSOCKET ? methods | Method.GET : methods);
}

/** The path to find a route for, [located, locatedEnd), and the method. */
let located: usize = 0;
let locatedEnd: usize = 0;
let locatedMethod: i32 = 0;

/** Finds the path where it is not plain in the head. False where there is none. */
export function locate(base: usize): bool {
  routedHead = 0;
  capturedHead = 0;
  current.route = null;
  locatedMethod = head.method;
  const form = head.form;
  if (form == <u8>TargetForm.ASTERISK || form == <u8>TargetForm.AUTHORITY) return false;
  located = base + head.path;
  if (!head.pathLength) {
    while (load<u8>(located) != 0x2f) located--;
    head.path = <u16>(located - base);
    head.pathLength = 1;
  }
  locatedEnd = located + head.pathLength;
  if (head.has(HeadFlag.ESCAPED)) {
    if (!decode(located, head.pathLength)) return false;
    located = current.decodedPath;
    locatedEnd = located + current.decodedLength;
  }
  const upgrade = hooks.upgrade;
  if (upgrade && head.has(HeadFlag.UPGRADE) && upgrade(located, locatedEnd)) locatedMethod = Method.WEBSOCKET;
  return true;
}

/** The server's answer where a handler trapped. */
export function fault(): Response {
  const response = failure(wasExhausted() ? 503 : 500);
  const faulted = hooks.faulted;
  if (faulted) faulted(response.status);
  return response;
}

/** The server's own answer of a status. */
export function failure(status: i32): Response {
  const custom = customError(status);
  if (custom) return custom;
  findPhrase(status);
  return errorResponse(status, phrase, phraseLength);
}

/** What the app answers an error with, null where it leaves that to the server. */
// @ts-ignore: decorator
@inline
function customError(status: i32): Response | null {
  const failing = hooks.failing;
  return failing ? failing(status) : null;
}

/** Decodes a path to memory of its own; false where it is malformed. */
function decode(path: usize, length: i32): bool {
  const owner = newBuffer(length + 8);
  current.pathOwner = owner;
  current.decodedPath = changetype<usize>(owner);
  current.decodedLength = max(0, decodePath(path, path + length, current.decodedPath));
  return current.decodedLength > 0;
}

/** The server's answer to a request that it refuses for an `ascii` reason. */
export function refusal(status: i32, reason: usize): Response {
  const custom = customError(status);
  if (custom) return custom;
  return errorResponse(status, reason + 1, load<u8>(reason));
}

/** What `complain` says where a handler returns null and does not wait. */
// @ts-ignore: decorator
@inline export const NO_RESPONSE: usize = ascii("a handler returned no Response");

/** A 500 for a mistake of the app. */
export function complain(mistake: usize): Response {
  const line = beginLine();
  line.ascii(mistake);
  endLine(Level.ERROR);
  freeShared();
  return failure(500);
}
