/** Line plots as SVG, for light and dark pages. */

import type { XY } from "./line.js";

export interface Curve {
  readonly name: string;
  readonly points: readonly XY[];
}

export interface Plot {
  readonly title: string;
  /** What the horizontal axis counts. */
  readonly x: string;
  /** What the vertical axis counts; it begins at 0. */
  readonly y: string;
  /** Two at most. */
  readonly curves: readonly Curve[];
}

const WIDTH = 720;
const HEIGHT = 380;
const AREA = { left: 84, right: 696, top: 84, bottom: 320 };
const TICKS = 5;

const STYLE = `
    text { font: 13px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #57606a; }
    .title { font-size: 16px; font-weight: 600; fill: #1f2328; }
    .page { fill: #ffffff; }
    .grid { stroke: #d8dee4; }
    .axis { stroke: #8c959f; }
    .curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
    .c0 { stroke: #0969da; } .d0 { fill: #0969da; }
    .c1 { stroke: #bc4c00; } .d1 { fill: #bc4c00; }
    .end { text-anchor: end; } .middle { text-anchor: middle; }
    @media (prefers-color-scheme: dark) {
      text { fill: #9198a1; }
      .title { fill: #f0f6fc; }
      .page { fill: #0d1117; }
      .grid { stroke: #2a313c; }
      .axis { stroke: #656c76; }
      .c0 { stroke: #58a6ff; } .d0 { fill: #58a6ff; }
      .c1 { stroke: #f0883e; } .d1 { fill: #f0883e; }
    }`;

/** The text of an SVG file. */
export function svg({ title, x, y, curves }: Plot): string {
  const points = curves.flatMap((curve) => curve.points);
  const xTicks = ticksUpTo(Math.max(...points.map((point) => point[0])));
  const yTicks = ticksUpTo(Math.max(...points.map((point) => point[1])));
  const across = scale(xTicks, AREA.left, AREA.right);
  const up = scale(yTicks, AREA.bottom, AREA.top);
  const { left, right, top, bottom } = AREA;
  const lines = [
    `<rect class="page" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    `<text class="title" x="24" y="34">${escaped(title)}</text>`,
    ...legend(curves),
    `<text x="24" y="${top - 16}">${escaped(y)}</text>`,
    ...yTicks.map((value) => rule("grid", left, up(value), right, up(value))),
    ...yTicks.map((value) => text("end", left - 10, up(value) + 4, number(value))),
    rule("axis", left, bottom, right, bottom),
    ...xTicks.map((value) => rule("axis", across(value), bottom, across(value), bottom + 5)),
    ...xTicks.map((value) => text("middle", across(value), bottom + 22, number(value))),
    text("middle", (left + right) / 2, HEIGHT - 16, x),
    ...curves.flatMap((curve, n) => drawn(curve, n, across, up)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
  <style>${STYLE}
  </style>
  ${lines.join("\n  ")}
</svg>
`;
}

/** From 0 in steps of 1, 2 or 5 times a power of ten, up to the first that is not below `most`. */
export function ticksUpTo(most: number): number[] {
  const rough = Math.max(most, 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, n) => n * step);
}

type Scale = (value: number) => number;

function scale(ticks: readonly number[], from: number, to: number): Scale {
  const most = ticks.at(-1) ?? 1;
  return (value) => Math.round((from + ((to - from) * value) / most) * 10) / 10;
}

function drawn({ points, name }: Curve, n: number, across: Scale, up: Scale): string[] {
  const path = points.map(([x, y]) => `${across(x)},${up(y)}`).join(" ");
  const dots = points.map(
    ([x, y]) =>
      `<circle class="d${n}" cx="${across(x)}" cy="${up(y)}" r="4"><title>${escaped(name)}: ${number(y)} at ${number(x)}</title></circle>`,
  );
  return [`<polyline class="curve c${n}" points="${path}"/>`, ...dots];
}

/** At the top, to the right. */
function legend(curves: readonly Curve[]): string[] {
  const width = 130;
  return curves.flatMap(({ name }, n) => {
    const x = AREA.right - width * (curves.length - n);
    return [
      `<rect class="d${n}" x="${x}" y="${AREA.top - 28}" width="14" height="14" rx="3"/>`,
      text("", x + 20, AREA.top - 16, name),
    ];
  });
}

function rule(kind: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function text(kind: string, x: number, y: number, content: string): string {
  return `<text${kind === "" ? "" : ` class="${kind}"`} x="${x}" y="${y}">${escaped(content)}</text>`;
}

function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 1 });
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
