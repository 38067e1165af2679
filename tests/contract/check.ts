/** Runs a case against a level, and the rules that every response keeps. */

import assert from "node:assert/strict";
import { STATUS_CODES } from "node:http";
import type { Response } from "../../host/sandbox/index.js";
import { CLIENT, type Case, type Expected } from "./case.js";
import type { Driver } from "./driver.js";

const IMF_FIXDATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** Reason phrases of RFC 9110 where Node still has older ones. */
const REASONS: Readonly<Record<number, string | undefined>> = {
  ...STATUS_CODES,
  413: "Content Too Large",
  422: "Unprocessable Content",
};

/** What a case brought, for comparing: status lines, fields but for Date, contents. */
export type Outcome = readonly string[];

/**
 * Sends the case in `pieces` (together its whole message) on a connection of its own and checks what comes back.
 * Rejects with AssertionError, or ResponseError where a response breaks RFC 9112.
 */
export async function check(driver: Driver, test: Case, pieces: readonly string[] = [test.send]): Promise<Outcome> {
  const peer = await driver.open();
  try {
    for (const piece of pieces) await peer.write(piece);
    if (test.end === true) await peer.end();
    const outcome: string[] = [];
    for (const [index, expected] of test.expect.entries()) {
      const response = await peer.response(expected.method);
      checkResponse(response, withAddress(expected, peer.address));
      const last = index === test.expect.length - 1 && test.closed;
      if (test.end !== true) assert.equal(response.keepAlive, !last, "the Connection field tells what the server does");
      outcome.push(summary(response));
    }
    if (test.closed) {
      assert.equal(await peer.closing(), "fin", "the server closes the connection");
    } else {
      await peer.write("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      assert.equal((await peer.response()).status, 200, "the connection goes on");
    }
    assert.equal(peer.rest, "", "nothing follows");
    return outcome;
  } finally {
    peer.drop();
  }
}

function withAddress(expected: Expected, address: string): Expected {
  if (typeof expected.body !== "string") return expected;
  return { ...expected, body: expected.body.replace(CLIENT, address) };
}

/** Checks a response against what is expected and against the rules for all. */
export function checkResponse(response: Response, expected: Expected): void {
  const { status, headers } = response;
  assert.equal(status, expected.status, response.text);
  assert.equal(response.version, "1.1");
  assert.equal(response.reason, REASONS[status]);
  checkCommonFields(response);
  for (const [name, value] of Object.entries(expected.fields ?? {})) {
    if (value instanceof RegExp) assert.match(headers.get(name) ?? "", value, name);
    else assert.equal(headers.get(name), value, name);
  }
  if (expected.method === "HEAD") return;
  if (expected.body instanceof RegExp) assert.match(response.text, expected.body);
  else if (expected.body !== undefined) assert.equal(Buffer.from(response.bytes).toString("latin1"), expected.body);
  else if (status >= 400) checkError(response);
}

function checkCommonFields({ status, headers, bytes }: Response): void {
  assert.match(headers.get("date") ?? "", IMF_FIXDATE);
  assert.equal(headers.get("server"), "MicroServer");
  const connection = headers.get("connection");
  assert.match(connection ?? "", /^(keep-alive|close)$/);
  const keepAlive = headers.get("keep-alive");
  if (connection === "close") assert.equal(keepAlive, null, "Keep-Alive beside Connection: close");
  else assert.match(keepAlive ?? "", /^timeout=\d+, max=\d+$/);
  if (bytes.length > 0) assert.notEqual(headers.get("content-type"), null, "content without Content-Type");
  if (status === 405) assert.match(headers.get("allow") ?? "", /^[A-Z]+(, [A-Z]+)*$/);
}

/** The server's own form of a failure: `{"error": reason, "code": status}`. */
function checkError(response: Response): void {
  assert.equal(response.headers.get("content-type"), "application/json");
  const { error, code, ...others } = response.json() as { error?: unknown; code?: unknown };
  assert.equal(code, response.status);
  assert.ok(typeof error === "string" && error.length > 0, "a failure says why");
  assert.deepEqual(others, {});
}

function summary({ version, status, reason, headers, bytes }: Response): string {
  const fields = [...headers].filter(([name]) => name !== "Date").map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/${version} ${status} ${reason}`, ...fields, Buffer.from(bytes).toString("latin1")].join("\n");
}
