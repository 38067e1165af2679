/** `npm run build -- APP`: an app's folder to its module. */

import { relative } from "node:path";
import { buildApp, type BuildOptions, type BuiltApp } from "../build/app.js";
import { buildAot, type AotOptions, type BuiltAot } from "../build/aot.js";
import type { Steps } from "../setup/steps.mjs";

/** Builds an app as a step, and passes on the compiler's warnings. */
export async function buildStep(app: string, options: BuildOptions, steps: Steps): Promise<BuiltApp> {
  const built = await steps.run(
    `app ${app}`,
    (onStage) => buildApp(app, { ...options, onStage }),
    ({ fresh, bytes }) => (fresh ? "up to date" : `${bytes} bytes`),
  );
  process.stderr.write(built.warnings);
  return built;
}

/** The same, compiled ahead of time. */
export async function aotStep(app: string, options: AotOptions, steps: Steps): Promise<BuiltAot> {
  const built = await steps.run(
    `app ${app}`,
    (onStage) => buildAot(app, { ...options, onStage }),
    ({ fresh, aotBytes }) => (fresh ? "up to date" : `${aotBytes} bytes`),
  );
  process.stderr.write(built.warnings);
  return built;
}

/** Flags of `npm run build`. */
export interface BuildFlags extends Pick<BuildOptions, "debug">, Pick<AotOptions, "target" | "wamrc"> {
  /** Whether to compile the module ahead of time, too. */
  readonly aot?: boolean;
}

/** Builds an app and prints where its module is. */
export async function build(app: string, { aot, debug, ...flags }: BuildFlags, steps: Steps): Promise<number> {
  if (aot) {
    const built = await aotStep(app, flags, steps);
    printFile(built.aot, built.aotBytes);
  } else {
    const built = await buildStep(app, { debug }, steps);
    printFile(built.wasm, built.bytes);
  }
  return 0;
}

function printFile(path: string, bytes: number): void {
  console.log(`${relative(process.cwd(), path)}: ${bytes} bytes`);
}
