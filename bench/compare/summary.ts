/** Tables with a row for each server and a column for each case. */

import type { Cell } from "../table.js";
import { rateOf, type CaseFigures, type Figures, type Result } from "./figures.js";

export interface SummaryTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly digits: number;
}

/** What stands for a figure that there is not. */
export const NONE = "–";
export const MEGABYTE = 1_000_000;
const MOST = 8;
/** Below this share of its processor a server waited for others. */
const BUSY = 0.9;

type Measure = readonly [
  title: string,
  digits: number,
  valueOf: (result: Result) => number | undefined,
  takes: (one: CaseFigures) => boolean,
];

const isRequest = ({ unit }: CaseFigures): boolean => unit === "request";
const always = (): boolean => true;

const measures: readonly Measure[] = [
  ["instructions in user space", 0, ({ instructions }) => instructions, always],
  ["a second, 8 connections kept alive", 0, (result) => rateOf(result, MOST, false)?.perSecond, always],
  [
    "a second, 8 connections, each closed by its request",
    0,
    (result) => rateOf(result, MOST, true)?.perSecond,
    isRequest,
  ],
  [
    "processor time in µs, user and system, 8 connections",
    1,
    (result) => (rateOf(result, MOST, false) ?? rateOf(result, MOST, true))?.cpu,
    always,
  ],
  ["most memory of the process in MB", 1, ({ peakMemory }) => peakMemory && peakMemory / MEGABYTE, always],
];

/** The tables that have any figures. */
export function summary({ servers, cases }: Figures): readonly SummaryTable[] {
  return measures
    .map(([title, digits, valueOf, takes]) => {
      const shown = cases.filter(takes);
      const rows = servers.map((server): Cell[] => [
        server.title,
        ...shown.map(({ results }): Cell => {
          if (server.missing !== undefined) return "not installed";
          const result = results.find((one) => one.server === server.name);
          return (result && valueOf(result)) ?? NONE;
        }),
      ]);
      return { title, head: ["", ...shown.map(({ name }) => name)], rows, digits };
    })
    .filter(({ rows }) => rows.some((row) => row.some((cell) => typeof cell === "number")));
}

/** What the dashes of the tables mean, a line each. */
export function reasons({ servers, cases }: Figures): readonly string[] {
  const lines = servers.flatMap(({ name, title, missing }) => {
    if (missing !== undefined) return [`${title} is not installed: ${missing}`];
    const results = cases.flatMap((one) => one.results.filter(({ server }) => server === name));
    const closing = results.some(({ keepAlive }) => keepAlive === false);
    return [
      ...results.flatMap(({ lacks, uncounted }) => [lacks, uncounted && `instructions: ${uncounted}`]),
      closing ? "it closes the connection after each answer" : undefined,
    ]
      .filter((reason) => reason !== undefined)
      .map((reason) => `${title}: ${reason}`);
  });
  return [...new Set(lines)];
}

/** Where the most connections did not keep a server busy, so that the rate is not its own; nothing or one line. */
export function idle({ servers, cases }: Figures): readonly string[] {
  const found = servers.flatMap(({ name, title }) => {
    const names = cases
      .filter(({ results }) =>
        results.some((one) => one.server === name && (rateOf(one, MOST, false)?.busy ?? 1) < BUSY),
      )
      .map((one) => one.name);
    return names.length > 0 ? [`${title} (${names.join(", ")})`] : [];
  });
  return found.length > 0
    ? [`not busy all the time, so that the client or other work bounds the rate: ${found.join(", ")}`]
    : [];
}
