/** `npm run build -- APP`: an app's folder to its module. */

import { relative } from "node:path";
import { buildApp, type BuildOptions, type BuiltApp } from "../build/app.js";
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

/** Builds an app and prints where its module is. */
export async function build(app: string, options: BuildOptions, steps: Steps): Promise<number> {
  const { wasm, bytes } = await buildStep(app, options, steps);
  console.log(`${relative(process.cwd(), wasm)}: ${bytes} bytes`);
  return 0;
}
