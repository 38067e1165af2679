/** The compiler options of an app: the project's `asconfig.json`, overridden by the app's own. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "./project.js";

interface Options {
  initialMemory?: number;
  maximumMemory?: number;
}

interface Config {
  extends?: string;
  options?: Options;
}

const PROJECT_CONFIG = projectPath("asconfig.json");

/** The files that the options come from; the app's own need not exist. */
export function configFiles(dir: string): string[] {
  return [PROJECT_CONFIG, join(dir, "asconfig.json")];
}

/**
 * The text of the app's `asconfig.json` as the compiler is to see it. It extends the project's unless it says otherwise,
 * and memory is fixed: `initialMemory` alone sets the maximum too.
 *
 * @throws where a file is not JSON.
 */
export function appConfig(dir: string): string {
  const path = join(dir, "asconfig.json");
  const config = existsSync(path) ? parse(path) : {};
  config.extends ??= PROJECT_CONFIG;
  const options = (config.options ??= {});
  if (options.initialMemory !== undefined) options.maximumMemory ??= options.initialMemory;
  return JSON.stringify(config);
}

function parse(path: string): Config {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Config;
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
