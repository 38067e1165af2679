/** Measures one server by one case. */

import { Failure } from "../../host/setup/failure.mjs";
import { run } from "../../host/setup/run.mjs";
import { collected, VALGRIND } from "../instructions.js";
import { askOnce, WrongAnswer, type Answer } from "./answer.js";
import type { CompareCase } from "./cases.js";
import { load, SERVER_WRAPPER, type Load } from "./load.js";
import { ServerProcess } from "./server-process.js";
import type { Ready, Server } from "./server.js";

/** One server that does one case. */
export interface Pair {
  readonly one: CompareCase;
  readonly server: Server;
  readonly ready: Ready;
}

export interface Rate {
  readonly connections: number;
  /** Whether each request closed its connection. */
  readonly close: boolean;
  readonly perSecond: number;
  /** Microseconds from the first byte sent, or from the start of connecting, to the last byte of an answer. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time, user and system, in microseconds. */
  readonly cpu: number;
  /** Share of the time that the server had its processor; well below 1, others are what bounds the rate. */
  readonly busy: number;
}

/** Gives a process the same addresses each time, which tables keyed by address depend on. Containers may forbid it. */
const SAME_ADDRESSES = ["setarch", "--addr-no-randomize"];
/** What is counted once to be left out is this part of what is counted. */
const FIRST_PART = 9;
const FIRST_LEAST = 2;
const WARM_UP_PART = 4;

let counting: Promise<readonly string[]> | undefined;

/** What a server runs under while its instructions are counted. */
function countingWrapper(): Promise<readonly string[]> {
  counting ??= run("setarch", [...SAME_ADDRESSES.slice(1), "true"]).then(({ code }) =>
    code === 0 ? [...SAME_ADDRESSES, ...VALGRIND] : VALGRIND,
  );
  return counting;
}

function start({ one, ready }: Pair, wrapper: readonly string[]): Promise<ServerProcess> {
  return ServerProcess.start((port) => ready.command(one, port), wrapper);
}

/**
 * Asks the server once, in a process of its own.
 *
 * @throws {Failure} where its answer is not the one that all servers must give
 */
export async function checkAnswer(pair: Pair): Promise<Answer> {
  const process = await start(pair, []);
  try {
    return await askOnce(process.port, pair.one);
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error;
    throw new Failure(`${pair.server.name} does not do the case ${pair.one.name} as it should: ${error.message}`);
  } finally {
    await process.stop();
  }
}

/**
 * Instructions in user space for a unit: the difference of two runs, of which one has more requests.
 * Undefined where they cannot be counted.
 */
export async function instructionsOf(pair: Pair, { content }: Answer): Promise<number | undefined> {
  if (pair.server.uncounted !== undefined) return undefined;
  const counted = Math.max(2, Math.round(pair.one.counted / (pair.server.slower ?? 1)));
  const first = Math.max(FIRST_LEAST, Math.round(counted / FIRST_PART));
  const total = async (requests: number): Promise<number> => {
    const process = await start(pair, await countingWrapper());
    let log: string;
    try {
      await load(process.port, pair.one, content, { connections: 1, bound: { requests } });
    } finally {
      log = await process.stop();
    }
    return collected(log, pair.server.name);
  };
  const difference = (await total(first + counted)) - (await total(first));
  return Math.round(difference / counted / pair.one.units);
}

/** How the client asks: each number of connections, kept alive and closed. */
function loadsOf({ connections, closes, unit }: CompareCase, { keepAlive }: Answer): readonly Omit<Load, "bound">[] {
  const kept = connections.map((count) => ({ connections: count, close: false }));
  const closed = connections.map((count) => ({ connections: count, close: true }));
  return [...(keepAlive || unit !== "request" ? kept : []), ...(closes ? closed : [])];
}

/** Rates, and the most memory that the server had at a time, in bytes. */
export async function ratesOf(
  pair: Pair,
  answer: Answer,
  seconds: number,
): Promise<{ rates: readonly Rate[]; peakMemory: number }> {
  const { one } = pair;
  const process = await start(pair, SERVER_WRAPPER);
  const measure = async (how: Omit<Load, "bound">): Promise<Rate> => {
    const before = process.cpuSeconds;
    const seen = await load(process.port, one, answer.content, { ...how, bound: { seconds } });
    const cpu = process.cpuSeconds - before;
    return {
      connections: how.connections,
      close: how.close ?? false,
      perSecond: (seen.requests * one.units) / seen.seconds,
      p50: seen.p50,
      p99: seen.p99,
      cpu: (cpu * 1e6) / seen.requests / one.units,
      busy: cpu / seen.seconds,
    };
  };
  try {
    const connections = Math.max(...one.connections);
    await load(process.port, one, answer.content, { connections, bound: { seconds: seconds / WARM_UP_PART } });
    const rates: Rate[] = [];
    for (const how of loadsOf(one, answer)) rates.push(await measure(how));
    return { rates, peakMemory: process.peakMemory };
  } finally {
    await process.stop();
  }
}
