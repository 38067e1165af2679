/** The modules that are measured. */

import { buildApp, type BuildOptions, type BuiltApp } from "../host/build/app.js";
import { findApps } from "../host/build/files.js";
import type { Report } from "../host/setup/steps.mjs";

/** The folders of the examples. */
export function examples(): readonly string[] {
  return findApps(["examples"]);
}

/** Builds apps, each once. Returns their modules by folder. */
export async function buildApps(
  apps: readonly string[],
  report: Report,
  options: BuildOptions = {},
): Promise<ReadonlyMap<string, BuiltApp>> {
  const modules = new Map<string, BuiltApp>();
  for (const app of new Set(apps)) {
    const onStage = (stage: string): void => report(`${app}, ${stage}`);
    report(app);
    modules.set(app, await buildApp(app, { ...options, onStage }));
  }
  return modules;
}
