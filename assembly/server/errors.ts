import { Level } from "../abi";
import { ascii } from "../bytes/ascii";
import { fail } from "../bytes/fail";
import { Head, HeadFlag } from "../http/head";
import { content, forgetHead, head } from "../http/parser";
import { input } from "./buffer";
import { checkSetting } from "./check_setting";
import { Connection } from "./connection";
import { current } from "./current";
import { locate, mistakeOf, request } from "./dispatch";
import { refuel } from "./fuel";
import { hooks } from "./hooks";
import { beginLine, endLine } from "./log";
import { Request } from "./request";
import { freeShared, Response } from "./response";

/** Answers in place of the server's own error. It cannot wait. */
export type ErrorHandler = (request: Request, status: i32) => Response;

/** Stands for each status that has no error handler of its own. */
// @ts-ignore: decorator
@inline export const ANY_STATUS: i32 = 0;

/** The error handler of a status. */
class ErrorRoute {
  constructor(
    readonly status: i32,
    readonly handler: ErrorHandler,
    readonly next: ErrorRoute | null,
  ) {}
}

// @ts-ignore: decorator
@lazy let first: ErrorRoute | null = null;

/** An error handler runs; where it still does when the next error comes, it trapped. */
// @ts-ignore: decorator
@lazy let isRunning: bool = false;

/** Registers the handler of a status, 400 to 599, or of ANY_STATUS. Aborts on any other, and where it has one. */
export function addErrorHandler(status: i32, handler: ErrorHandler): void {
  if (status != ANY_STATUS) checkSetting(ascii("status of onError"), status, 400, 599);
  if (find(status)) fail(ascii("onError: one handler for each status"));
  first = new ErrorRoute(status, handler, first);
  hooks.failing = answerError;
  hooks.refusing = showRefused;
}

function find(status: i32): ErrorRoute | null {
  let route = first;
  while (route && route.status != status) route = route.next;
  return route;
}

/** What the app answers an error with; null where the server does it. */
function answerError(status: i32): Response | null {
  if (isRunning) {
    isRunning = false;
    return null;
  }
  let route = find(status);
  if (!route) route = find(ANY_STATUS);
  if (!route) return null;
  if (current.conn < 0) clearRequest();
  isRunning = true;
  current.isLocked = true;
  refuel();
  const response = route.handler(request, status);
  current.isLocked = false;
  isRunning = false;
  if (response.status == 200) response.status = status;
  const mistake = mistakeOf(response);
  if (!mistake) return response;
  const line = beginLine();
  line.ascii(mistake);
  endLine(Level.ERROR);
  freeShared();
  return null;
}

/** Makes a message that is refused the current request, as far as it was read: all of its head, or nothing. */
function showRefused(c: Connection, hasHead: bool): void {
  current.conn = c.conn;
  if (!hasHead) return clearRequest();
  content.length = 0;
  locate(input.next);
  current.base = input.next;
  current.link = null;
}

/** Makes the current request an empty one. What the answer needs to know of it stays. */
export function clearRequest(): void {
  forgetHead();
  current.route = null;
  current.link = null;
  head.line = 0;
  head.checked = 0;
  head.flags &= ~(<u16>HeadFlag.ESCAPED);
  head.fields = 0;
  const from = offsetof<Head>("section");
  memory.fill(changetype<usize>(head) + from, 0, offsetof<Head>() - from);
  content.start = 0;
  content.length = 0;
  current.base = changetype<usize>(head);
}
