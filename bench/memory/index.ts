/** `npm run bench -- memory`: what is left of the memory after many requests. */

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freeMemory, send } from "./mix.js";
import { tcpWires } from "./tcp-wire.js";
import { endWithSignals, HostProcess } from "../host-process.js";
import { footnote, table } from "../table.js";
import { buildAot } from "../../host/build/aot.js";
import { buildApp } from "../../host/build/app.js";
import { buildFirmware } from "../../host/build/firmware.js";
import { projectPath } from "../../host/build/project.js";
import type { Report, Steps } from "../../host/setup/steps.mjs";

/** Clients at a time, two fewer than the app's connections: one may still be closing. */
const CLIENTS = 8;
/** How long the host may still hold what was closed, in ms. */
const QUIET_MS = 3000;
const FIRST = 1000;
/** How many are sent where nothing else is said. */
export const MEMORY_REQUESTS = 1_000_000;

export interface MemoryOptions {
  readonly json?: boolean;
  /** Measures the app compiled ahead of time. */
  readonly aot?: boolean;
  /** Requests in all. */
  readonly requests: number;
}

interface Reading {
  readonly requests: number;
  /** Bytes of the guest's heap that are free. */
  readonly guestFree: number;
  /** Bytes of the host process that are its own: no files, nothing shared. */
  readonly hostMemory: number;
}

/**
 * Sends mixed requests and reads memory after 1,000 of them, after each ten times as many, and at the end.
 *
 * @returns the exit code
 */
export async function benchMemory({ json, aot, requests }: MemoryOptions, steps: Steps): Promise<number> {
  endWithSignals();
  await buildFirmware(steps);
  const module = await steps.run(
    "app",
    (report) => build(projectPath("bench/apps/mixed"), aot, report),
    () => "built",
  );
  const host = await HostProcess.start(module);
  let readings: readonly Reading[];
  try {
    readings = await steps.run(
      "requests",
      (report) => measure(host, requests, report),
      () => "sent",
    );
  } finally {
    await host.stop();
  }
  process.stdout.write(json ? `${JSON.stringify(readings, null, 2)}\n` : inTable(readings));
  return 0;
}

/** Path of the app's module. */
async function build(app: string, aot: boolean | undefined, onStage: Report): Promise<string> {
  return aot ? (await buildAot(app, { onStage })).aot : (await buildApp(app, { onStage })).wasm;
}

async function measure(host: HostProcess, requests: number, report: Report): Promise<Reading[]> {
  const readings: Reading[] = [];
  let sent = 0;
  for (let goal = Math.min(FIRST, requests); ; goal = Math.min(goal * 10, requests)) {
    const before = sent;
    const show = (done: number): void =>
      report(`${(before + done).toLocaleString("en")} of ${requests.toLocaleString("en")}`);
    if (goal > sent) sent += await send(tcpWires(host.port), goal - sent, CLIENTS, show);
    readings.push(await read(host, sent));
    if (goal === requests) return readings;
  }
}

async function read(host: HostProcess, requests: number): Promise<Reading> {
  await sleep(QUIET_MS);
  const fetchText = async (target: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${host.port}${target}`, { headers: { Connection: "close" } })).text();
  const guestFree = await freeMemory(fetchText);
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${host.pid}/status`, "utf8")) ?? [];
  return { requests, guestFree, hostMemory: 1024 * Number(kilobytes) };
}

function inTable(readings: readonly Reading[]): string {
  return [
    table(
      ["requests", "free in the guest", "host's own memory"],
      readings.map(({ requests, guestFree, hostMemory }) => [requests, guestFree, hostMemory]),
    ),
    footnote("bytes, when all is quiet: heap of the app after a collection, RssAnon of the host"),
    footnote("requests: GET, POST of JSON, 404, malformed, pipelined, traps, WebSockets, streams, uploads, broken off"),
  ].join("");
}
