/** `npm test -- m32`: the end-to-end tests on a host with 32 bits, address and undefined-behaviour sanitizers. */

import { missingFor32Bits, SANITIZED_HOST } from "../../build/bits32.js";
import { buildWithCMake } from "../../build/cmake.js";
import type { Report } from "../../setup/steps.mjs";
import { ABOUT_PAGES, findTests, runNodeTests } from "./node-tests.js";
import { unavailable, unmade, type Suite } from "./outcome.js";

export async function runM32(report: Report): Promise<readonly Suite[]> {
  const missing = await missingFor32Bits();
  if (missing) return [unavailable("m32", missing)];
  try {
    await buildWithCMake(SANITIZED_HOST, (progress) => report(`C host, ${progress}`));
  } catch (error) {
    return [unmade("m32", error)];
  }
  const files = findTests(["build/tests/e2e"]).filter((file) => !ABOUT_PAGES.test(file));
  process.env.MICROSERVER_HOST = SANITIZED_HOST.program;
  try {
    return await runNodeTests("end-to-end tests", files, report);
  } finally {
    delete process.env.MICROSERVER_HOST;
  }
}
