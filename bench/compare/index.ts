/** `npm run bench -- peers`: MicroServer and servers of others side by side. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import prettier from "prettier";
import { buildFirmware } from "../../host/build/firmware.js";
import { projectPath } from "../../host/build/project.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Steps } from "../../host/setup/steps.mjs";
import { endWithSignals } from "../host-process.js";
import { checkValgrind } from "../instructions.js";
import { compareCases, compareCasesOf } from "./cases.js";
import { writeDocuments } from "./documents.js";
import type { Figures } from "./figures.js";
import { asMarkdown, asText } from "./report.js";
import { measureAll } from "./run.js";
import { servers, serversOf } from "./servers.js";

export interface CompareOptions {
  /** Writes JSON. */
  readonly json?: boolean;
  /** Writes the summary in Markdown. */
  readonly markdown?: boolean;
  /** Measures rates for a shorter time. */
  readonly quick?: boolean;
  /** Writes the figures to `bench/results` as well, and those of all cases and servers to the documents. */
  readonly save?: boolean;
  /** Shows these figures, which were saved before, and measures nothing. */
  readonly from?: string;
  /** Names of servers, separated by commas. */
  readonly servers?: string;
}

/** Time for each rate, in seconds. */
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

/** Checks names before it builds anything. */
async function measure(names: readonly string[], options: CompareOptions, steps: Steps): Promise<Figures> {
  compareCasesOf(names);
  serversOf(options.servers);
  checkValgrind();
  endWithSignals();
  await buildFirmware(steps);
  return comparison(names, options, steps);
}

/**
 * Compares the servers, in four steps after those of the C host.
 *
 * @throws {Failure} where a server does not answer as it should
 */
export async function comparison(
  names: readonly string[],
  { quick, servers }: CompareOptions,
  steps: Steps,
): Promise<Figures> {
  return measureAll(compareCasesOf(names), serversOf(servers), quick ? QUICK_SECONDS : SECONDS, steps);
}

/** Figures as people read them. */
export function shown(figures: Figures, { markdown }: CompareOptions): string {
  return markdown ? asMarkdown(figures) : asText(figures);
}

function readSaved(path: string): Figures {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Figures;
  } catch (error) {
    throw new Failure(`--from: ${(error as Error).message}`, { exitCode: 2 });
  }
}

/** Writes them to `bench/results`, and where nothing was left out to the documents. */
export async function save(figures: Figures): Promise<void> {
  const path = `bench/results/${figures.date.slice(0, 16).replace(":", "")}.json`;
  mkdirSync(projectPath("bench/results"), { recursive: true });
  const file = projectPath(path);
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  writeFileSync(file, await prettier.format(JSON.stringify(figures), options));
  const isWhole = figures.cases.length === compareCases.length && figures.servers.length === servers.length;
  const written = [path, ...(isWhole ? writeDocuments(figures) : [])];
  process.stderr.write(`saved: ${written.join(", ")}\n`);
}
