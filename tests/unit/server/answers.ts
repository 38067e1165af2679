/** Tests of answers: what a Response is on the wire. */

import { clearHead } from "microserver/http/head";
import { Method } from "microserver/http/method";
import { head } from "microserver/http/parser";
import { answer } from "microserver/server/answer";
import { Connection } from "microserver/server/connection";
import { freeShared, Response } from "microserver/server/response";
import { settings } from "microserver/server/settings";
import { prepareLines } from "microserver/server/transmit";
import { host } from "microserver/server/window";
import { readLatin1 } from "../latin1";
import { Row, testRow } from "../table";

/** Lines that every answer has here, the connection's first. */
const DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
const SERVER = "Server: MicroServer\r\n";
const CONNECTION = "Connection: keep-alive\r\nKeep-Alive: timeout=5, max=99\r\n";

prepareLines("MicroServer", 5);
host.unixTime = 784111777;

/** Makes the current request an ordinary one; the next answer takes the shared one or, with `isOwn`, memory of its own. */
export function beginRequest(isOwn: bool = false): void {
  clearHead(head);
  head.method = <u16>Method.GET;
  freeShared();
  if (isOwn) Response.empty();
}

/** The bytes of an answer. The host of unit tests takes none, so that all are queued. */
export function bytesOf(response: Response, c: Connection = new Connection(0)): string {
  answer(c, response);
  const queue = c.queue;
  c.queue = null;
  return queue ? readLatin1(queue.start, queue.end) : "";
}

/** The same with "|" for line ends in the head, without the lines that every answer has. */
export function textOf(response: Response): string {
  const bytes = bytesOf(response);
  const end = bytes.indexOf("\r\n\r\n") + 2;
  let lines = bytes.substring(0, end);
  if (!lines.includes(DATE + SERVER) || !lines.endsWith(CONNECTION)) return bytes;
  lines = lines.replace(DATE + SERVER, "").replace(CONNECTION, "");
  return lines.replaceAll("\r\n", "|") + bytes.substring(end + 2);
}

/** An answer, made in the transmit window and in memory of its own, and its text. */
export function writes(name: string, make: () => Response, expected: string): void {
  testRow(name, new WriteRow(make, expected));
}

class WriteRow extends Row {
  constructor(
    private make: () => Response,
    private expected: string,
  ) {
    super();
  }

  check(): void {
    settings.requestLimit = 100;
    beginRequest();
    expect(textOf(this.make())).toBe(this.expected);
    beginRequest(true);
    expect(textOf(this.make())).toBe(this.expected, "in memory of its own");
  }
}
