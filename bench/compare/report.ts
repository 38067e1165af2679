/** Shows a comparison to people: as text, or in Markdown. */

import { cellsAsText, footnote, table, type Cell } from "../table.js";
import { rateOf, type CaseFigures, type Figures, type Result } from "./figures.js";
import { idle, MEGABYTE, NONE, reasons, summary } from "./summary.js";

/** All figures of each case, and a summary. */
export function asText(figures: Figures): string {
  return [
    ...figures.cases.map((one) => caseAsText(one, figures)),
    ...summary(figures).map(({ title, head, rows, digits }) => `${title}\n${table(head, rows, { digits })}\n`),
    ...notes(figures).map(footnote),
  ].join("");
}

/** The summary: its tables, and what there is to know of them. */
export function asMarkdown(figures: Figures): string {
  const what = figures.cases.map(
    ({ name, title, unit }) => `- ${name}: ${title}${unit === "request" ? "" : `; for one ${unit}`}\n`,
  );
  return `${tables(figures).join("")}${what.join("")}\n${notes(figures)
    .map((note) => `- ${note}\n`)
    .join("")}`;
}

/** Instructions and rates, and where they were measured. */
export function asShortMarkdown(figures: Figures): string {
  return `${tables(figures).slice(0, 2).join("")}${measuredOn(figures)}.\n`;
}

function tables(figures: Figures): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return summary(figures).map(({ title, head, rows, digits }) => {
    const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
    const cells = cellsAsText(rows, { digits });
    return `${line([`**${title}**`, ...head.slice(1)])}${line(rule)}${cells.map(line).join("")}\n`;
  });
}

function measuredOn({ date, machine }: Figures): string {
  return `${date.slice(0, 10)}, ${machine.processor}, ${machine.processors} processors, ${machine.system}, Linux ${machine.kernel}, load ${machine.load}`;
}

function notes(figures: Figures): readonly string[] {
  const { servers, seconds, pinned } = figures;
  const versions = servers.filter(({ version }) => version).map(({ title, version }) => `${title} ${version}`);
  return [
    ...reasons(figures).map((reason) => `${NONE} ${reason}`),
    ...idle(figures),
    measuredOn(figures),
    versions.join(", "),
    `${seconds} s for each rate; ${pinned ? "servers on one processor, the client on another" : "server and client share the processor"}`,
  ];
}

function caseAsText(one: CaseFigures, { servers, cases }: Figures): string {
  const rates = cases.flatMap(({ name, results }) => (name === one.name ? results.flatMap((r) => r.rates ?? []) : []));
  const parts = [false, true].map((close) => {
    const counts = [...new Set(rates.filter((rate) => rate.close === close).map(({ connections }) => connections))];
    if (counts.length === 0) return "";
    const rows = servers.map(({ name, title, missing }): Cell[] => {
      const result = one.results.find(({ server }) => server === name);
      if (missing !== undefined) return [title, "not installed"];
      return [title, ...(result === undefined ? [] : cellsOf(result, counts, close))];
    });
    const head = ["", "instructions", "MB", ...counts.flatMap((count) => headOf(count, one.unit))];
    const digits = [0, 0, 1, ...counts.flatMap(() => [0, 1, 0, 0])];
    const how = close ? ", each request closes its connection" : "";
    return `${one.name}: ${one.title}${how}\n${table(head, filled(rows, head.length), { digits })}\n`;
  });
  return parts.join("");
}

function headOf(connections: number, unit: string): string[] {
  const shown = unit === "request" ? "req" : unit;
  return [`${connections} conn${connections === 1 ? "" : "s"}: ${shown}/s`, "CPU µs", "p50 µs", "p99 µs"];
}

function cellsOf(result: Result, counts: readonly number[], close: boolean): Cell[] {
  const { instructions = NONE, peakMemory } = result;
  return [
    instructions,
    peakMemory === undefined ? NONE : peakMemory / MEGABYTE,
    ...counts.flatMap((count): Cell[] => {
      const rate = rateOf(result, count, close);
      return rate === undefined ? [NONE, NONE, NONE, NONE] : [rate.perSecond, rate.cpu, rate.p50, rate.p99];
    }),
  ];
}

function filled(rows: readonly Cell[][], columns: number): Cell[][] {
  return rows.map((row) => [...row, ...Array.from({ length: columns - row.length }, () => NONE)]);
}
