/** What is measured: requests to an app, all of which it answers with 200, and messages of WebSockets. */

import { frame } from "../host/sandbox/frame.js";
import { handshakeFields, handshakeKey } from "../host/sandbox/handshake.js";

import { writeRequest, type RequestOptions } from "../host/sandbox/request.js";
import { getJson, getSensor, postReadings } from "./requests.js";
import { Failure } from "../host/setup/failure.mjs";

/** What a client sends. */
export type Sent = Pick<Case, "request" | "other" | "handshake" | "answer">;

export interface Case {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The app's folder, as a path of the project. */
  readonly app: string;
  readonly request: Uint8Array;
  /** Sent in turns with `request`, of the same length: the server then never sees one head twice in a row. */
  readonly other?: Uint8Array;
  /** Sent first, on one connection for all: what makes a WebSocket of it. */
  readonly handshake?: Uint8Array;
  /** What each request is answered, where that is no 200. */
  readonly answer?: Uint8Array;
}

const CONFORMANCE = "examples/conformance";
const IDIOMS = "bench/apps/idioms";
const CHAIN = "bench/apps/chain";

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

/** Whole requests. */
const requests: readonly Case[] = [
  { name: "json", title: "GET /json", app: CONFORMANCE, request: getJson },
  {
    name: "json-turns",
    title: "GET /json, two clients in turns",
    app: CONFORMANCE,
    request: getJson,
    other: writeRequest("/json", { headers: { Host: "127.0.0.2:8080" } }),
  },
  {
    name: "browser",
    title: "GET /json, 12 fields",
    app: CONFORMANCE,
    request: writeRequest("/json", { headers: browser }),
  },
  {
    name: "browser-turns",
    title: "the same, two clients in turns",
    app: CONFORMANCE,
    request: writeRequest("/json", { headers: browser }),
    other: writeRequest("/json", { headers: { ...browser, Host: "127.0.0.2:8080" } }),
  },
  {
    name: "echo",
    title: "POST /echo, 1 KB",
    app: CONFORMANCE,
    request: writeRequest("/echo", { method: "POST", headers: host, body: content }),
  },
  {
    name: "middleware",
    title: "GET, 12 fields, Logging, Cors, SecurityHeaders",
    app: CHAIN,
    request: writeRequest("/three", { headers: browser }),
  },
  {
    name: "middleware-turns",
    title: "the same, two clients in turns",
    app: CHAIN,
    request: writeRequest("/three", { headers: browser }),
    other: writeRequest("/three", { headers: { ...browser, Host: "127.0.0.2:8080" } }),
  },
  {
    name: "browser40",
    title: "GET, 12 fields, 40 routes, 3 middlewares",
    app: "bench/apps/browser40",
    request: getSensor,
  },
  {
    name: "post-json",
    title: "POST, 1 KB of JSON to typed objects",
    app: "bench/apps/post-json",
    request: postReadings,
  },
];

const small = '{"place": "roof", "count": 3, "temperature": 21.5}';
const get = (target: string, options: RequestOptions = {}): Uint8Array =>
  writeRequest(target, { headers: host, ...options });
const post = (target: string): Uint8Array => get(target, { method: "POST", body: small });

/** What a handler does, one thing a case. */
const idioms: readonly Case[] = (
  [
    ["plain", 'Response.plain("…")', get("/plain")],
    ["header", '.header("X-Seen", "1")', get("/header")],
    ["field", 'req.headers.get("X-Api-Key")', get("/field", { headers: { ...host, "X-Api-Key": "k" } })],
    ["query", 'req.query.has("a")', get("/query?a=1")],
    ["param", 'req.params.get("word")', get("/param/roof")],
    ["int", 'req.params.int("id")', get("/int/4217")],
    ["concat", '"…" + req.params.get("word")', get("/concat/roof")],
    ["template", '`… ${req.params.int("id")}`', get("/template/4217")],
    ["kept", "Response.json(kept)", get("/json/kept")],
    ["new", "Response.json<Reading>({ … })", get("/json/new")],
    ["bytes", "req.body, 50 bytes", post("/bytes")],
    ["text", "req.text, 50 bytes", post("/text")],
    ["read", "req.json<Reading>(), 50 bytes", post("/read")],
  ] as const
).map(([name, title, request]) => ({ name, title, app: IDIOMS, request }));

/** What each middleware adds to the first: a browser's GET to an app of 40 routes. */
const chain: readonly Case[] = (
  [
    ["none", "no middleware", "/none"],
    ["nothing", "one that does nothing", "/nothing"],
    ["logging", "new Logging()", "/logging"],
    ["cors", "<Cors>{}", "/cors"],
    ["cors-list", "<Cors> with 2 origins", "/cors/list", { Origin: "https://a.example" }],
    ["security", "<SecurityHeaders>{}", "/security"],
    ["rate", "<RateLimit>{}", "/rate"],
    ["basic-auth", "new BasicAuth()", "/basic", { Authorization: "Basic YWRhOmxvdmVsYWNl" }],
    ["bearer-auth", "new BearerAuth()", "/bearer", { Authorization: "Bearer 0123456789abcdef" }],
  ] as const
).map(([name, title, target, headers]) => ({
  name,
  title,
  app: CHAIN,
  request: writeRequest(target, { headers: { ...browser, ...headers } }),
}));

/** Messages that a WebSocket echoes. */
const websocket: readonly Case[] = (
  [
    ["ws-20", "20 bytes of text", "0123456789abcdefghij"],
    ["ws-1k", "1 KB of text", content],
    ["ws-bytes", "1 KB", Buffer.alloc(1024, 0xfe)],
  ] as const
).map(([name, title, payload]) => {
  const opcode = typeof payload === "string" ? 1 : 2;
  return {
    name,
    title: `a WebSocket message, ${title}`,
    app: CONFORMANCE,
    handshake: writeRequest("/ws", { headers: handshakeFields(handshakeKey(1), {}) }),
    request: frame({ opcode, payload }),
    answer: frame({ opcode, payload, mask: null }),
  };
});

export const cases: readonly Case[] = [...requests, ...idioms, ...chain, ...websocket];

/** Names of several cases at once. */
const groups: Readonly<Record<string, readonly Case[]>> = { requests, idioms, chain, websocket };

/**
 * The cases of these names or groups, `requests` where none is named.
 *
 * @throws {Failure} for an unknown name
 */
export function casesOf(names: readonly string[]): readonly Case[] {
  if (names.length === 0) return requests;
  return names.flatMap((name) => {
    const chosen = groups[name] ?? cases.filter((one) => one.name === name);
    if (chosen.length > 0) return chosen;
    const known = [...Object.keys(groups), ...cases.map((one) => one.name)].join(", ");
    throw new Failure(`no such case: ${name}; there are ${known}`, { exitCode: 2 });
  });
}
