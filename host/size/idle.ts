/** What an idle kept-alive connection holds in the guest. */

import { load } from "../sandbox/index.js";
import { Failure } from "../setup/failure.mjs";
import { counting, HEAP_COUNTS } from "./probes.js";

const FEW = 4;
const MANY = 8;
const REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/**
 * Bytes of the guest's heap that a connection keeps which has brought a request and waits for the next.
 *
 * @param wasm built with names
 */
export async function idleInGuest(wasm: string): Promise<number> {
  const module = counting(wasm);
  return ((await used(module, MANY)) - (await used(module, FEW))) / (MANY - FEW);
}

async function used(module: Uint8Array, connections: number): Promise<number> {
  const app = await load(module, { maxConns: connections });
  for (let n = 0; n < connections; n++) app.open().write(REQUEST);
  if (app.connections !== connections) throw new Failure("the app closes connections that should be kept alive");
  (app.exports.collect as () => void)();
  const [usedThen, top, due] = HEAP_COUNTS.map((name) => (app.exports[name] as WebAssembly.Global).value as number);
  return usedThen + top - due;
}
