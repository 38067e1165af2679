/** What a comparison found, as `--json` and `--save` write it. */

import type { Rate } from "./measure.js";
import type { Machine } from "./machine.js";

export interface Figures {
  /** When it was started (ISO 8601). */
  readonly date: string;
  readonly machine: Machine;
  /** Time of each measurement of a rate, in seconds. */
  readonly seconds: number;
  /** Whether server and client had a processor each to themselves. */
  readonly pinned: boolean;
  readonly servers: readonly ServerFigures[];
  readonly cases: readonly CaseFigures[];
}

export interface ServerFigures {
  readonly name: string;
  readonly title: string;
  /** Its version; none where it is not installed. */
  readonly version?: string;
  /** How to install it, where it is not. */
  readonly missing?: string;
}

export interface CaseFigures {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly requestBytes: number;
  readonly results: readonly Result[];
}

export interface Result {
  /** The server's name. */
  readonly server: string;
  /** Why it has no figures here. */
  readonly lacks?: string;
  /** Instructions in user space for a unit. */
  readonly instructions?: number;
  /** Why they were not counted. */
  readonly uncounted?: string;
  /** False where the server closes the connection after each answer. */
  readonly keepAlive?: boolean;
  readonly rates?: readonly Rate[];
  /** In bytes. */
  readonly peakMemory?: number;
}

/** The rate at this many connections. */
export function rateOf({ rates = [] }: Result, connections: number, close: boolean): Rate | undefined {
  return rates.find((rate) => rate.connections === connections && rate.close === close);
}
