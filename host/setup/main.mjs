/**
 * What the npm scripts run. It needs nothing but Node: it installs the packages and compiles the TypeScript where that
 * is due, then hands over to the compiled command line.
 *
 *     node host/setup/main.mjs COMMAND [ARGUMENT…]
 */

import { fileURLToPath } from "node:url";
import { needsOf } from "./commands.mjs";
import { reportFailure } from "./failure.mjs";
import { installPackages } from "./packages.mjs";
import { Steps } from "./steps.mjs";
import { checkNode, checkTools } from "./tools.mjs";
import { compileTypeScript } from "./typescript.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const args = process.argv.slice(2);

try {
  const needs = needsOf(args);
  checkNode();
  if (needs.host) checkTools();
  const steps = new Steps(needs.steps);
  await steps.run("npm packages", (report) => installPackages(root, report));
  await steps.run("TypeScript", () => compileTypeScript(root));
  const commandLine = new URL("../../build/host/cli/main.js", import.meta.url);
  const { main } = await import(commandLine.href);
  process.exitCode = await main(args, steps);
} catch (error) {
  process.exitCode = reportFailure(error);
}
