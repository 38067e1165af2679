/** How the bench plots. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lineThrough } from "../../bench/growth/line.js";
import { svg, ticksUpTo } from "../../bench/growth/plot.js";

describe("a line through points", () => {
  it("is the one that they are on", () => {
    const line = lineThrough([
      [0, 5],
      [10, 25],
      [20, 45],
    ]);
    assert.deepEqual(line, { base: 5, slope: 2, deviation: 0 });
  });

  it("says how far they are off", () => {
    const line = lineThrough([
      [0, 0],
      [1, 3],
      [2, 0],
    ]);
    assert.deepEqual([line.base, line.slope, line.deviation.toFixed(3)], [1, 0, "0.667"]);
  });
});

describe("a plot", () => {
  const plot = {
    title: "a < b",
    x: "routes",
    y: "instructions",
    curves: [
      {
        name: "interpreter",
        points: [
          [0, 100],
          [10, 250],
        ] as const,
      },
    ],
  };

  for (const [most, ticks] of [
    [10, [0, 2, 4, 6, 8, 10]],
    [250, [0, 50, 100, 150, 200, 250]],
    [1001, [0, 500, 1000, 1500]],
    [0, [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]],
  ] as const)
    it(`has round numbers up to ${most}`, () => assert.deepEqual(ticksUpTo(most), ticks));

  it("has each point where it belongs", () =>
    assert.match(svg(plot), /<polyline class="curve c0" points="84,225.6 696,84"\/>/));

  it("has names of axes and curves, escaped", () => {
    for (const text of ["a &lt; b", "routes", "instructions", "interpreter", "250"])
      assert.ok(svg(plot).includes(`>${text}<`), text);
  });

  it("is readable on dark pages, too", () => assert.match(svg(plot), /@media \(prefers-color-scheme: dark\)/));
});
