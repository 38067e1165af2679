/** What grows, and what is then asked for. */

import { once } from "node:events";
import { connect } from "node:net";
import type { Sent } from "../cases.js";
import { Client } from "../client.js";
import { writeRequest } from "../../host/sandbox/request.js";

/** One point of a plot: what is asked for when so many are there. */
export interface Point {
  readonly sent: Sent;
  /** Done before the first request, on the server's port. */
  readonly prepare?: (port: number) => Promise<void>;
}

export interface Series {
  readonly name: string;
  /** What is plotted. */
  readonly title: string;
  /** What the axis counts. */
  readonly axis: string;
  /** What the price of one more is the price of. */
  readonly unit: string;
  readonly counts: readonly number[];
  readonly at: (count: number) => Point;
}

const host = { Host: "127.0.0.1:8080" };
const get = (target: string): Uint8Array => writeRequest(target, { headers: host });
const getJson: Sent = { request: get("/json") };

export const series: readonly Series[] = [
  {
    name: "routes",
    title: "Instructions a request by number of routes",
    axis: "routes",
    unit: "route",
    counts: [10, 100, 250, 500, 1000], // even, as the app adds them by twos
    at: (count) => ({
      // The last of each kind, in turns.
      sent: { request: get(`/literal/${10_000 + count - 1}`), other: get(`/items/${10_000 + count - 3}/a`) },
      prepare: (port) => askOnce(port, writeRequest(`/routes/${count}`, { method: "POST", headers: host })),
    }),
  },
  {
    name: "fields",
    title: "Instructions a request by number of field lines",
    axis: "field lines",
    unit: "field line of 32 bytes",
    counts: [1, 10, 20, 30, 40, 50],
    at: (count) => ({ sent: { request: withFields(count, "127.0.0.1"), other: withFields(count, "127.0.0.2") } }),
  },
  {
    name: "connections",
    title: "Instructions a request by number of idle connections",
    axis: "connections that are open and idle",
    unit: "connection",
    counts: [0, 25, 50, 75, 100],
    at: (count) => ({ sent: getJson, prepare: (port) => openIdle(port, count) }),
  },
  {
    name: "content",
    title: "Instructions a request by size of content that is echoed",
    axis: "content in KB",
    unit: "KB",
    counts: [0, 1, 8, 16, 32, 48, 64],
    at: (count) => ({
      sent: { request: writeRequest("/echo", { method: "POST", headers: host, body: "x".repeat(count * 1024) }) },
    }),
  },
];

function withFields(count: number, address: string): Uint8Array {
  const headers: Record<string, string> = { Host: `${address}:8080` };
  for (let n = 1; n < count; n++) headers[`X-Field-${9 + n}`] = "some value of it 0x";
  return writeRequest("/json", { headers });
}

async function askOnce(port: number, request: Uint8Array): Promise<void> {
  const client = new Client(port, { request });
  await client.ask();
  await client.close();
}

/** Opens connections that send nothing; the server ends them. */
async function openIdle(port: number, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.resume();
  }
}
