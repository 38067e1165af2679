/** What is compared: ways to do the same work. */

import type { Task } from "./job.js";
import type { Runner } from "./timing.js";

export interface Contender {
  readonly name: string;
  /** Where it is another's code: how it runs in Node. */
  readonly runner?: Runner;
  /** Where it is in the guest: what the guest runs. */
  readonly task?: Task;
}

export interface Comparison {
  /** What the work is done on. */
  readonly input: string;
  /** Bytes, or look-ups, of one round. */
  readonly units: number;
  readonly contenders: readonly Contender[];
}

export interface Component {
  readonly unit: "byte" | "look-up";
  /** All return the same of one round. */
  readonly agrees?: boolean;
  readonly comparisons: () => Promise<readonly Comparison[]>;
  /** What a reader must know to judge. */
  readonly notes: readonly string[];
}
