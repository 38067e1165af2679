/** What a server must be able to do in the memory it is given. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Chip } from "./chip.js";

/** Connections that are open at once, unless the app serves fewer. */
export const CONNECTIONS = 10;
/** How long anything may take, in ms. */
const PATIENCE = 10_000;

const BROWSER = [
  "Host: microserver.local",
  "Connection: keep-alive",
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "Accept-Encoding: gzip, deflate",
  "Accept-Language: en-GB,en;q=0.9,de;q=0.8",
  "Cache-Control: max-age=0",
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
];

/** Requests that each connection brings, and the first digits of the statuses that are no failure. */
const REQUESTS: readonly (readonly [request: string, statuses: string])[] = [
  [request("GET / HTTP/1.1", BROWSER), "2345"],
  [request("GET /no-such-page HTTP/1.1", BROWSER), "4"],
  [request("POST /echo HTTP/1.1", ["Host: a", "Content-Length: 1024"]) + "x".repeat(1024), "24"],
  [request("GET / HTTP/1.1", ["Host: a"]), "2345"],
];

function request(line: string, fields: readonly string[]): string {
  return `${[line, ...fields].join("\r\n")}\r\n\r\n`;
}

/**
 * Whether a host with that much memory starts an app, takes a new instance after a trap, and serves that many
 * connections that are open at once.
 *
 * @param module what the chip's host takes, of a module that traps when the host asks for its routes
 * @param pool KiB
 */
export async function servesSession(chip: Chip, module: string, pool: number, connections: number): Promise<boolean> {
  const args = ["--port", "0", "--pool", String(pool), "--max-conns", String(connections), "--routes"];
  const child = spawn(chip.host.program, [module, ...chip.flags, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const log: string[] = [];
  createInterface(child.stderr).on("line", (line) => log.push(line));
  const exit = once(child, "close");
  try {
    const lines = createInterface(child.stdout);
    const first = await Promise.race([once(lines, "line"), exit.then(() => undefined)]);
    const port = Number(/:(\d+)$/.exec(String(first?.[0]))?.[1]);
    if (!port) return false;
    const clients = await Promise.all(Array.from({ length: connections }, () => open(port)));
    let served = true;
    for (const [text, statuses] of REQUESTS) {
      const answers = await Promise.all(clients.map((client) => ask(client, text)));
      served &&= answers.every((status) => status !== "503" && statuses.includes(status.charAt(0) || "-"));
    }
    clients.forEach((client) => client.destroy());
    return served && log.some((line) => line.includes("unreachable"));
  } catch {
    return false;
  } finally {
    child.kill("SIGKILL");
    await exit;
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.setTimeout(PATIENCE, () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** Sends a request; the status of its answer, empty where the connection ends without one. */
async function ask(socket: Socket, text: string): Promise<string> {
  if (socket.destroyed) return "";
  const answer = Promise.race([once(socket, "data"), once(socket, "close").then(() => [""])]);
  socket.write(text, "latin1");
  const [data] = (await answer) as [Buffer | string];
  return /^HTTP\/1\.1 (\d{3})/.exec(data.toString("latin1"))?.[1] ?? "";
}
