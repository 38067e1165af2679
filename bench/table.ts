/** Aligned tables for people. */

const BOLD = "\x1b[1m";
const DIM = "\x1b[2m";
const RESET = "\x1b[0m";

/** A number is aligned to the right, with commas between thousands. */
export type Cell = string | number;

export interface TableOptions {
  /** Digits behind the point, of all columns or of each. */
  readonly digits?: number | readonly number[];
}

/** Lines with a line end each: the head, then the rows. A column whose cells are numbers is aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], options: TableOptions = {}): string {
  const texts = cellsAsText(rows, options);
  const widths = head.map((title, column) => Math.max(...[head, ...texts].map((row) => (row[column] ?? title).length)));
  const right = head.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (right[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [styled(BOLD, line(head)), ...texts.map(line)].map((text) => `${text}\n`).join("");
}

/** The cells as the table shows them. */
export function cellsAsText(rows: readonly (readonly Cell[])[], { digits = 0 }: TableOptions = {}): string[][] {
  const digitsOf = (column: number): number => (typeof digits === "number" ? digits : (digits[column] ?? 0));
  return rows.map((row) => row.map((cell, n) => (typeof cell === "string" ? cell : number(cell, digitsOf(n)))));
}

/** A line below a table. */
export function footnote(text: string): string {
  return `${styled(DIM, text)}\n`;
}

function number(value: number, digits: number): string {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function styled(style: string, text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `${style}${text}${RESET}` : text;
}
