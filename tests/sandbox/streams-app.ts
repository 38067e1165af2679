/** The app `tests/apps/streams`, and what its tests look at. */

import assert from "node:assert/strict";
import { buildApp } from "../../host/build/app.js";
import { load, type App, type LoadOptions } from "../../host/sandbox/index.js";

const FOLDER = new URL("../../../tests/apps/streams", import.meta.url).pathname;

/** Starts the app. */
export async function start(options: LoadOptions = {}): Promise<App> {
  return load((await buildApp(FOLDER)).wasm, options);
}

/** Texts of the lines that were logged since the last call. */
export function takeLog(app: App): string[] {
  return app.log.splice(0).map(({ text }) => text);
}

/** Bytes of the heap that are free, garbage left out. */
export async function freeMemory(app: App): Promise<number> {
  await app.fetch("/free");
  return Number((await app.fetch("/free")).text);
}

/** Does something a few times, then many times: the heap must be as free afterwards as before. */
export async function leaksNothing(app: App, once: () => unknown, times = 200): Promise<void> {
  for (let i = 0; i < 3; i++) await once();
  const before = await freeMemory(app);
  for (let i = 0; i < times; i++) await once();
  assert.equal(await freeMemory(app), before);
  assert.equal(app.connections, 0);
}
