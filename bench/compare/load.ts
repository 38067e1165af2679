/** The client that servers are measured with: `bench/client`, a small C program. */

import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { projectPath } from "../../host/build/project.js";
import { Failure } from "../../host/setup/failure.mjs";
import { run } from "../../host/setup/run.mjs";
import { hasTool } from "../../host/setup/tools.mjs";
import { closing, type CompareCase } from "./cases.js";
import { LOAD_PROGRAM } from "./programs.js";

export interface Load {
  readonly connections: number;
  /** How many requests, or for how long. */
  readonly bound: { readonly requests: number } | { readonly seconds: number };
  /** Whether each request closes its connection. */
  readonly close?: boolean;
}

/** What the client saw. */
export interface Seen {
  readonly requests: number;
  readonly seconds: number;
  /** Connections that it made. */
  readonly connects: number;
  /** Latencies in microseconds. */
  readonly p50: number;
  readonly p99: number;
}

const FILES = projectPath("build/bench/requests");

/** Whether server and client have a processor each. */
export const isPinned = availableParallelism() > 1 && hasTool("taskset");
const pinnedTo = (processor: number): readonly string[] =>
  isPinned ? ["taskset", "--cpu-list", String(processor)] : [];

/** What keeps a server on one processor, and the client on another. */
export const SERVER_WRAPPER = pinnedTo(0);
const CLIENT_WRAPPER = pinnedTo(1);

/**
 * Sends one case's request again and again.
 *
 * @param content what the server answers to it, to the byte
 * @throws {Failure} where an answer is another one
 */
export async function load(port: number, one: CompareCase, content: Uint8Array, how: Load): Promise<Seen> {
  const { request, echo } = one;
  const file = (name: string, bytes: Uint8Array): string => {
    const path = `${FILES}/${one.name}-${port}.${name}`;
    mkdirSync(FILES, { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };
  const expected =
    echo === undefined
      ? ["--content", file("content", content)]
      : ["--handshake", file("handshake", echo.handshake), "--answer", file("answer", echo.answer)];
  const bound = "requests" in how.bound ? ["--requests", how.bound.requests] : ["--seconds", how.bound.seconds];
  const sent = file("request", how.close ? closing(request) : request);
  const other = one.other === undefined ? [] : ["--other", file("other", one.other)];
  const connections = ["--connections", how.connections];
  const options = ["--port", port, ...connections, ...bound, "--request", sent, ...other, ...expected];
  const [program = LOAD_PROGRAM, ...args] = [...CLIENT_WRAPPER, LOAD_PROGRAM, ...options.map(String)];
  const { code, output } = await run(program, args);
  if (code !== 0) throw new Failure(`${one.name}: ${output.trim()}`);
  return JSON.parse(output) as Seen;
}
