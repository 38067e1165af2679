/** Waits for what comes on its own time. */

import { setTimeout as sleep } from "node:timers/promises";

/** How long anything may take, in ms: far more than it ever does. */
const PATIENCE = 30_000;
const STEP = 5;

/** What a look has found, or nothing yet. */
type Found<T> = T | undefined | false;

/** Waits until `look` finds something that is not undefined or false; `what` that is, for the error. */
export async function until<T>(what: string | (() => string), look: () => Found<T> | Promise<Found<T>>): Promise<T> {
  const start = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - start > PATIENCE) throw new Error(`timed out: ${typeof what === "string" ? what : what()}`);
    await sleep(STEP);
  }
}
