import { Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { newBuffer } from "../bytes/buffer";
import { decodePath } from "../http/url";
import { HeadFlag, TargetForm } from "../http/head";
import { ROUTABLE_METHODS } from "../http/method";
import { head, headNumber } from "../http/parser";
import { findPhrase, phrase, phraseLength } from "../http/status";
import { allowedMethods, hasCaptures } from "../routing/router";
import { allow } from "./answer";
import { Connection } from "./connection";
import { current } from "./current";
import { refuel } from "./fuel";
import { beginLine, endLine } from "./log";
import { Request } from "./request";
import { errorResponse, freeShared, freeSharedNow, Response } from "./response";
import { router } from "./settings";

/** Number of the last head, where its route and `allowedMethods` hold for each that equals it; else 0. */
let routedHead: u32 = 0;

/** The one request object: it shows the request that is being answered. */
const request = new Request();

/** Runs the handler for the request at `base`. */
// @ts-ignore: decorator
@inline
export function dispatch(c: Connection, base: usize): Response {
  current.conn = c.conn;
  current.base = base;
  freeSharedNow();
  let path = base + head.path;
  let length = <i32>head.pathLength;
  if (head.form | (head.flags & (<u16>HeadFlag.ESCAPED))) {
    if (head.form == <u8>TargetForm.ASTERISK) return allow(Response.empty(), ROUTABLE_METHODS);
    if (head.form == <u8>TargetForm.AUTHORITY) return allow(failure(405), ROUTABLE_METHODS);
    if (!length) {
      while (load<u8>(path) != 0x2f) path--;
      head.path = <u16>(path - base);
      head.pathLength = 1;
      length = 1;
    }
    if (head.has(HeadFlag.ESCAPED)) {
      if (!decode(path, length)) return refusal(400, ascii("malformed percent-encoding"));
      path = current.decodedPath;
      length = current.decodedLength;
    }
  }

  let route = current.route;
  if (routedHead != headNumber) {
    route = router.match(head.method, path, path + length);
    current.route = route;
    routedHead = hasCaptures ? 0 : headNumber;
  }
  if (!route) return allowedMethods ? allow(failure(405), allowedMethods) : failure(404);
  refuel();
  const response = route.handler(request);
  if (response.sent) return complain(ascii("a Response was sent twice: make one a request"));
  if (<u32>(response.status - 200) >= 400) return complain(ascii("a status is 200 to 599"));
  return response;
}

/** The server's own answer of a status. */
export function failure(status: i32): Response {
  findPhrase(status);
  return errorResponse(status, phrase, phraseLength);
}

/** Decodes a path to memory of its own; false where it is malformed. */
function decode(path: usize, length: i32): bool {
  const owner = newBuffer(length + 8);
  current.pathOwner = owner;
  current.decodedPath = changetype<usize>(owner);
  current.decodedLength = decodePath(path, path + length, current.decodedPath);
  return current.decodedLength > 0;
}

/** The server's answer to a request that it refuses for an `ascii` reason. */
export function refusal(status: i32, reason: usize): Response {
  return errorResponse(status, reason + 1, load<u8>(reason));
}

/** A 500 for a mistake of the app. */
function complain(mistake: usize): Response {
  const line = beginLine();
  line.ascii(mistake);
  endLine(Level.ERROR);
  freeShared();
  return failure(500);
}
