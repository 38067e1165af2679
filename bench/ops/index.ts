/** `npm run bench -- ops`: which functions of the module a request's operations go to. */

import { readFileSync } from "node:fs";
import { countOperations, type FunctionCount } from "./count.js";
import { casesOf, type Case } from "../cases.js";
import { buildApps } from "../modules.js";
import { footnote, table, type Cell } from "../table.js";
import type { Steps } from "../../host/setup/steps.mjs";

/** Functions with a smaller share of all operations are summed up. */
const LEAST_SHARE = 0.005;

interface CaseCounts {
  readonly name: string;
  readonly title: string;
  readonly operationsPerRequest: number;
  readonly functions: readonly FunctionCount[];
}

/**
 * Counts the named cases and prints the counts.
 *
 * @returns the exit code
 */
export async function benchOps(names: readonly string[], options: { json?: boolean }, steps: Steps): Promise<number> {
  const chosen = casesOf(names);
  const modules = await steps.run(
    "apps with names",
    (report) =>
      buildApps(
        chosen.map(({ app }) => app),
        report,
        { names: true },
      ),
    (all) => `${all.size} built`,
  );
  const counts = await steps.run(
    "operations",
    async (report) => {
      const done: CaseCounts[] = [];
      for (const one of chosen) {
        report(one.name);
        done.push(await countCase(readFileSync(modules.get(one.app)?.wasm ?? ""), one));
      }
      return done;
    },
    () => "counted",
  );
  process.stdout.write(
    options.json ? `${JSON.stringify({ cases: counts }, null, 2)}\n` : counts.map(inTable).join("\n"),
  );
  return 0;
}

async function countCase(module: Uint8Array, { name, title, ...sent }: Case): Promise<CaseCounts> {
  const functions = await countOperations(module, sent);
  return { name, title, operationsPerRequest: sum(functions), functions };
}

function inTable({ name, title, operationsPerRequest: total, functions }: CaseCounts): string {
  const large = functions.filter(({ operations }) => operations >= total * LEAST_SHARE);
  const small = functions.slice(large.length);
  const row = (what: string, operations: number): Cell[] => [operations, (100 * operations) / total, what];
  const rows = large.map((one) => row(one.name, one.operations));
  if (small.length > 0) rows.push(row(`${small.length} others`, sum(small)));
  rows.push(row("together", total));
  return `${name}: ${title}\n${table(["operations", "%", "function"], rows, { digits: 1 })}${footnote(
    "operations: Wasm instructions of one request without local.*, constants, drop and block structure",
  )}`;
}

function sum(functions: readonly FunctionCount[]): number {
  return functions.reduce((total, { operations }) => total + operations, 0);
}
