/** `npm run bench -- parser|router|unmask|utf8`: parts of the server by themselves, against others' code. */

import type { Comparison, Component, Contender } from "./comparison.js";
import { Guest } from "./guest.js";
import { instructionsOfTask } from "./instructions.js";
import { buildComponents, type Modules } from "./module.js";
import { nanoseconds } from "./timing.js";
import { endWithSignals } from "../host-process.js";
import { checkValgrind } from "../instructions.js";
import { footnote, table, type Cell } from "../table.js";
import { buildFirmware } from "../../host/build/firmware.js";
import { Failure } from "../../host/setup/failure.mjs";
import type { Report, Steps } from "../../host/setup/steps.mjs";

/** What can be measured, by name. */
export const COMPONENTS: Readonly<Record<string, string>> = {
  parser: "request heads",
  router: "look-ups of routes",
  unmask: "unmasking",
  utf8: "validation of UTF-8",
};

/** Rounds that instructions are counted over, for so many units of work at least. */
const COUNTED_UNITS = 100_000;
const SAMPLE_MS = 20;

export interface ComponentOptions {
  readonly json?: boolean;
}

/** Figures of one way to do one piece of work; instructions are known of our code only. */
interface Figures {
  readonly input: string;
  readonly name: string;
  readonly units: number;
  /** Time of one unit in Node. */
  readonly nanoseconds: number;
  readonly instructions: { readonly interpreter: number; readonly aot: number } | null;
}

/**
 * Measures one component and prints the figures.
 *
 * @returns the exit code
 * @throws {Failure} where valgrind or LLVM is missing
 */
export async function benchComponent(name: string, { json }: ComponentOptions, steps: Steps): Promise<number> {
  const { default: component } = (await import(`./${name}.js`)) as { default: Component };
  checkValgrind();
  endWithSignals();
  await buildFirmware(steps);
  const modules = await steps.run("guest", buildComponents, () => "built");
  const comparisons = await component.comparisons();
  const times = await steps.run(
    "times",
    (report) => each(comparisons, report, async (one) => timesOf(component, one, await Guest.load(modules.wasm))),
    () => "measured",
  );
  const counts = await steps.run(
    "instructions",
    (report) => each(comparisons, report, (one) => countsOf(one, modules)),
    () => "counted",
  );
  const figures = comparisons.flatMap(({ input, units, contenders }, i) =>
    contenders.map(({ name }, j) => ({
      input,
      name,
      units,
      nanoseconds: (times[i]?.[j] ?? NaN) / units,
      instructions: counts[i]?.[j] ?? null,
    })),
  );
  process.stdout.write(
    json
      ? `${JSON.stringify(jsonOf(name, component, figures), null, 2)}\n`
      : inTable(COMPONENTS[name] ?? name, component, figures),
  );
  return 0;
}

async function each<T>(
  comparisons: readonly Comparison[],
  report: Report,
  measure: (one: Comparison) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (const one of comparisons) {
    report(one.input);
    results.push(await measure(one));
  }
  return results;
}

function timesOf({ agrees }: Component, { contenders, input }: Comparison, guest: Guest): readonly number[] {
  // One instance has one place for an input: two tasks on the same input share it.
  const runners = contenders.map(({ runner, task }) => runner ?? (task ? guest.prepare(task) : () => undefined));
  const found = new Set(runners.map((run) => run(1)));
  if (agrees && found.size > 1) throw new Failure(`${input}: not all find the same, but ${[...found].join(", ")}`);
  return nanoseconds(runners, SAMPLE_MS);
}

function countsOf({ contenders, units }: Comparison, modules: Modules): Promise<Figures["instructions"][]> {
  const rounds = Math.max(10, Math.ceil(COUNTED_UNITS / units));
  const perUnit = async (module: string, { task }: Contender): Promise<number> =>
    task ? (await instructionsOfTask(module, task, rounds)) / units : NaN;
  return Promise.all(
    contenders.map(async (one) => {
      if (!one.task) return null;
      return { interpreter: await perUnit(modules.wasm, one), aot: await perUnit(modules.aot, one) };
    }),
  );
}

function jsonOf(component: string, { unit }: Component, figures: readonly Figures[]): object {
  return {
    component,
    unit,
    node: process.version,
    architecture: process.arch,
    figures: figures.map(({ input, name, nanoseconds, instructions }) => ({
      input,
      name,
      nanosecondsPerUnit: nanoseconds,
      instructionsPerUnit: instructions,
    })),
  };
}

function inTable(title: string, { unit, notes }: Component, figures: readonly Figures[]): string {
  const speed = ({ nanoseconds }: Figures): number => (unit === "byte" ? 1000 / nanoseconds : nanoseconds);
  const rows = figures.map((one, n): Cell[] => [
    one.input === figures[n - 1]?.input ? "" : one.input,
    one.name,
    speed(one),
    one.instructions?.interpreter ?? "",
    one.instructions?.aot ?? "",
  ]);
  const head = [title, "by", unit === "byte" ? "MB/s in Node" : "ns in Node", "interpreter", "AOT"];
  return [
    table(head, rows, { digits: 1 }),
    footnote(`interpreter, AOT: instructions a ${unit} in the C host, ${process.arch}, by callgrind`),
    footnote("in Node: CPU time, ours as WebAssembly in V8; the best of 15 samples, which differs from run to run"),
    ...notes.map(footnote),
  ].join("");
}
