/** Variants of the host with pointers of 32 bits, as on the chip. */

import { existsSync } from "node:fs";
import type { CMakeProject } from "./cmake.js";
import { projectPath, root } from "./project.js";
import { run } from "../setup/run.mjs";

/** Ends at the first invalid access and at undefined behaviour. */
export const SANITIZED_HOST = variant("m32", "the C host with 32 bits and sanitizers", "-DMICROSERVER_SANITIZE=ON");

/** Has tables of the chip's size, optimized as there, and runs interpreted modules only: what memory is measured with. */
export const CHIP_HOST = chip("size", "-DMICROSERVER_AOT=0");

/** The same, and runs compiled modules, too. */
export const CHIP_AOT_HOST = chip("size-aot", "-DMICROSERVER_AOT=1");

/** What to install where the compiler makes no programs of 32 bits, else undefined. */
export async function missingFor32Bits(): Promise<string | undefined> {
  const { output } = await run("cc", ["-m32", "-print-libgcc-file-name"]);
  if (existsSync(output.trim())) return undefined;
  return "the C compiler has no libraries of 32 bits: apt-get install gcc-multilib";
}

function chip(name: string, aot: string): CMakeProject {
  const sizes = ["-DCMAKE_BUILD_TYPE=MinSizeRel", "-DMICROSERVER_CHIP_SIZES=ON", aot];
  return variant(name, "the C host with 32 bits", ...sizes);
}

function variant(name: string, what: string, ...args: readonly string[]): CMakeProject {
  const folder = projectPath(`build/${name}`);
  const all = ["-DMICROSERVER_BITS=32", `-DMICROSERVER_OUTPUT_DIR=${folder}`, ...args];
  return { what, source: root, folder, program: `${folder}/microserver`, args: all };
}
