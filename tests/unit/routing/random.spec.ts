/** The router against a plain matcher: every pattern is tried, and the first in the published order is taken. */

import { Router } from "microserver/routing/router";
import { addRoute, find } from "./routes";

const METHODS: string[] = ["GET", "HEAD", "POST", "PUT"];
const SEGMENTS: string[] = [
  "a",
  "ab",
  "abc",
  "abcdefghij",
  "abcdefghik",
  "b",
  "",
  "7",
  "42",
  "x7",
  "2147483648",
  "<s>",
  "<int:i>",
  "<path:r>",
];
const LITERALS: i32 = 11;

let seed: u32 = 1;

function random(below: i32): i32 {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return <i32>(seed % <u32>below);
}

/** A path or, with parameters, a pattern of one to four segments. */
function randomPath(kinds: i32): string {
  let path = "";
  const count = 1 + random(4);
  for (let i = 0; i < count; i++) {
    const segment = SEGMENTS[random(kinds)];
    path += "/" + segment;
    if (segment.startsWith("<path:")) break;
  }
  return path;
}

function isInt(text: string): bool {
  if (!text.length || text.length > 10) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x30 || text.charCodeAt(i) > 0x39) return false;
  return I64.parseInt(text) <= i32.MAX_VALUE;
}

/** The captures, each with a blank before it; null where the pattern does not match. */
function match(pattern: string, path: string): string | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  let captures = "";
  for (let i = 1; i < wanted.length; i++) {
    if (i >= given.length) return null;
    if (wanted[i].startsWith("<path:")) {
      const rest = given.slice(i).join("/");
      return rest.length ? `${captures} ${rest}` : null;
    }
    if (!wanted[i].startsWith("<")) {
      if (wanted[i] != given[i]) return null;
      continue;
    }
    if (!given[i].length || (wanted[i].startsWith("<int:") && !isInt(given[i]))) return null;
    captures += " " + given[i];
  }
  return wanted.length == given.length ? captures : null;
}

/** Whether pattern `a` comes before `b` where both match. */
function isBefore(a: string, b: string): bool {
  const left = a.split("/");
  const right = b.split("/");
  for (let i = 1; i < min(left.length, right.length); i++) {
    if (rank(left[i]) != rank(right[i])) return rank(left[i]) < rank(right[i]);
  }
  return false;
}

function rank(segment: string): i32 {
  return segment.startsWith("<path:") ? 3 : segment.startsWith("<int:") ? 1 : segment.startsWith("<") ? 2 : 0;
}

/** Patterns in the published order, and the methods of each. */
let patterns: string[] = [];
let methods: i32[] = [];

/** Notes a route; false where it is there already. */
function note(method: i32, pattern: string): bool {
  const at = patterns.indexOf(pattern);
  if (at >= 0) {
    if (methods[at] & (1 << method)) return false;
    methods[at] |= 1 << method;
    return true;
  }
  let place = 0;
  while (place < patterns.length && !isBefore(pattern, patterns[place])) place++;
  patterns = patterns.slice(0, place).concat([pattern]).concat(patterns.slice(place));
  methods = methods
    .slice(0, place)
    .concat([1 << method])
    .concat(methods.slice(place));
  return true;
}

function findPlainly(method: i32, path: string): string {
  let allowed = 0;
  let found = "";
  for (let i = 0; i < patterns.length; i++) {
    const captures = match(patterns[i], path);
    if (captures === null) continue;
    const has = methods[i] & 1 ? methods[i] | 2 : methods[i];
    allowed |= has;
    if (has & (1 << method) && !found.length) found = patterns[i] + captures;
  }
  if (found.length) return found;
  if (!allowed) return "404";
  let names = "405";
  for (let i = 0; i < METHODS.length; i++) if (allowed & (1 << i)) names += " " + METHODS[i];
  return names;
}

describe("routes at random", () => {
  it("are found as by trying every pattern", () => {
    let hits = 0;
    for (let round = 0; round < 300; round++) {
      const router = new Router();
      patterns = [];
      methods = [];
      const count = 1 + random(14);
      for (let i = 0; i < count; i++) {
        const method = random(METHODS.length);
        const pattern = randomPath(SEGMENTS.length);
        if (note(method, pattern)) addRoute(router, `${METHODS[method]} ${pattern}`);
      }
      for (let i = 0; i < 60; i++) {
        const method = random(METHODS.length);
        const path = randomPath(LITERALS);
        const request = `${METHODS[method]} ${path}`;
        const found = find(router, request);
        const expected = findPlainly(method, path);
        if (found != expected) expect(found).toBe(expected, `${request} among ${patterns.join(", ")}`);
        if (found.startsWith("/")) hits++;
      }
    }
    expect(hits).toBeGreaterThan(2000, "requests that found a route");
  });
});
