/** A row of the comparison with the MicroPython MicroServer (docs/coming-from-micropython.md), as a test. */

import type { App, Response } from "../../../host/sandbox/index.js";
import { request } from "../case.js";
import type { Driver, Peer } from "../driver.js";

export interface Row {
  readonly row: number;
  /** What the server does. */
  readonly name: string;
  /** Checks it over connections: in the sandbox and against the C host. */
  run?(driver: Driver): Promise<void>;
  /** Checks what needs virtual time, or a look at the log: in the sandbox. */
  sandbox?(app: App): Promise<void>;
}

/** Sends a request on a connection of its own; the answer. */
export async function ask(driver: Driver, method: string, target: string, fields = "", body = ""): Promise<Response> {
  const peer = await driver.open();
  const length = body === "" ? "" : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  await peer.write(request(method, target, length + fields) + Buffer.from(body).toString("latin1"));
  const response = await peer.response(method);
  peer.drop();
  return response;
}

/** Sends raw bytes on a connection of its own; the answer, and whether the server then ends the connection. */
export async function send(driver: Driver, bytes: string): Promise<{ response: Response; peer: Peer }> {
  const peer = await driver.open();
  await peer.write(bytes);
  return { response: await peer.response(), peer };
}

/** The JSON form of the server's errors. */
export function errorOf(response: Response): { error: string; code: number } {
  return response.json() as { error: string; code: number };
}
