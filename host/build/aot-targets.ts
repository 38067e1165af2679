/** What ahead-of-time code can be made for, and the compiler's flags for it: those of WAMR's `wamrc`. */

import { Failure } from "../setup/failure.mjs";

export interface AotTarget {
  readonly name: string;
  readonly flags: readonly string[];
  /** Whether the code runs where it lies in flash, and so must come without text relocations. */
  readonly inPlace: boolean;
  /** Whether the compilers of LLVM's releases make no code for it that is right. */
  readonly needsWamrc: boolean;
}

/** What every module is compiled with: all checks, and nothing that the host's runtime is built without. */
const COMMON = ["--bounds-checks=1", "--stack-bounds-checks=1", "--disable-simd", "--disable-ref-types"];

/** AssemblyScript has no stack in linear memory that could be watched. */
const NO_AUX_STACK = "--disable-aux-stack-check";

/** What the compiler would make tables or library calls of; WAMR has functions for it that need no relocation. */
const LIBRARY = [
  "i64.div_s,i64.div_u,i64.rem_s,i64.rem_u",
  "llvm.cttz.i32,llvm.cttz.i64",
  "fp.common,fpxint,f32_cmp,f64_cmp,f32_demote_f64,f64_promote_f32",
].join(",");

/** Execution in place: calls go through a table in memory, and nothing in the code is changed when it is loaded. */
const IN_PLACE = ["--enable-indirect-mode", "--disable-llvm-intrinsics"];
const IN_PLACE_RISCV = [...IN_PLACE, `--enable-builtin-intrinsics=${LIBRARY}`];
/** On RISC-V the compiler does the same for constants of 32 bits by itself. */
const IN_PLACE_I386 = [...IN_PLACE, `--enable-builtin-intrinsics=${LIBRARY},i32.const,f32.const,f64.const`];

const LARGE_MODEL = "--size-level=0";
const SMALL_MODEL = "--size-level=3";

const targets: readonly AotTarget[] = [
  target("x86_64", ["--target=x86_64", "--target-abi=gnu", "--cpu=x86-64-v2", LARGE_MODEL]),
  target("i386", ["--target=i386", "--target-abi=gnu", "--cpu=pentium4", LARGE_MODEL]),
  target("i386-in-place", ["--target=i386", "--target-abi=gnu", "--cpu=i686", SMALL_MODEL, ...IN_PLACE_I386], {
    inPlace: true,
  }),
  target("aarch64", ["--target=aarch64", "--target-abi=gnu", "--cpu=generic", LARGE_MODEL]),
  target(
    "riscv32",
    [
      "--target=riscv32",
      "--target-abi=ilp32",
      "--cpu=generic-rv32",
      "--cpu-features=+m,+c",
      SMALL_MODEL,
      ...IN_PLACE_RISCV,
    ],
    { inPlace: true },
  ),
  target("xtensa", ["--target=xtensa", "--cpu=esp32", SMALL_MODEL], { needsWamrc: true }),
  target("xtensa-esp32s3", ["--target=xtensa", "--cpu=esp32s3", SMALL_MODEL], { needsWamrc: true }),
];

function target(name: string, flags: readonly string[], more: Partial<AotTarget> = {}): AotTarget {
  return { name, flags: [...COMMON, NO_AUX_STACK, ...flags], inPlace: false, needsWamrc: false, ...more };
}

/** Names of the targets that desktop hosts run on. */
const NAMES: Readonly<Record<string, string>> = { x64: "x86_64", ia32: "i386", arm64: "aarch64" };

/** The target of this computer's C host. */
export function hostTarget(): string {
  return NAMES[process.arch] ?? process.arch;
}

/** @throws {Failure} for an unknown name */
export function aotTarget(name: string): AotTarget {
  const found = targets.find((one) => one.name === name);
  if (found) return found;
  const known = targets.map((one) => one.name).join(", ");
  throw new Failure(`--target ${name} is unknown; there are ${known}`, { exitCode: 2 });
}
