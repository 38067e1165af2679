/** Runs files of tests in a process of their own, which is in another network, and sends back what came of them. */

import { runNodeTests } from "./node-tests.js";
import type { Suite } from "./outcome.js";

export interface Message {
  readonly progress: string;
  /** Comes last. */
  readonly suites?: readonly Suite[];
}

const send = (message: Message): unknown => process.send?.(message);

// Connections to a host that has been killed never end: its network is gone with it.
const suites = await runNodeTests("end-to-end tests", process.argv.slice(2), (progress) => send({ progress }), true);
send({ progress: "", suites });
process.disconnect();
