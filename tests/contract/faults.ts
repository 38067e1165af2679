/** What handlers of tests/apps/kitchen do wrong, and what becomes of it. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { request } from "./case.js";
import { checkResponse } from "./check.js";
import type { Driver } from "./driver.js";

export interface Fault {
  readonly path: string;
  /** What the log says. */
  readonly reason: RegExp;
  /** Whether the log names the place: by what is in that line of app.ts, or true for the one marked `line of PATH`. */
  readonly located?: boolean | string;
  /** Whether the instance, and with it the app's state, is lost. */
  readonly restarts: boolean;
}

export const faults: readonly Fault[] = [
  { path: "/abort", reason: /as asked/, located: true, restarts: false },
  { path: "/index", reason: /Index out of range/, located: "function index(", restarts: false },
  { path: "/loop", reason: /out of fuel/, located: true, restarts: false },
  { path: "/set?value=%0d%0a", reason: /CR, LF or NUL/, restarts: false },
  { path: "/recurse", reason: /stack overflow/, located: "function deeper(", restarts: true },
  { path: "/read", reason: /out of bounds/, located: "function read(", restarts: true },
  { path: "/write", reason: /out of bounds/, located: "function write(", restarts: true },
  { path: "/divide", reason: /divide by zero/, located: "function divide(", restarts: true },
];

/** The line of tests/apps/kitchen/app.ts where a fault is. */
export async function lineOf({ path, located }: Fault): Promise<number> {
  const source = await readFile(new URL("../../../tests/apps/kitchen/app.ts", import.meta.url), "utf8");
  const mark = typeof located === "string" ? located : `// line of ${path}`;
  const line = source.split("\n").findIndex((text) => text.includes(mark)) + 1;
  assert.notEqual(line, 0, `no line is marked for ${path}`);
  return line;
}

/** Raises a fault beside other connections; checks its answer and that everything goes on. */
export async function checkFault(driver: Driver, fault: Fault): Promise<void> {
  const visits = async (): Promise<number> => {
    const peer = await driver.open();
    await peer.write(request("GET", "/visits", "Connection: close\r\n"));
    const response = await peer.response();
    checkResponse(response, { status: 200, body: /^\d+$/ });
    return Number(response.text);
  };
  const before = await visits();
  const idle = await driver.open();
  await idle.write(request("GET", "/hello"));
  await idle.response();
  const half = await driver.open();
  await half.write("GET /hello HTTP/1.1\r\n");
  const faulting = await driver.open();
  await faulting.write(request("GET", fault.path) + request("GET", "/hello"));

  checkResponse(await faulting.response(), { status: 500 });
  if (!fault.restarts) {
    checkResponse(await faulting.response(), { status: 200, body: "" });
    await half.write("Host: x\r\n\r\n");
    checkResponse(await half.response(), { status: 200, body: "" });
  } else {
    assert.equal(await half.closing(), "reset");
  }
  await idle.write(request("GET", "/hello"));
  checkResponse(await idle.response(), { status: 200, body: "" });
  assert.equal(await visits(), fault.restarts ? 1 : before + 1);
  for (const peer of [idle, half, faulting]) peer.drop();
}
