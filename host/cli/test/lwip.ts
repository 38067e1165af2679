/** `npm test -- lwip`: the end-to-end tests on the host that has lwIP for its network, over tap devices. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildWithCMake } from "../../build/cmake.js";
import { LWIP_HOST, missingForLwip, OWN_NETWORK } from "../../build/lwip.js";
import type { Report } from "../../setup/steps.mjs";
import type { Message } from "./lwip-worker.js";
import { ABOUT_PAGES, findTests } from "./node-tests.js";
import { failure, unavailable, unmade, type Suite } from "./outcome.js";

/** About files, the board and the program, not about the network: `e2e` runs them. */
const LEFT_OUT = /\/(files|files-start|device|pins|storage|protection|portable)\.test\.js$/;

const WORKER = fileURLToPath(new URL("lwip-worker.js", import.meta.url));

export async function runLwip(report: Report): Promise<readonly Suite[]> {
  const missing = missingForLwip();
  if (missing) return [unavailable("lwip", missing)];
  try {
    await buildWithCMake(LWIP_HOST, (progress) => report(`C host, ${progress}`));
  } catch (error) {
    return [unmade("lwip", error)];
  }
  const files = findTests(["build/tests/e2e", "build/tests/lwip"]);
  return runInOwnNetwork(
    files.filter((file) => !ABOUT_PAGES.test(file) && !LEFT_OUT.test(file)),
    report,
  );
}

function runInOwnNetwork(files: readonly string[], report: Report): Promise<readonly Suite[]> {
  const [execPath, ...unshare] = OWN_NETWORK;
  const env = { ...process.env, MICROSERVER_HOST: LWIP_HOST.program };
  const worker = fork(WORKER, files, { execPath, execArgv: [...unshare, process.execPath], env });
  return new Promise((resolve, reject) => {
    worker.on("message", (message: Message) => {
      if (message.suites === undefined) report(message.progress);
      else resolve(message.suites);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => resolve([failure("lwip", `the tests' process ended with exit code ${code}`)]));
  });
}
