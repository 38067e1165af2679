/** `npm run bench -- peers`: MicroServer and servers of others side by side. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import prettier from "prettier";
import { buildFirmware } from "../../host/build/firmware.js";
import { projectPath } from "../../host/build/project.js";
import { pool } from "../../host/cli/test/pool.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Report, Steps } from "../../host/setup/steps.mjs";
import { endWithSignals } from "../host-process.js";
import { checkValgrind } from "../instructions.js";
import type { Answer } from "./answer.js";
import { compareCasesOf, type CompareCase } from "./cases.js";
import type { Figures, Result, ServerFigures } from "./figures.js";
import { isPinned } from "./load.js";
import { machine } from "./machine.js";
import { checkAnswer, instructionsOf, ratesOf, type Pair } from "./measure.js";
import { writePage } from "./page.js";
import { buildPrograms } from "./programs.js";
import { asMarkdown, asText } from "./report.js";
import type { Missing, Ready, Server } from "./server.js";
import { serversOf } from "./servers.js";

export interface CompareOptions {
  /** Writes JSON. */
  readonly json?: boolean;
  /** Writes the summary in Markdown. */
  readonly markdown?: boolean;
  /** Measures rates for a shorter time. */
  readonly quick?: boolean;
  /** Writes the figures to `bench/results` as well. */
  readonly save?: boolean;
  /** Shows these figures, which were saved before, and measures nothing. */
  readonly from?: string;
  /** Names of servers, separated by commas. */
  readonly servers?: string;
}

const SECONDS = 1;
const QUICK_SECONDS = 0.2;

/**
 * Compares the servers by the named cases and prints the figures.
 *
 * @returns the exit code
 * @throws {Failure} where valgrind is missing, or a server does not answer as it should
 */
export async function compare(names: readonly string[], options: CompareOptions, steps: Steps): Promise<number> {
  const figures = options.from === undefined ? await measure(names, options, steps) : readSaved(options.from);
  if (options.save) await save(figures);
  process.stdout.write(options.json ? `${JSON.stringify(figures, null, 2)}\n` : shown(figures, options));
  return 0;
}

async function measure(names: readonly string[], options: CompareOptions, steps: Steps): Promise<Figures> {
  compareCasesOf(names);
  serversOf(options.servers);
  checkValgrind();
  endWithSignals();
  await buildFirmware(steps);
  return measureAll(names, options, steps);
}

/** Figures as people read them. */
export function shown(figures: Figures, { markdown }: CompareOptions): string {
  return markdown ? asMarkdown(figures) : asText(figures);
}

/**
 * Compares the servers, in four steps after those of the C host.
 *
 * @throws {Failure} where a server does not answer as it should
 */
export async function measureAll(
  names: readonly string[],
  { quick, servers: serverNames }: CompareOptions,
  steps: Steps,
): Promise<Figures> {
  const cases = compareCasesOf(names);
  const servers = serversOf(serverNames);
  const date = new Date().toISOString();
  const computer = await machine();
  const seconds = quick ? QUICK_SECONDS : SECONDS;
  const prepared = await steps.run(
    "servers",
    (report) => prepare(servers, cases, report),
    (all) => `${[...all.values()].filter((one) => "version" in one).length} of ${all.size} ready`,
  );
  const pairs = pairsOf(cases, prepared);
  const each = <T>(report: Report, width: number, measure: (pair: Pair, n: number) => Promise<T>): Promise<T[]> => {
    let begun = 0;
    return pool([...pairs.entries()], width, ([n, pair]) => {
      report(`${pair.one.name} by ${pair.server.name}, ${++begun} of ${pairs.length}`);
      return measure(pair, n);
    });
  };
  const answers = await steps.run(
    "answers",
    (report) => each(report, 1, checkAnswer),
    () => "all alike",
  );
  const answerOf = (n: number): Answer => answers[n] ?? { content: new Uint8Array(), keepAlive: true };
  const instructions = await steps.run(
    "instructions",
    (report) =>
      each(report, availableParallelism(), async (pair, n) =>
        pair.server.uncounted === undefined ? instructionsOf(pair, answerOf(n)) : undefined,
      ),
    () => "counted",
  );
  const rates = await steps.run(
    "rates",
    (report) => each(report, 1, (pair, n) => ratesOf(pair, answerOf(n), seconds)),
    () => "measured",
  );
  const resultOf = (one: CompareCase, server: Server): Result => {
    const lacks = server.lacks?.[one.name];
    const n = pairs.findIndex((pair) => pair.one === one && pair.server === server);
    if (lacks !== undefined || n < 0) return { server: server.name, lacks };
    const { uncounted } = server;
    return {
      server: server.name,
      instructions: instructions[n] === undefined ? undefined : Math.round(instructions[n]),
      uncounted,
      keepAlive: one.unit === "request" ? answerOf(n).keepAlive : undefined,
      ...rates[n],
    };
  };
  return {
    date,
    machine: computer,
    seconds,
    pinned: isPinned,
    servers: servers.map((server): ServerFigures => {
      const { name, title } = server;
      return { name, title, ...figuresOf(prepared.get(server)) };
    }),
    cases: cases.map((one) => ({
      name: one.name,
      title: one.title,
      unit: one.unit,
      requestBytes: one.request.length,
      results: servers.map((server) => resultOf(one, server)),
    })),
  };
}

function figuresOf(prepared: Ready | Missing | undefined): Partial<ServerFigures> {
  if (prepared === undefined) return {};
  return "missing" in prepared ? prepared : { version: prepared.version };
}

async function prepare(
  servers: readonly Server[],
  cases: readonly CompareCase[],
  report: Report,
): Promise<ReadonlyMap<Server, Ready | Missing>> {
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
function pairsOf(cases: readonly CompareCase[], prepared: ReadonlyMap<Server, Ready | Missing>): readonly Pair[] {
  return cases.flatMap((one) =>
    [...prepared].flatMap(([server, ready]) =>
      "missing" in ready || server.lacks?.[one.name] !== undefined ? [] : [{ one, server, ready }],
    ),
  );
}

function readSaved(path: string): Figures {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Figures;
  } catch (error) {
    throw new Failure(`--from: ${(error as Error).message}`, { exitCode: 2 });
  }
}

/** Writes them to `bench/results`. */
export async function save(figures: Figures): Promise<void> {
  const path = `bench/results/${figures.date.slice(0, 16).replace(":", "")}.json`;
  mkdirSync(projectPath("bench/results"), { recursive: true });
  const file = projectPath(path);
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  writeFileSync(file, await prettier.format(JSON.stringify(figures), options));
  process.stderr.write(`saved as ${path}\n`);
}
