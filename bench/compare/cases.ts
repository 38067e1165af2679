/** What servers are compared by: the requests, and what each must answer. */

import { frame } from "../../host/sandbox/frame.js";
import { handshakeFields, handshakeKey } from "../../host/sandbox/handshake.js";
import { writeRequest } from "../../host/sandbox/request.js";
import { Failure } from "../../host/setup/failure.mjs";
import { getJson, getSensor, postReadings, readings } from "../requests.js";
import { page } from "./page.js";

/** What an answer to a request must be: a 200 with this. */
export interface Expected {
  /** Without parameters. */
  readonly mediaType: string;
  /** Text as it is; anything else as JSON of this value, whose white space is the server's choice. */
  readonly content: unknown;
  /** Fields that middleware adds. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a WebSocket is made with, and what it answers to each message. */
export interface Echo {
  readonly handshake: Uint8Array;
  readonly answer: Uint8Array;
}

export interface CompareCase {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The folder of our app, as a path of the project. */
  readonly app: string;
  readonly request: Uint8Array;
  /** Sent in turns with it: the server then never sees one head twice in a row. */
  readonly other?: Uint8Array;
  /** What is counted. */
  readonly unit: "request" | "message" | "event";
  /** How many of these an answer holds. */
  readonly units: number;
  readonly expected?: Expected;
  readonly echo?: Echo;
  /** How many connections ask at the same time. */
  readonly connections: readonly number[];
  /** Whether connections are also closed by each request. */
  readonly closes: boolean;
  /** Requests that instructions are counted over. */
  readonly counted: number;
}

const CONNECTIONS = [1, 4, 8];

const parsed = JSON.parse(readings) as { device: string; readings: { celsius: number }[] };

const requests: readonly CompareCase[] = (
  [
    {
      name: "json",
      title: "GET of 44 bytes, answered with 20 bytes of JSON",
      app: "examples/conformance",
      request: getJson,
      expected: { mediaType: "application/json", content: { message: "Hello" } },
      counted: 900,
    },
    {
      name: "browser40",
      title: "a browser's GET, 12 fields in 600 bytes, through 3 middlewares to one of 40 routes",
      app: "bench/apps/browser40",
      request: getSensor,
      expected: {
        mediaType: "application/json",
        content: { id: 12, name: "roof", celsius: 21.5 },
        fields: {
          "X-Content-Type-Options": "nosniff",
          "X-Frame-Options": "SAMEORIGIN",
          "Referrer-Policy": "no-referrer",
          "Access-Control-Allow-Origin": "https://panel.example",
          Vary: "Origin",
        },
      },
      counted: 900,
    },
    {
      name: "post-json",
      title: "POST of 1 KB of JSON, which is parsed and summed up",
      app: "bench/apps/post-json",
      request: postReadings,
      expected: {
        mediaType: "application/json",
        content: {
          device: parsed.device,
          readings: parsed.readings.length,
          warmest: Math.max(...parsed.readings.map(({ celsius }) => celsius)),
        },
      },
      counted: 450,
    },
    {
      name: "static",
      title: "GET of a static file of 16 KB",
      app: "bench/apps/files",
      request: writeRequest("/static/page.html", { headers: { Host: "127.0.0.1:8080" } }),
      expected: { mediaType: "text/html", content: page },
      counted: 450,
    },
  ] as const
).map((one) => ({ ...one, unit: "request", units: 1, connections: CONNECTIONS, closes: true }));

/** The case as two clients ask, one after the other, who name another host each. */
function inTurns(one: CompareCase): CompareCase {
  const text = Buffer.from(one.request).toString("latin1");
  const other = new Uint8Array(Buffer.from(text.replace("Host: 127.0.0.1", "Host: 127.0.0.2"), "latin1"));
  return {
    ...one,
    name: `${one.name}-turns`,
    title: `${one.title}; two clients in turns`,
    other,
    connections: [8],
    closes: false,
  };
}

const turns = requests.filter(({ name }) => name === "json" || name === "browser40").map(inTurns);

const TEXT = 1;

const echoes: readonly CompareCase[] = (
  [
    ["ws-16", "16 bytes", 16, 900],
    ["ws-1k", "1 KB", 1024, 900],
    ["ws-32k", "32 KB", 32_768, 90],
  ] as const
).map(([name, size, bytes, counted]) => {
  const payload = "0123456789abcdef".repeat(bytes / 16);
  return {
    name,
    title: `a WebSocket echoes ${size} of text`,
    app: "examples/conformance",
    request: frame({ opcode: TEXT, payload }),
    unit: "message",
    units: 1,
    echo: {
      handshake: writeRequest("/ws", {
        headers: [["Host", "127.0.0.1:8080"], ...handshakeFields(handshakeKey(1), {})],
      }),
      answer: frame({ opcode: TEXT, payload, mask: null }),
    },
    connections: CONNECTIONS,
    closes: false,
    counted,
  };
});

const EVENTS = 1000;

const events: CompareCase = {
  name: "sse",
  title: "1,000 server-sent events of 28 bytes to each of 8 clients",
  app: "bench/apps/events",
  request: writeRequest("/events", { headers: { Host: "127.0.0.1:8080", Accept: "text/event-stream" } }),
  unit: "event",
  units: EVENTS,
  expected: { mediaType: "text/event-stream", content: 'data: {"message": "Hello"}\n\n'.repeat(EVENTS) },
  connections: [8],
  closes: false,
  counted: 4,
};

export const compareCases: readonly CompareCase[] = [...requests, ...turns, ...echoes, events];

/**
 * The cases of these names, all where none is named.
 *
 * @throws {Failure} for an unknown name
 */
export function compareCasesOf(names: readonly string[]): readonly CompareCase[] {
  const unknown = names.find((name) => !compareCases.some((one) => one.name === name));
  if (unknown === undefined) return compareCases.filter(({ name }) => names.length === 0 || names.includes(name));
  const known = compareCases.map(({ name }) => name).join(", ");
  throw new Failure(`no such case: ${unknown}; there are ${known}`, { exitCode: 2 });
}

/** The request with `Connection: close` in it (RFC 9112, 9.6). */
export function closing(request: Uint8Array): Uint8Array {
  const text = Buffer.from(request).toString("latin1");
  const head = text.slice(0, text.indexOf("\r\n\r\n"));
  const open = head.replace(/\r\nConnection: keep-alive/, "");
  return new Uint8Array(Buffer.from(`${open}\r\nConnection: close${text.slice(head.length)}`, "latin1"));
}
