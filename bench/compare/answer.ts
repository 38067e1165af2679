/** Asks a server once and checks its answer, so that all servers do the same work. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { parseResponse, type Response } from "../../host/sandbox/response.js";
import type { CompareCase, Expected } from "./cases.js";

export interface Answer {
  /** The content as this server writes it; of a WebSocket the bytes of the frame. */
  readonly content: Uint8Array;
  /** Whether the server keeps the connection open. */
  readonly keepAlive: boolean;
}

/** How long an answer may take, in ms; under valgrind a server is about 50 times slower. */
const PATIENCE_MS = 20_000;

/** Why a server's answer is not the one that it should be. */
export class WrongAnswer extends Error {}

/** @throws {WrongAnswer} */
export async function askOnce(port: number, one: CompareCase): Promise<Answer> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new WrongAnswer(`no answer in ${PATIENCE_MS / 1000} s`)));
  try {
    await once(socket, "connect");
    if (one.echo !== undefined) return await askEcho(socket, one.request, one.echo);
    socket.write(one.request);
    const response = await read(socket, (bytes, ended) => parseResponse(bytes, { ended })?.response);
    if (one.expected !== undefined) checkResponse(response, one.expected);
    return { content: response.bytes, keepAlive: response.keepAlive };
  } catch (error) {
    throw error instanceof WrongAnswer ? error : new WrongAnswer((error as Error).message);
  } finally {
    socket.destroy();
  }
}

async function askEcho(
  socket: Socket,
  request: Uint8Array,
  { handshake, answer }: NonNullable<CompareCase["echo"]>,
): Promise<Answer> {
  socket.write(handshake);
  const head = await read(socket, (bytes) => (bytes.includes("\r\n\r\n") ? bytes.toString("latin1") : undefined));
  if (!head.startsWith("HTTP/1.1 101 ")) throw new WrongAnswer(`not 101 but ${head.split("\r\n", 1)[0]}`);
  socket.write(request);
  const echoed = await read(socket, (bytes) => (bytes.length >= answer.length ? bytes : undefined));
  if (!echoed.equals(answer)) throw new WrongAnswer("another frame than the echo");
  return { content: answer, keepAlive: true };
}

/** Reads until `parse` has found what it wants. */
async function read<T>(socket: Socket, parse: (bytes: Buffer, ended: boolean) => T | undefined): Promise<T> {
  const chunks: Buffer[] = [];
  return new Promise((succeed, fail) => {
    const look = (ended: boolean): void => {
      try {
        const found = parse(Buffer.concat(chunks), ended);
        if (found === undefined && !ended) return;
        socket.off("data", take);
        if (found === undefined) fail(new WrongAnswer("the server closed the connection"));
        else succeed(found);
      } catch (error) {
        fail(new WrongAnswer((error as Error).message));
      }
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      look(false);
    };
    socket.on("data", take);
    socket.once("end", () => look(true));
    socket.once("error", fail);
  });
}

/** @throws {WrongAnswer} */
export function checkResponse(response: Response, { mediaType, content, fields = {} }: Expected): void {
  if (response.status !== 200) throw new WrongAnswer(`status ${response.status}`);
  const [given = ""] = (response.headers.get("content-type") ?? "none").split(";", 1);
  if (given.trim().toLowerCase() !== mediaType) throw new WrongAnswer(`${given} in place of ${mediaType}`);
  const same = typeof content === "string" ? response.text === content : isDeepStrictEqual(response.json(), content);
  if (!same) throw new WrongAnswer(`another content: ${response.text.slice(0, 60)}`);
  for (const [name, value] of Object.entries(fields)) {
    const found = response.headers.get(name);
    if (found !== value) throw new WrongAnswer(`${name}: ${found ?? "missing"} in place of ${value}`);
  }
}
