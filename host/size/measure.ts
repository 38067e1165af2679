/** The memory that an app takes on the chip. */

import { buildApp } from "../build/app.js";
import { CHIP_HOST } from "../build/bits32.js";
import { load, type App } from "../sandbox/index.js";
import type { Report } from "../setup/steps.mjs";
import type { HostState } from "./host-state.js";
import { idleInGuest } from "./idle.js";
import { neededPool } from "./pool.js";
import { CONNECTIONS } from "./session.js";

/** Bytes, all of them. */
export interface AppSize {
  readonly app: string;
  /** The module: flash. */
  readonly wasmBytes: number;
  /** What the WebAssembly runtime needs for it. */
  readonly poolBytes: number;
  readonly linearMemoryBytes: number;
  /** The C host's variables and tables. */
  readonly hostStateBytes: number;
  /** All three together, with `connections` open connections. */
  readonly totalBytes: number;
  readonly connections: number;
  /** What an idle kept-alive connection holds in the guest's heap and in the host's tables. */
  readonly idleGuestBytes: number;
  readonly idleHostBytes: number;
}

/** Measures an app by its folder; CHIP_HOST must be built. */
export async function measureApp(app: string, host: HostState, report: Report): Promise<AppSize> {
  report(`${app}, building`);
  const { wasm, bytes } = await buildApp(app);
  const names = await buildApp(app, { names: true, out: `${CHIP_HOST.folder}/names.wasm` });
  const loaded = await load(wasm, { maxConns: CONNECTIONS });
  const connections = served(loaded);
  const poolBytes = await neededPool(wasm, connections, (text) => report(`${app}, ${text}`));
  const linearMemoryBytes = linearMemory(loaded);
  const hostStateBytes = host.core + host.server + host.wamr;
  return {
    app,
    wasmBytes: bytes,
    poolBytes,
    linearMemoryBytes,
    hostStateBytes,
    totalBytes: poolBytes + linearMemoryBytes + hostStateBytes,
    connections,
    idleGuestBytes: await idleInGuest(names.wasm),
    idleHostBytes: host.perConnection,
  };
}

/** How many of CONNECTIONS connections the app keeps open. */
function served(app: App): number {
  for (let n = 0; n < CONNECTIONS; n++) app.open();
  return app.connections;
}

/** What WAMR allocates: up to `__heap_base` where the build has shrunk the memory, else all pages. */
function linearMemory({ memory, exports }: App): number {
  const limit = exports["__heap_base"];
  return limit instanceof WebAssembly.Global ? Number(limit.value) : memory;
}
