/** `npm run bench` without names: what our own requests cost, then the comparison with other servers. */

import { comparison, save, shown, type CompareOptions } from "./compare/index.js";
import { inTables, measureOwn, type BenchOptions } from "./index.js";
import type { Steps } from "../host/setup/steps.mjs";

/**
 * Measures and prints everything; rates are those of the comparison.
 *
 * @returns the exit code
 * @throws {Failure} where valgrind is missing, or a server does not answer as it should
 */
export async function benchAll(options: BenchOptions & CompareOptions, steps: Steps): Promise<number> {
  const own = await measureOwn([], { ...options, seconds: 0 }, steps);
  const peers = await comparison([], options, steps);
  if (options.save) await save(peers);
  const json = (): string => `${JSON.stringify({ ...own, peers }, null, 2)}\n`;
  process.stdout.write(options.json ? json() : `${inTables(own)}\n${shown(peers, options)}`);
  return 0;
}
