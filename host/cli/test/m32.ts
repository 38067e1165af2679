/** `npm test -- m32`: the end-to-end tests on a host with 32 bits, address and undefined-behaviour sanitizers. */

import { missingFor32Bits, SANITIZED_HOST } from "../../build/bits32.js";
import { buildWithCMake } from "../../build/cmake.js";
import { Failure } from "../../setup/failure.mjs";
import type { Report } from "../../setup/steps.mjs";
import { findFiles } from "./files.js";
import { runNodeTests } from "./node-tests.js";
import { failure, unavailable, type Suite } from "./outcome.js";

/** About pages, not about the host: `e2e` runs them. */
const LEFT_OUT = /\/browser[^/]*$/;

export async function runM32(report: Report): Promise<readonly Suite[]> {
  const missing = await missingFor32Bits();
  if (missing) return [unavailable("m32", missing)];
  try {
    await buildWithCMake(SANITIZED_HOST, (progress) => report(`C host, ${progress}`));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [failure("m32", `${error.details}\n${error.message}`)];
  }
  const files = findFiles(["build/tests/e2e"], /\.test\.js$/).filter((file) => !LEFT_OUT.test(file));
  process.env.MICROSERVER_HOST = SANITIZED_HOST.program;
  try {
    return await runNodeTests("end-to-end tests", files, report);
  } finally {
    delete process.env.MICROSERVER_HOST;
  }
}
