/** The smallest pool with which an app runs. */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { CHIP_HOST } from "../build/bits32.js";
import { Failure } from "../setup/failure.mjs";
import type { Report } from "../setup/steps.mjs";
import { trapping } from "./probes.js";
import { servesSession } from "./session.js";

const SMALLEST = 16;
const LARGEST = 1024;
const BYTES_PER_KIB = 1024;

/**
 * Bytes of the smallest pool with which the app starts, goes on after a trap and serves that many connections; found by
 * bisection, to a KiB.
 *
 * @throws {Failure} where it does not with 1 MiB
 */
export async function neededPool(wasm: string, connections: number, report: Report): Promise<number> {
  const probe = `${CHIP_HOST.folder}/${basename(wasm)}`;
  mkdirSync(CHIP_HOST.folder, { recursive: true });
  writeFileSync(probe, trapping(wasm));
  const serves = (pool: number): Promise<boolean> => {
    report(`pool of ${pool} KiB`);
    return servesSession(CHIP_HOST.program, probe, pool, connections);
  };
  if (!(await serves(LARGEST))) throw new Failure(`${wasm} does not serve the session, even with a pool of 1 MiB`);
  let [tooSmall, enough] = [SMALLEST - 1, LARGEST];
  while (enough - tooSmall > 1) {
    const middle = Math.floor((tooSmall + enough) / 2);
    if (await serves(middle)) enough = middle;
    else tooSmall = middle;
  }
  return enough * BYTES_PER_KIB;
}
