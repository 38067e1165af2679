/** What is measured: requests to `examples/conformance`, all of which it answers with 200. */

import { writeRequest } from "../host/sandbox/request.js";
import { Failure } from "../host/setup/failure.mjs";

/** The app that is measured. */
export const APP = "examples/conformance";

export interface Case {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly request: Uint8Array;
}

const host = { Host: "127.0.0.1:8080" };

/** What a browser sends when a person opens a page. */
const browser = {
  ...host,
  Connection: "keep-alive",
  "Cache-Control": "max-age=0",
  "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24"',
  "sec-ch-ua-mobile": "?0",
  "sec-ch-ua-platform": '"Linux"',
  "Upgrade-Insecure-Requests": "1",
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "Sec-Fetch-Site": "none",
  "Accept-Encoding": "gzip, deflate, br, zstd",
  "Accept-Language": "en-US,en;q=0.9",
};

const content = "0123456789abcdef".repeat(64);

export const cases: readonly Case[] = [
  { name: "json", title: "GET /json", request: writeRequest("/json", { headers: host }) },
  { name: "browser", title: "GET /json, 12 fields", request: writeRequest("/json", { headers: browser }) },
  {
    name: "echo",
    title: "POST /echo, 1 KB",
    request: writeRequest("/echo", { method: "POST", headers: host, body: content }),
  },
];

/**
 * The cases of these names, all of them where none is named.
 *
 * @throws {Failure} for an unknown name
 */
export function casesOf(names: readonly string[]): readonly Case[] {
  const unknown = names.find((name) => !cases.some((one) => one.name === name));
  if (unknown !== undefined) {
    const known = cases.map(({ name }) => name).join(", ");
    throw new Failure(`no such case: ${unknown}; there are ${known}`, { exitCode: 2 });
  }
  return names.length === 0 ? cases : cases.filter(({ name }) => names.includes(name));
}
