/** Tests of requests: what a handler sees of one. */

import { clearHead } from "microserver/http/head";
import { content, head, parseHead } from "microserver/http/parser";
import { Connection } from "microserver/server/connection";
import { dispatch } from "microserver/server/dispatch";
import { Request } from "microserver/server/request";
import { Response } from "microserver/server/response";
import { router } from "microserver/server/settings";
import { writeLatin1 } from "../latin1";
import { Row, testRow } from "../table";

/** Reads something of a request. */
export type Look = (request: Request) => string | null;

const place: usize = heap.alloc(8192);
const ALL_METHODS: i32 = 0x1ff;

let look: Look = (request) => "";
let seen: string | null = null;

/** Registers a pattern, as most routes here only show what the handler sees. */
export function route(pattern: string, methods: i32 = ALL_METHODS): void {
  router.add(methods, pattern, (request) => {
    seen = look(request);
    return Response.empty();
  });
}

/** Answers a message: the bytes of a head, and content. */
export function request(message: string): Response {
  const end = writeLatin1(place, message);
  store<u64>(end, 0);
  clearHead(head);
  const length = parseHead(place, end);
  expect(length).toBeGreaterThan(0, "the head is good");
  content.start = length;
  content.length = message.length - length;
  seen = "no handler saw it";
  return dispatch(new Connection(0), place);
}

/** What a handler sees of a message. */
export function shown(message: string, by: Look): string | null {
  look = by;
  const response = request(message);
  return response.status == 204 ? seen : response.status.toString();
}

/** A message and what its handler sees, "-" for null. */
export function shows(name: string, message: string, by: Look, expected: string): void {
  testRow(name, new ShowRow(message, by, expected));
}

/** A target and what the handler of its GET sees. */
export function showsTarget(target: string, by: Look, expected: string): void {
  shows(target, `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`, by, expected);
}

class ShowRow extends Row {
  constructor(
    private message: string,
    private by: Look,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    const found = shown(this.message, this.by);
    expect(found === null ? "-" : found).toBe(this.expected);
  }
}
