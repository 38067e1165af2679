import { Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { decodePath } from "../http/url";
import { HeadFlag, TargetForm } from "../http/head";
import { Method, ROUTABLE_METHODS } from "../http/method";
import { content, head } from "../http/parser";
import { reasonPhrase } from "../http/status";
import { allowedMethods } from "../routing/router";
import { allow } from "./answer";
import { theApp } from "./app";
import { Connection } from "./connection";
import { current } from "./current";
import { refuel } from "./fuel";
import { beginLine, endLine } from "./log";
import { Request } from "./request";
import { errorResponse, freeShared, Response } from "./response";

/** The one request object: it shows the request that is being answered. */
const request = new Request();

/** Runs the handler for the request at `base`. */
export function dispatch(c: Connection, base: usize): Response {
  current.conn = c.conn;
  current.base = base;
  current.content = base + content.start;
  current.contentLength = content.length;
  freeShared();
  if (head.form > <u8>TargetForm.ABSOLUTE) {
    if (head.form == <u8>TargetForm.ASTERISK) return allow(Response.empty(), ROUTABLE_METHODS);
    return allow(failure(405), ROUTABLE_METHODS);
  }
  current.path = base + head.path;
  current.pathLength = head.pathLength;
  current.escaped = head.has(HeadFlag.ESCAPED);
  if (current.escaped && !decode()) return errorResponse(400, ascii("malformed percent-encoding"));

  const route = theApp!.router.match(head.method, current.path, current.path + current.pathLength);
  current.route = route;
  if (!route) return allowedMethods ? allow(failure(405), allowedMethods) : failure(404);
  refuel();
  const response = route.handler(request);
  if (response.sent) return complain(ascii("a Response can be sent once: make a new one for each request"));
  if (response.status < 200 || response.status > 599) return complain(ascii("a status is 200 to 599"));
  return response;
}

/** The server's own answer of a status. */
export function failure(status: i32): Response {
  return errorResponse(status, reasonPhrase(status));
}

/** Decodes the path to memory of its own; false where it is malformed. */
function decode(): bool {
  const owner = new ArrayBuffer(current.pathLength + 8);
  const path = changetype<usize>(owner);
  const length = decodePath(current.path, current.path + current.pathLength, path);
  current.pathOwner = owner;
  current.path = path;
  current.pathLength = length;
  return length > 0;
}

/** A 500 for a mistake of the app. */
function complain(mistake: usize): Response {
  const line = beginLine();
  line.ascii(mistake);
  endLine(Level.ERROR);
  freeShared();
  return failure(500);
}
