/** Instructions a request, counted by callgrind on the C host. */

import type { Sent } from "./cases.js";
import { Client, REQUESTS_A_CONNECTION } from "./client.js";
import { HostProcess } from "./host-process.js";
import { Failure } from "../host/setup/failure.mjs";
import { hasTool } from "../host/setup/tools.mjs";

/** Runs a program under callgrind. */
export const VALGRIND: readonly string[] = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];

/** @throws {Failure} where valgrind is missing */
export function checkValgrind(): void {
  if (!hasTool("valgrind")) throw new Failure("valgrind is missing: apt-get install valgrind");
}

/**
 * Instructions in user space that one request costs: the difference of two runs, of which one answers `requests` more,
 * so that start, end and the first requests are not in it.
 *
 * @param prepare is given the port before the first request
 */
export async function instructionsOf(
  wasm: string,
  sent: Sent,
  requests: number,
  prepare: (port: number) => Promise<void> = async () => undefined,
): Promise<number> {
  const few = await totalOf(wasm, sent, REQUESTS_A_CONNECTION, prepare);
  const many = await totalOf(wasm, sent, REQUESTS_A_CONNECTION + requests, prepare);
  return (many - few) / requests;
}

/** Instructions of a whole run of the host. */
async function totalOf(
  wasm: string,
  sent: Sent,
  requests: number,
  prepare: (port: number) => Promise<void>,
): Promise<number> {
  const host = await HostProcess.start(wasm, VALGRIND);
  let log: string;
  try {
    await prepare(host.port);
    const client = new Client(host.port, sent);
    for (let n = 0; n < requests; n++) await client.ask();
    await client.close();
  } finally {
    log = await host.stop();
  }
  return collected(log);
}

/** Instructions that callgrind says it has counted. */
export function collected(log: string, program = "the C host"): number {
  const [, total] = /Collected : (\d+)/.exec(log) ?? [];
  if (total === undefined) throw new Failure(`callgrind counted nothing of ${program}: see above`, { details: log });
  return Number(total);
}
