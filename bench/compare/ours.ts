/** MicroServer itself, with its default limits. */

import { readFileSync } from "node:fs";
import { buildAot } from "../../host/build/aot.js";
import { HOST_PROGRAM } from "../../host/build/firmware.js";
import { projectPath } from "../../host/build/project.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Report } from "../../host/setup/steps.mjs";
import { buildApps } from "../modules.js";
import type { CompareCase } from "./cases.js";
import { FOLDER } from "./page.js";
import type { Missing, Ready, Server } from "./server.js";

const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { version: string };

/** A host that serves the module of the case's app. */
function ready(modules: ReadonlyMap<string, string>): Ready {
  return {
    version,
    command: ({ app }, port) => ({
      program: HOST_PROGRAM,
      args: [modules.get(app) ?? "", "--port", String(port), "--root", FOLDER],
    }),
  };
}

async function prepareInterpreted(cases: readonly CompareCase[], report: Report): Promise<Ready> {
  const apps = cases.map(({ app }) => app);
  const built = await buildApps(apps, report);
  return ready(new Map([...built].map(([app, { wasm }]) => [app, wasm])));
}

async function prepareCompiled(cases: readonly CompareCase[], report: Report): Promise<Ready | Missing> {
  const modules = new Map<string, string>();
  for (const { app } of cases) {
    try {
      const { aot } = await buildAot(app, { onStage: (stage) => report(`${app}, ${stage}`) });
      modules.set(app, aot);
    } catch (error) {
      if (error instanceof Failure) return { missing: error.message };
      throw error;
    }
  }
  return ready(modules);
}

export const ours: readonly Server[] = [
  { name: "microserver", title: "MicroServer, interpreted", prepare: prepareInterpreted },
  { name: "microserver-aot", title: "MicroServer, ahead of time", prepare: prepareCompiled },
];
