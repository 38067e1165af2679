/** Requests a second, by clients in this process: what this computer does, with the clients' work in it. */

import type { Sent } from "./cases.js";
import { Client } from "./client.js";
import { HostProcess } from "./host-process.js";

/** How many connections send at the same time. */
export const CONNECTIONS = [1, 8] as const;

export interface Rate {
  readonly connections: number;
  readonly requestsPerSecond: number;
}

/** Measures each number of connections for `seconds`. */
export async function ratesOf(wasm: string, sent: Sent, seconds: number): Promise<readonly Rate[]> {
  const host = await HostProcess.start(wasm);
  try {
    const rates: Rate[] = [];
    for (const connections of CONNECTIONS) {
      const clients = Array.from({ length: connections }, () => new Client(host.port, sent));
      rates.push({ connections, requestsPerSecond: await rateOf(clients, seconds) });
    }
    return rates;
  } finally {
    await host.stop();
  }
}

async function rateOf(clients: readonly Client[], seconds: number): Promise<number> {
  await Promise.all(clients.map((client) => client.ask()));
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  const askOn = async (client: Client): Promise<void> => {
    for (; performance.now() < end; count++) await client.ask();
  };
  await Promise.all(clients.map(askOn));
  const took = performance.now() - start;
  await Promise.all(clients.map((client) => client.close()));
  return (count * 1000) / took;
}
