/** Compiles the host's core for RISC-V chips, as ESP32-C3 and C6 are, and measures its code. */

import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { findCrate } from "../build/crate.js";
import { findFiles } from "../build/files.js";
import { pool } from "../build/pool.js";
import { projectPath, root } from "../build/project.js";
import { Failure } from "../setup/failure.mjs";
import { mustRun } from "../setup/run.mjs";
import { hasTool } from "../setup/tools.mjs";
import { sectionSizes, type SectionSizes } from "./sections.js";

export interface Rv32File extends SectionSizes {
  /** Path in the project. */
  readonly file: string;
}

export interface Rv32Sizes extends SectionSizes {
  readonly files: readonly Rv32File[];
}

const COMPILER = "riscv64-unknown-elf-gcc";
const SIZE = "riscv64-unknown-elf-size";

/** With `_zicsr_zifencei` in its place Debian's compiler would take its library for 64 bits. */
const MACHINE = ["-march=rv32imc", "-mabi=ilp32", "-misa-spec=2.2", "--specs=picolibc.specs"];
const OPTIMIZE = ["-Os", "-ffunction-sections", "-fdata-sections"];
const STANDARD = ["-std=c11", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200809L"];
const WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"];
const FOLDERS = ["firmware/core", "firmware/port", "firmware/port/lwip"];

/** What to install where the compiler is missing, else undefined. */
export function missingForRv32(): string | undefined {
  if ([COMPILER, SIZE].every(hasTool)) return undefined;
  return `${COMPILER} is missing: apt-get install gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf`;
}

/**
 * Compiles each file of `firmware/core` with lwIP's sockets, every warning an error.
 *
 * @throws {Failure} where the compiler is missing, or a file does not compile
 */
export async function measureRv32(): Promise<Rv32Sizes> {
  const missing = missingForRv32();
  if (missing) throw new Failure(missing);
  const flags = [...MACHINE, ...OPTIMIZE, ...STANDARD, ...WARNINGS, ...(await includes())];
  const folder = projectPath("build/rv32");
  mkdirSync(folder, { recursive: true });
  const files = await pool(findFiles(["firmware/core"], /\.c$/), availableParallelism(), (file) =>
    measure(file, `${folder}/${basename(file, ".c")}.o`, flags),
  );
  const total = (section: keyof SectionSizes): number => files.reduce((sum, file) => sum + file[section], 0);
  return { files, text: total("text"), data: total("data"), bss: total("bss") };
}

async function includes(): Promise<readonly string[]> {
  const lwip = await findCrate("firmware/lwip/Cargo.toml", "lwip");
  const wamr =
    process.env.WAMR_ROOT_DIR || `${await findCrate("firmware/wamr/Cargo.toml", "wamrx-sys")}/wasm-micro-runtime`;
  const system = [`${lwip}/src/include`, `${lwip}/contrib/ports/unix/port/include`, `${wamr}/core/iwasm/include`];
  return [...FOLDERS.map((folder) => `-I${projectPath(folder)}`), ...system.flatMap((path) => ["-isystem", path])];
}

async function measure(file: string, object: string, flags: readonly string[]): Promise<Rv32File> {
  const compile = [...flags, "-c", projectPath(file), "-o", object];
  await mustRun(COMPILER, compile, `${file} does not compile for rv32: see above`, { cwd: root });
  return { file, ...(await sectionSizes(SIZE, [object])) };
}
