/** The two ways in which apps run on a chip, as they are measured on the desktop. */

import { readFileSync } from "node:fs";
import { aotCompiler } from "../build/aot-compiler.js";
import { dataBytes } from "../build/aot-file.js";
import { compileAot } from "../build/aot.js";
import { CHIP_AOT_HOST, CHIP_HOST } from "../build/bits32.js";
import type { CMakeProject } from "../build/cmake.js";
import type { Report } from "../setup/steps.mjs";

/** A module as the host takes it. */
export interface ChipModule {
  readonly path: string;
  /** What the runtime copies of it to memory that is no part of the pool. */
  readonly dataBytes: number;
}

export interface Chip {
  /** As tables call it. */
  readonly name: string;
  /** Targets for which the size of what lies in flash is told. */
  readonly targets: readonly string[];
  readonly host: CMakeProject;
  /** The host's flags for it. */
  readonly flags: readonly string[];
  /** Makes of a `.wasm` what the host runs. */
  readonly prepare: (wasm: string, report: Report) => Promise<ChipModule>;
}

export const INTERPRETED: Chip = {
  name: "interpreted",
  targets: [],
  host: CHIP_HOST,
  flags: [],
  prepare: (wasm) => Promise.resolve({ path: wasm, dataBytes: 0 }),
};

/** The runtime takes memory for data in such pieces, on ESP-IDF as on the desktop. */
const PAGE = 4096;
/** As what a RISC-V chip runs, but for the instructions. */
const TARGET = "i386-in-place";

/** Compiled, and executed where it lies: as `riscv32` on the chip. */
export const IN_PLACE: Chip = {
  name: "compiled, executed in place",
  targets: ["x86_64", "aarch64", "riscv32"],
  host: CHIP_AOT_HOST,
  flags: ["--in-place"],
  prepare: async (wasm, report) => {
    const path = wasm.replace(/\.wasm$/, `.${TARGET}.aot`);
    await compileAot(wasm, path, { target: TARGET, compiler: await aotCompiler(TARGET, undefined, report) });
    return { path, dataBytes: Math.ceil(dataBytes(readFileSync(path)) / PAGE) * PAGE };
  },
};
