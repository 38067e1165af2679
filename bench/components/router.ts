/** The router, against routers of JavaScript. */

import findMyWay, { type HTTPMethod } from "find-my-way";
import { Memoirist } from "memoirist";
import type { Comparison, Component } from "./comparison.js";
import { Job } from "./job.js";
import { large, small, type RouteTable } from "./tables.js";
import type { Runner } from "./timing.js";

const component: Component = {
  unit: "look-up",
  agrees: true,
  comparisons: async () => [small, large].map(comparison),
  notes: [
    "mixed paths: literal, with one or two parameters, with a rest, without a route; a round looks up all of them",
  ],
};

export default component;

function comparison(table: RouteTable): Comparison {
  return {
    input: `${table.routes.length} routes, ${table.lookUps.length} paths`,
    units: table.lookUps.length,
    contenders: [
      { name: "ours", task: { job: Job.ROUTE, input: Buffer.from(forOurs(table)) } },
      { name: "memoirist", runner: withMemoirist(table) },
      { name: "find-my-way", runner: withFindMyWay(table) },
    ],
  };
}

/** The table as the guest reads it. */
function forOurs({ routes, lookUps }: RouteTable): string {
  const patterns = routes.map((route) => `+${route.replace(/:(\w+)/g, "<$1>").replace("*", "<path:rest>")}\n`);
  return [...patterns, ...lookUps.map((lookUp) => `?${lookUp}\n`)].join("");
}

type Line = readonly [method: HTTPMethod, path: string];

function lines(texts: readonly string[]): Line[] {
  return texts.map((text) => text.split(" ") as unknown as Line);
}

/** Sums up the numbers of the routes that are found, the first of which is 1, as the guest does. */
function summing(table: RouteTable, find: (method: HTTPMethod, path: string) => number): Runner {
  const lookUps = lines(table.lookUps);
  return (rounds) => {
    let sum = 0;
    for (let n = 0; n < rounds; n++) for (const [method, path] of lookUps) sum += find(method, path);
    return sum;
  };
}

function withMemoirist(table: RouteTable): Runner {
  const routes = new Memoirist<number>();
  lines(table.routes).forEach(([method, path], n) => routes.add(method, path, n + 1));
  return summing(table, (method, path) => routes.find(method, path)?.store ?? 0);
}

function withFindMyWay(table: RouteTable): Runner {
  const routes = findMyWay();
  lines(table.routes).forEach(([method, path], n) => routes.on(method, path, () => undefined, n + 1));
  return summing(table, (method, path) => (routes.find(method, path)?.store as number | undefined) ?? 0);
}
