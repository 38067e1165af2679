/** `npm test -- rv32`: the host's core compiles for a RISC-V chip without a warning; prints how large it is. */

import { measureRv32, missingForRv32 } from "../../size/rv32.js";
import type { SectionSizes } from "../../size/sections.js";
import { unavailable, unmade, type Suite } from "./outcome.js";

const NAME = "rv32";

export async function runRv32(): Promise<readonly Suite[]> {
  const missing = missingForRv32();
  if (missing) return [unavailable(NAME, missing)];
  try {
    const { files, ...total } = await measureRv32();
    const rows = files.map(({ file, ...sizes }) => row(file.replace("firmware/", ""), sizes));
    console.log([heading(), ...rows, row("total", total)].join("\n"));
    return [{ name: NAME, passed: files.length, failed: 0, details: "" }];
  } catch (error) {
    return [unmade(NAME, error)];
  }
}

function heading(): string {
  return columns("rv32imc, bytes", "text", "data", "bss");
}

function row(name: string, { text, data, bss }: SectionSizes): string {
  return columns(name, String(text), String(data), String(bss));
}

function columns(name: string, ...values: readonly string[]): string {
  return name.padEnd(22) + values.map((value) => value.padStart(8)).join("");
}
