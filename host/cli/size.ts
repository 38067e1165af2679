/** `npm run size`: what apps take on the chip, measured on the desktop. */

import { missingFor32Bits } from "../build/bits32.js";
import { buildWithCMake } from "../build/cmake.js";
import { fetchWamr } from "../build/firmware.js";
import { footnote, table } from "../../bench/table.js";
import { Failure } from "../setup/failure.mjs";
import type { Steps } from "../setup/steps.mjs";
import { IN_PLACE, INTERPRETED, type Chip } from "../size/chip.js";
import { measureHostState } from "../size/host-state.js";
import { measureApp, type AppSize } from "../size/measure.js";
import { measureRv32, missingForRv32 } from "../size/rv32.js";

export const SIZE_APPS: readonly string[] = ["examples/basic", "examples/medium", "examples/sse", "examples/full"];

export interface SizeOptions {
  readonly json?: boolean;
  readonly aot?: boolean;
}

/**
 * Measures apps and prints what they take: one JSON object for one app, a list of them for several.
 *
 * @returns the exit code
 * @throws {Failure} where a compiler or LLVM is missing, or an app does not run
 */
export async function size(names: readonly string[], options: SizeOptions, steps: Steps): Promise<number> {
  const missing = await missingFor32Bits();
  if (missing) throw new Failure(missing);
  const chip = options.aot ? IN_PLACE : INTERPRETED;
  const apps = names.length > 0 ? names : SIZE_APPS;
  await steps.run("WAMR source", (report) => fetchWamr(chip.host, report));
  await steps.run("C host, 32 bits", (report) => buildWithCMake(chip.host, report));
  const host = await measureHostState(chip.host);
  const sizes: AppSize[] = [];
  await steps.run("memory", async (report) => {
    for (const app of apps) sizes.push(await measureApp(app, chip, host, report));
    return "measured";
  });
  const code = missingForRv32() ? undefined : (await measureRv32()).text;
  if (options.json) {
    const all = sizes.map((one) => ({ ...one, ...(code === undefined ? {} : { rv32CodeBytes: code }) }));
    console.log(JSON.stringify(all.length === 1 ? all[0] : all, null, 2));
  } else {
    process.stdout.write(inTable(sizes, chip, code));
  }
  return 0;
}

function inTable(sizes: readonly AppSize[], chip: Chip, code: number | undefined): string {
  const { targets } = chip;
  const ram = ["pool", ...(targets.length > 0 ? ["data"] : []), "linear memory", "host", "RAM in all"];
  const head = ["bytes", "Wasm", ...targets, ...ram, "connections", "idle: guest", "host"];
  const rows = sizes.map((one) => [
    one.app,
    one.wasmBytes,
    ...targets.map((target) => one.aotBytes[target] ?? "-"),
    one.poolBytes,
    ...(targets.length > 0 ? [one.dataBytes] : []),
    one.linearMemoryBytes,
    one.hostStateBytes,
    one.totalBytes,
    one.connections,
    one.idleGuestBytes,
    one.idleHostBytes,
  ]);
  const rv32 = code === undefined ? "not measured, for want of riscv64-unknown-elf-gcc" : `${code} bytes for RV32IMC`;
  return [
    table(head, rows),
    footnote(`RAM with that many open connections, ${chip.name}: all from pool to host; idle: of one connection`),
    footnote(
      "measured with 32 bits, code packed as on RISC-V and Xtensa; not in it: the task's stack and lwIP's buffers",
    ),
    footnote(`code of firmware/core: ${rv32}`),
  ].join("");
}
