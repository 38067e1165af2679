/** The memory that an app takes on the chip. */

import { buildAot } from "../build/aot.js";
import { buildApp } from "../build/app.js";
import { load, type App } from "../sandbox/index.js";
import type { Report } from "../setup/steps.mjs";
import type { Chip } from "./chip.js";
import type { HostState } from "./host-state.js";
import { idleInGuest } from "./idle.js";
import { neededMemory } from "./pool.js";
import { CONNECTIONS } from "./session.js";

/** Bytes, all of them. */
export interface AppSize {
  readonly app: string;
  /** The module: flash. */
  readonly wasmBytes: number;
  /** The module compiled for each of the chip's targets, by its name: what lies in flash then. */
  readonly aotBytes: Readonly<Record<string, number>>;
  /** What the WebAssembly runtime needs for it. */
  readonly poolBytes: number;
  /** What it copies of a compiled module, outside of the pool. */
  readonly dataBytes: number;
  readonly linearMemoryBytes: number;
  /** The C host's variables and tables. */
  readonly hostStateBytes: number;
  /** All four together, with `connections` open connections. */
  readonly totalBytes: number;
  readonly connections: number;
  /** What an idle kept-alive connection holds in the guest's heap and in the host's tables. */
  readonly idleGuestBytes: number;
  readonly idleHostBytes: number;
}

/** Measures an app by its folder; the chip's host must be built. */
export async function measureApp(app: string, chip: Chip, host: HostState, report: Report): Promise<AppSize> {
  report(`${app}, building`);
  const { wasm, bytes } = await buildApp(app);
  const names = await buildApp(app, { names: true, out: `${chip.host.folder}/names.wasm` });
  const loaded = await load(wasm, { maxConns: CONNECTIONS });
  const connections = served(loaded);
  const { pool, data } = await neededMemory(chip, wasm, connections, (text) => report(`${app}, ${text}`));
  const linearMemoryBytes = linearMemory(loaded);
  const hostStateBytes = host.core + host.server + host.wamr;
  return {
    app,
    wasmBytes: bytes,
    aotBytes: await compiledSizes(app, chip, report),
    poolBytes: pool,
    dataBytes: data,
    linearMemoryBytes,
    hostStateBytes,
    totalBytes: pool + data + linearMemoryBytes + hostStateBytes,
    connections,
    idleGuestBytes: await idleInGuest(names.wasm),
    idleHostBytes: host.perConnection,
  };
}

async function compiledSizes(app: string, { targets }: Chip, report: Report): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const target of targets) {
    const { aotBytes } = await buildAot(app, { target, onStage: (text) => report(`${app}, ${text}`) });
    sizes[target] = aotBytes;
  }
  return sizes;
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
