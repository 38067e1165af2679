/** `npm run image -- APP`: what is flashed of an app, and the apps that the firmware brings with it. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { appPartition } from "../build/app-partition.js";
import { projectPath } from "../build/project.js";
import { writeWebFiles } from "../build/web-files.js";
import type { AotOptions } from "../build/aot.js";
import type { Steps } from "../setup/steps.mjs";
import { aotStep, buildStep } from "./build.js";

export interface ImageOptions extends Pick<AotOptions, "target" | "wamrc"> {
  /** Where everything goes. */
  readonly out: string;
  /** Bytes of the partition for the app. */
  readonly room?: number;
  /** Whether the app is compiled ahead of time. */
  readonly aot?: boolean;
}

/** The firmware's own apps, in `firmware/apps`. */
const BUILTIN = ["setup", "recovery"];

/** Makes `app-wasm.bin`, the folder `files`, and a module for each of the firmware's own apps. */
export async function image(app: string, options: ImageOptions, steps: Steps): Promise<number> {
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  for (const name of BUILTIN) {
    const { wasm } = await buildStep(projectPath(`firmware/apps/${name}`), {}, steps);
    writeIfChanged(join(out, `${name}.wasm`), readFileSync(wasm));
  }
  const partition = appPartition(readFileSync(await modulePath(app, options, steps)), options.room);
  writeIfChanged(join(out, "app-wasm.bin"), partition);
  const { files, bytes } = writeWebFiles(resolve(app), join(out, "files"));
  const folder = relative(process.cwd(), out) || ".";
  console.log(`${folder}/app-wasm.bin: ${partition.length} bytes`);
  console.log(`${folder}/files: ${files} files, ${bytes} bytes with their compressed copies`);
  return 0;
}

async function modulePath(app: string, { aot, target, wamrc }: ImageOptions, steps: Steps): Promise<string> {
  return aot ? (await aotStep(app, { target, wamrc }, steps)).aot : (await buildStep(app, {}, steps)).wasm;
}

/** What is the same keeps its time, so that nothing is made of it again. */
function writeIfChanged(path: string, content: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  writeFileSync(path, content);
}
