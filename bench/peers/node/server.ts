/** node:http, and the package ws for WebSockets. Called as `server.js PORT FOLDER ROUTES`. */

import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { WebSocketServer } from "ws";

type Handler = (request: IncomingMessage, response: ServerResponse, parameters: readonly string[]) => void;
type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const [port, folder = ".", routesFile = ""] = process.argv.slice(2);
const EVENTS = 1000;
const EVENT = 'data: {"message": "Hello"}\n\n';
const TOKEN = "Bearer 0123456789abcdef";
const ORIGINS = ["https://panel.example", "https://a.example"];

function json(response: ServerResponse, status: number, value: unknown): void {
  const content = JSON.stringify(value);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(content) });
  response.end(content);
}

interface Reading {
  sensor: string;
  celsius: number;
  humidity: number;
  at: number;
  valid: boolean;
}

function isReading(value: unknown): value is Reading {
  const { sensor, celsius, humidity, at, valid } = value as Partial<Reading>;
  const numbers = [celsius, humidity, at].every((one) => typeof one === "number");
  return typeof sensor === "string" && numbers && typeof valid === "boolean";
}

function readings(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    try {
      const batch = JSON.parse(Buffer.concat(chunks).toString()) as { device?: unknown; readings?: unknown };
      if (typeof batch.device !== "string" || !Array.isArray(batch.readings) || !batch.readings.every(isReading))
        return json(response, 400, { error: "no batch of readings" });
      const warmest = batch.readings.reduce((most, { celsius }) => Math.max(most, celsius), 0);
      json(response, 200, { device: batch.device, readings: batch.readings.length, warmest });
    } catch (error) {
      json(response, 400, { error: (error as Error).message });
    }
  });
}

async function sendFile(response: ServerResponse, name: string): Promise<void> {
  try {
    if (name.includes("/") || name.startsWith(".")) throw new Error("no such file");
    const path = join(folder, name);
    const { size } = await stat(path);
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": size });
    createReadStream(path).pipe(response);
  } catch {
    json(response, 404, { error: "Not Found" });
  }
}

function events(response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  let sent = 0;
  const sendOn = (): void => {
    while (sent < EVENTS) {
      sent++;
      if (!response.write(EVENT)) return void response.once("drain", sendOn);
    }
    response.end();
  };
  sendOn();
}

const security: Middleware = (_request, response, next) => {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "SAMEORIGIN");
  response.setHeader("Referrer-Policy", "no-referrer");
  next();
};

const cors: Middleware = ({ headers: { origin = "" } }, response, next) => {
  response.setHeader("Vary", "Origin");
  if (ORIGINS.includes(origin)) response.setHeader("Access-Control-Allow-Origin", origin);
  next();
};

const bearer: Middleware = (request, response, next) => {
  if (request.headers.authorization === TOKEN) return next();
  response.setHeader("WWW-Authenticate", "Bearer");
  json(response, 401, { error: "Unauthorized" });
};

function around(middleware: readonly Middleware[], handler: Handler): Handler {
  return middleware.reduceRight<Handler>(
    (inner, one) => (request, response, parameters) =>
      one(request, response, () => inner(request, response, parameters)),
    handler,
  );
}

const sensor = around([security, cors, bearer], (_request, response, [id = "0"]) =>
  json(response, 200, { id: Number(id), name: "roof", celsius: 21.5 }),
);

/** Routes by method: those without parameters by path, the others to be tried one after the other. */
const exact = new Map<string, Handler>([
  ["GET /json", (_request, response) => json(response, 200, { message: "Hello" })],
  ["POST /readings", readings],
  ["GET /events", (_request, response) => events(response)],
]);
const patterns: (readonly [method: string, pattern: RegExp, handler: Handler])[] = [
  ["GET", /^\/static\/(.*)$/, (_request, response, [name = ""]) => void sendFile(response, name)],
];
for (const line of readFileSync(routesFile, "utf8").trim().split("\n")) {
  const [method = "", path = ""] = line.split(" ");
  const pattern = path.replace(/<int:\w+>/g, "(\\d+)").replace(/<\w+>/g, "([^/]+)");
  if (pattern === path) exact.set(line, sensor);
  else patterns.push([method, new RegExp(`^${pattern}$`), sensor]);
}

const server = createServer((request, response) => {
  const { method = "", url = "/" } = request;
  const [path = ""] = url.split("?", 1);
  const handler = exact.get(`${method} ${path}`);
  if (handler !== undefined) return handler(request, response, []);
  for (const [wanted, pattern, patternHandler] of patterns) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match !== null) return patternHandler(request, response, match.slice(1));
  }
  json(response, 404, { error: "Not Found" });
});

new WebSocketServer({ server, path: "/ws" }).on("connection", (ws) => {
  ws.on("message", (data: Buffer, isBinary) => ws.send(data, { binary: isBinary }));
});

server.listen(Number(port), "127.0.0.1");
