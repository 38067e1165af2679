/** A straight line through points. */

export type XY = readonly [x: number, y: number];

export interface Line {
  /** Its value at 0. */
  readonly base: number;
  /** What each further one adds. */
  readonly slope: number;
  /** The largest distance of a point from it, as a part of the largest value. */
  readonly deviation: number;
}

/** The line of least squares; there are points at two places at least. */
export function lineThrough(points: readonly XY[]): Line {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([x]) => x));
  const y = mean(points.map(([, y]) => y));
  const slope = mean(points.map((p) => (p[0] - x) * (p[1] - y))) / mean(points.map((p) => (p[0] - x) ** 2));
  const base = y - slope * x;
  const deviation = Math.max(...points.map((p) => Math.abs(p[1] - base - slope * p[0])));
  return { base, slope, deviation: deviation / Math.max(...points.map(([, y]) => y)) };
}
