/** The smallest pool with which an app runs. */

import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { Failure } from "../setup/failure.mjs";
import type { Report } from "../setup/steps.mjs";
import type { Chip } from "./chip.js";
import { trapping } from "./probes.js";
import { servesSession } from "./session.js";

/** What the host's `--pool` takes at least. */
const SMALLEST = 16;
const LARGEST = 1024;
const BYTES_PER_KIB = 1024;

export interface NeededMemory {
  /** Bytes of the pool. */
  readonly pool: number;
  /** Bytes that are copied of a compiled module. */
  readonly data: number;
}

/**
 * The smallest pool with which the app starts, goes on after a trap and serves that many connections; found by bisection,
 * to a KiB. The chip's host must be built.
 *
 * @throws {Failure} where it does not with 1 MiB
 */
export async function neededMemory(
  chip: Chip,
  wasm: string,
  connections: number,
  report: Report,
): Promise<NeededMemory> {
  const probe = `${chip.host.folder}/${basename(wasm)}`;
  writeFileSync(probe, trapping(wasm));
  const { path, dataBytes } = await chip.prepare(probe, report);
  const serves = (pool: number): Promise<boolean> => {
    report(`pool of ${pool} KiB`);
    return servesSession(chip, path, pool, connections);
  };
  if (!(await serves(LARGEST))) throw new Failure(`${wasm} does not serve the session, even with a pool of 1 MiB`);
  let [tooSmall, enough] = [SMALLEST - 1, LARGEST];
  while (enough - tooSmall > 1) {
    const middle = Math.floor((tooSmall + enough) / 2);
    if (await serves(middle)) enough = middle;
    else tooSmall = middle;
  }
  return { pool: enough * BYTES_PER_KIB, data: dataBytes };
}
