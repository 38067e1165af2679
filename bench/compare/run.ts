/** Runs a comparison: each server by each case that it can do. */

import { availableParallelism } from "node:os";
import { pool } from "../../host/build/pool.js";
import type { Report, Steps } from "../../host/setup/steps.mjs";
import type { CompareCase } from "./cases.js";
import type { Figures, Result, ServerFigures } from "./figures.js";
import { isPinned } from "./load.js";
import { machine } from "./machine.js";
import { checkAnswer, instructionsOf, ratesOf, type Pair } from "./measure.js";
import { writePage } from "./page.js";
import { buildPrograms } from "./programs.js";
import type { Missing, Ready, Server } from "./server.js";

type Prepared = ReadonlyMap<Server, Ready | Missing>;

/**
 * @param seconds time for each rate
 * @throws {Failure} where a server does not answer as it should
 */
export async function measureAll(
  cases: readonly CompareCase[],
  servers: readonly Server[],
  seconds: number,
  steps: Steps,
): Promise<Figures> {
  const date = new Date().toISOString();
  const computer = await machine();
  const prepared = await steps.run(
    "servers",
    (report) => prepare(servers, cases, report),
    (all) => `${[...all.values()].filter((one) => "version" in one).length} of ${all.size} ready`,
  );
  const results = await resultsOf(pairsOf(cases, prepared), seconds, steps);
  return {
    date,
    machine: computer,
    seconds,
    pinned: isPinned,
    servers: servers.map((server) => serverFigures(server, prepared.get(server))),
    cases: cases.map((one) => ({
      name: one.name,
      title: one.title,
      unit: one.unit,
      requestBytes: one.request.length,
      results: servers.map(
        (server) => results.get(keyOf(one, server)) ?? { server: server.name, lacks: server.lacks?.[one.name] },
      ),
    })),
  };
}

async function prepare(servers: readonly Server[], cases: readonly CompareCase[], report: Report): Promise<Prepared> {
  report("client");
  writePage();
  await buildPrograms();
  const prepared = new Map<Server, Ready | Missing>();
  for (const server of servers) {
    report(server.name);
    prepared.set(server, await server.prepare(cases, (text) => report(`${server.name}, ${text}`)));
  }
  return prepared;
}

/** Each server with each case that it can do. */
function pairsOf(cases: readonly CompareCase[], prepared: Prepared): readonly Pair[] {
  return cases.flatMap((one) =>
    [...prepared].flatMap(([server, ready]) =>
      "missing" in ready || server.lacks?.[one.name] !== undefined ? [] : [{ one, server, ready }],
    ),
  );
}

/** Three steps: answers first, so that what is measured is known to be the same; rates last, one by one. */
async function resultsOf(pairs: readonly Pair[], seconds: number, steps: Steps): Promise<ReadonlyMap<string, Result>> {
  const answers = await steps.run(
    "answers",
    (report) => each(pairs, 1, report, async (pair) => ({ ...pair, answer: await checkAnswer(pair) })),
    () => "all alike",
  );
  const counts = await steps.run(
    "instructions",
    (report) => each(answers, availableParallelism(), report, (pair) => instructionsOf(pair, pair.answer)),
    () => "counted",
  );
  const rates = await steps.run(
    "rates",
    (report) => each(answers, 1, report, (pair) => ratesOf(pair, pair.answer, seconds)),
    () => "measured",
  );
  return new Map(
    answers.map(({ one, server, answer }, n): [string, Result] => [
      keyOf(one, server),
      {
        server: server.name,
        instructions: counts[n],
        uncounted: server.uncounted,
        keepAlive: one.unit === "request" ? answer.keepAlive : undefined,
        ...rates[n],
      },
    ]),
  );
}

/** Measures several at a time, and says where it is. */
function each<P extends Pair, T>(
  pairs: readonly P[],
  width: number,
  report: Report,
  measure: (pair: P) => Promise<T>,
): Promise<T[]> {
  let begun = 0;
  return pool(pairs, width, (pair) => {
    report(`${pair.one.name} by ${pair.server.name}, ${++begun} of ${pairs.length}`);
    return measure(pair);
  });
}

function keyOf(one: CompareCase, server: Server): string {
  return `${one.name} ${server.name}`;
}

function serverFigures({ name, title }: Server, prepared: Ready | Missing | undefined): ServerFigures {
  if (prepared === undefined) return { name, title };
  return { name, title, ...("missing" in prepared ? prepared : { version: prepared.version }) };
}
