/** `npm run bench -- growth`: what a request costs as routes, fields, connections and content grow. */

import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { lineThrough, type Line, type XY } from "./line.js";
import { svg, type Curve } from "./plot.js";
import { series, type Series } from "./series.js";
import { endWithSignals } from "../host-process.js";
import { checkValgrind, instructionsOf } from "../instructions.js";
import { footnote, table, type Cell } from "../table.js";
import { buildAot } from "../../host/build/aot.js";
import { buildFirmware } from "../../host/build/firmware.js";
import { pool } from "../../host/build/pool.js";
import { projectPath } from "../../host/build/project.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Report, Steps } from "../../host/setup/steps.mjs";

const APP = projectPath("bench/apps/growth");
const PLOTS = "docs/plots";
const REQUESTS = 720;

export interface GrowthOptions {
  readonly json?: boolean;
  /** Writes the plots to docs/plots. */
  readonly save?: boolean;
}

/** What was measured of one series: a curve for each way to run the module. */
interface Grown {
  readonly series: Series;
  readonly curves: readonly Curve[];
}

/**
 * Measures the named series, all where none is named, and prints the figures.
 *
 * @returns the exit code
 * @throws {Failure} for an unknown name; where valgrind or LLVM is missing
 */
export async function benchGrowth(
  names: readonly string[],
  { json, save }: GrowthOptions,
  steps: Steps,
): Promise<number> {
  const chosen = seriesOf(names);
  checkValgrind();
  endWithSignals();
  await buildFirmware(steps);
  const { wasm, aot } = await steps.run(
    "app",
    (onStage) => buildAot(APP, { onStage }),
    () => "built",
  );
  const modules = { interpreter: wasm, AOT: aot };
  const grown = await steps.run(
    "instructions",
    (report) => measure(chosen, modules, report),
    () => "counted",
  );
  await steps.run("plots", () => (save ? saved(grown) : "not saved: --save writes them"));
  process.stdout.write(json ? `${JSON.stringify(grown.map(inJson), null, 2)}\n` : grown.map(inTable).join("\n"));
  return 0;
}

function seriesOf(names: readonly string[]): readonly Series[] {
  if (names.length === 0) return series;
  return names.map((name) => {
    const found = series.find((one) => one.name === name);
    if (found) return found;
    throw new Failure(`nothing grows that is called ${name}; there are ${series.map((one) => one.name).join(", ")}`, {
      exitCode: 2,
    });
  });
}

async function measure(
  chosen: readonly Series[],
  modules: Readonly<Record<string, string>>,
  report: Report,
): Promise<Grown[]> {
  const jobs = chosen.flatMap((series) =>
    Object.entries(modules).flatMap(([mode, module]) =>
      series.counts.map((count) => ({ series, mode, module, count })),
    ),
  );
  let done = 0;
  const values = await pool(jobs, availableParallelism(), async ({ series, module, count }) => {
    const { sent, prepare } = series.at(count);
    const value = Math.round(await instructionsOf(module, sent, REQUESTS, prepare));
    report(`${++done} of ${jobs.length}, ${series.name} last`);
    return value;
  });
  const points = (one: Series, name: string): XY[] =>
    jobs.flatMap(({ series, mode, count }, n) => (series === one && mode === name ? [[count, values[n] ?? NaN]] : []));
  return chosen.map((series) => ({
    series,
    curves: Object.keys(modules).map((name) => ({ name, points: points(series, name) })),
  }));
}

function saved(grown: readonly Grown[]): string {
  mkdirSync(projectPath(PLOTS), { recursive: true });
  for (const { series, curves } of grown) {
    const plot = { title: series.title, x: series.axis, y: "instructions", curves };
    writeFileSync(projectPath(`${PLOTS}/${series.name}.svg`), svg(plot));
  }
  return `${grown.length} in ${PLOTS}`;
}

function inJson({ series, curves }: Grown): object {
  const line = ({ points }: Curve): Line => lineThrough(points);
  return { name: series.name, axis: series.axis, curves: curves.map((curve) => ({ ...curve, line: line(curve) })) };
}

function inTable({ series, curves }: Grown): string {
  const rows = series.counts.map((count, n): Cell[] => [count, ...curves.map(({ points }) => points[n]?.[1] ?? NaN)]);
  const lines = curves.map(({ name, points }) => {
    const { slope, deviation } = lineThrough(points);
    const price = slope.toLocaleString("en", { maximumFractionDigits: slope < 100 ? 1 : 0 });
    return footnote(`${name}: ${price} for each ${series.unit}; at most ${(100 * deviation).toFixed(1)} % off a line`);
  });
  return [table([series.axis, ...curves.map(({ name }) => name)], rows), ...lines].join("");
}
