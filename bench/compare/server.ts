/** What a server must tell of itself to be compared. */

import type { Report } from "../../host/setup/steps.mjs";
import type { CompareCase } from "./cases.js";
import type { Command } from "./server-process.js";

/** A server that can be started. */
export interface Ready {
  readonly version: string;
  readonly command: (one: CompareCase, port: number) => Command;
}

/** One that cannot, because something is not installed. */
export interface Missing {
  /** What to do about it. */
  readonly missing: string;
}

export interface Server {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** Why it cannot do a case, by the case's name. */
  readonly lacks?: Readonly<Record<string, string>>;
  /** Why its instructions cannot be counted, where that is so. */
  readonly uncounted?: string;
  /** How many times fewer requests its instructions are counted over, 1 where nothing is said. */
  readonly slower?: number;
  /** Installs and builds what it needs for the cases. */
  readonly prepare: (cases: readonly CompareCase[], report: Report) => Promise<Ready | Missing>;
}
