/** The app that the WebSocket tests talk to. */

import { buildApp } from "../../host/build/app.js";
import { load, type App, type LoadOptions } from "../../host/sandbox/index.js";

export async function websocketApp(options: LoadOptions = {}): Promise<App> {
  const { wasm } = await buildApp(new URL("../../../tests/apps/websocket", import.meta.url).pathname);
  return load(wasm, options);
}

/** The texts of the app's log. */
export function logOf(app: App): string[] {
  return app.log.map((line) => line.text);
}

/** Bytes of the app's heap that are free once garbage is collected, with what an echo leaves: a stack to take again. */
export async function freeMemory(app: App): Promise<number> {
  app.connect("/echo").send("x").close(1000);
  await app.fetch("/memory");
  return Number((await app.fetch("/memory")).text);
}
