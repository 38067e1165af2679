/** Sections of object files. */

import { mustRun } from "../setup/run.mjs";

/** Bytes. */
export interface SectionSizes {
  /** Code and constants: flash. */
  readonly text: number;
  /** Initialized variables: flash and RAM. */
  readonly data: number;
  /** Variables that start at zero: RAM. */
  readonly bss: number;
}

/**
 * What the sections of all these objects and archives take together.
 *
 * @param tool binutils' `size`
 */
export async function sectionSizes(tool: string, objects: readonly string[]): Promise<SectionSizes> {
  const output = await mustRun(tool, ["--totals", ...objects], `${tool} cannot read these objects: see above`);
  const [text, data, bss] = output.trim().split("\n").at(-1).trim().split(/\s+/).map(Number);
  return { text, data, bss };
}
