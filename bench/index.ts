/** `npm run bench`: what a request costs, and how large the examples are. */

import { casesOf, type Case } from "./cases.js";
import { compiledModules } from "./compiled.js";
import { endWithSignals } from "./host-process.js";
import { checkValgrind, instructionsOf } from "./instructions.js";
import { buildApps, examples } from "./modules.js";
import { CONNECTIONS, ratesOf, type Rate } from "./rate.js";
import { footnote, table, type Cell } from "./table.js";
import { buildFirmware } from "../host/build/firmware.js";
import type { Report, Steps } from "../host/setup/steps.mjs";

export interface BenchOptions {
  /** Whether to write JSON instead of tables. */
  readonly json?: boolean;
  /** Requests that instructions are counted over. */
  readonly requests: number;
  /** Time for each measurement of a rate, 0 to leave rates out. */
  readonly seconds: number;
}

interface CaseFigures {
  readonly name: string;
  readonly title: string;
  readonly app: string;
  readonly requestBytes: number;
  readonly instructionsPerRequest: number;
  /** The same of the module compiled ahead of time, null where there is no compiler. */
  readonly aotInstructionsPerRequest: number | null;
  readonly rates: readonly Rate[];
}

interface ModuleFigures {
  readonly app: string;
  readonly bytes: number;
}

export interface Figures {
  readonly architecture: string;
  readonly requests: number;
  readonly cases: readonly CaseFigures[];
  readonly modules: readonly ModuleFigures[];
}

/**
 * Measures the named cases and prints the figures.
 *
 * @returns the exit code
 * @throws {Failure} where valgrind is missing, or the server does not answer as it should
 */
export async function bench(names: readonly string[], options: BenchOptions, steps: Steps): Promise<number> {
  const figures = await measureOwn(names, options, steps);
  process.stdout.write(options.json ? `${JSON.stringify(figures, null, 2)}\n` : inTables(figures));
  return 0;
}

/**
 * Measures the named cases, in four steps after those of the C host.
 *
 * @throws {Failure} where valgrind is missing, or the server does not answer as it should
 */
export async function measureOwn(names: readonly string[], options: BenchOptions, steps: Steps): Promise<Figures> {
  const chosen = casesOf(names);
  checkValgrind();
  endWithSignals();
  await buildFirmware(steps);
  const modules = await steps.run(
    "apps",
    (report) => buildApps([...examples(), ...chosen.map(({ app }) => app)], report),
    (all) => `${all.size} built`,
  );
  const wasmOf = ({ app }: Case): string => modules.get(app)?.wasm ?? "";
  const counts = await steps.run(
    "instructions",
    (report) => each(chosen, report, (one) => instructionsOf(wasmOf(one), one, options.requests)),
    () => "counted",
  );
  const aotCounts = await steps.run(
    "ahead of time",
    async (report) => {
      const compiled = await compiledModules(new Set(chosen.map(({ app }) => app)), modules, report);
      return each(chosen, report, (one) => {
        const aot = compiled.get(one.app);
        return aot === undefined ? null : instructionsOf(aot, one, options.requests);
      });
    },
    () => "counted",
  );
  const rates = await steps.run(
    "rates",
    (report) => each(chosen, report, (one) => (options.seconds > 0 ? ratesOf(wasmOf(one), one, options.seconds) : [])),
    () => (options.seconds > 0 ? "measured" : "left out"),
  );
  return {
    architecture: process.arch,
    requests: options.requests,
    cases: chosen.map(({ name, title, app, request }, n) => ({
      name,
      title,
      app,
      requestBytes: request.length,
      instructionsPerRequest: Math.round(counts[n] ?? NaN),
      aotInstructionsPerRequest: rounded(aotCounts[n]),
      rates: (rates[n] ?? []).map((rate) => ({ ...rate, requestsPerSecond: Math.round(rate.requestsPerSecond) })),
    })),
    modules: [...modules].map(([app, { bytes }]) => ({ app, bytes })),
  };
}

function rounded(count: number | null | undefined): number | null {
  return typeof count === "number" ? Math.round(count) : null;
}

/** Measures one case after the other: they share the processor. */
async function each<T>(chosen: readonly Case[], report: Report, measure: (one: Case) => Promise<T> | T): Promise<T[]> {
  const results: T[] = [];
  for (const one of chosen) {
    report(`${one.name}, ${results.length + 1} of ${chosen.length}`);
    results.push(await measure(one));
  }
  return results;
}

/** Figures as people read them. */
export function inTables({ architecture, requests, cases, modules }: Figures): string {
  const rated = cases.some(({ rates }) => rates.length > 0) ? CONNECTIONS : [];
  const rateTitles = rated.map((count) => `req/s, ${count} conn${count === 1 ? "" : "s"}`);
  const rows = cases.map(
    ({ name, title, requestBytes, instructionsPerRequest, aotInstructionsPerRequest, rates }): Cell[] => [
      name,
      title,
      requestBytes,
      instructionsPerRequest,
      aotInstructionsPerRequest ?? "–",
      ...rates.map(({ requestsPerSecond }) => requestsPerSecond),
    ],
  );
  return [
    table(["case", "request", "bytes", "instructions", "compiled", ...rateTitles], rows),
    footnote(
      `instructions: of one request in user space, ${architecture}, by callgrind over ${requests} requests; compiled: ahead of time`,
    ),
    rated.length > 0 ? footnote("req/s: with a client in Node on the same computer; differs from run to run") : "",
    "\n",
    table(
      ["app", "Wasm bytes"],
      modules.map(({ app, bytes }) => [app, bytes]),
    ),
  ].join("");
}
