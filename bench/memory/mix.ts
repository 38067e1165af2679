/** Clients that ask for everything, in order and out of order. */

import type { Open, Wire } from "./wire.js";
import { frame } from "../../host/sandbox/frame.js";
import { handshakeFields, handshakeKey } from "../../host/sandbox/handshake.js";
import { writeRequest } from "../../host/sandbox/request.js";

/** One connection from its opening to its end. */
interface Session {
  /** Requests and messages that it sends. */
  readonly requests: number;
  readonly run: (wire: Wire) => Promise<void>;
}

const host = { Host: "127.0.0.1:8080" };
const get = (target: string): Uint8Array => writeRequest(target, { headers: host });
const item = JSON.stringify({ name: "lamp", count: 3, parts: ["bulb", "shade", "switch"] });
const post = writeRequest("/items", { method: "POST", headers: { ...host, "User-Agent": "bench" }, body: item });
const wrong = writeRequest("/items", { method: "POST", headers: host, body: '{"name": 7}' });
const upload = writeRequest("/upload", { method: "POST", headers: host, body: "x".repeat(5000) });
const handshake = writeRequest("/ws", { headers: handshakeFields(handshakeKey(1), {}) });
const sizes = [5, 200, 2000];

const ROUNDS = 22;

const sessions: readonly Session[] = [
  {
    requests: 4 * ROUNDS,
    run: async (wire) => {
      for (let n = 0; n < ROUNDS; n++) {
        await ask(wire, get(`/items/${n}`), `"count": ${n}, "parts": ["bulb"]}`);
        await ask(wire, post, '"count": 6, "parts": ["bulb", "shade", "switch"]}');
        wire.write(wrong);
        await wire.until("at byte 9", true);
        await ask(wire, get(`/nowhere/${n}`), `nothing at /nowhere/${n}`);
      }
      await wire.end();
    },
  },
  {
    requests: 5,
    run: async (wire) => {
      await ask(wire, Buffer.concat([1, 2, 3, 4, 5].map((n) => get(`/items/${n}`))), '"count": 5, "parts": ["bulb"]}');
      await wire.reset();
    },
  },
  {
    requests: 1,
    run: async (wire) => {
      wire.write("GET / HTTP/1.1\r\nHost: a\r\nno field line\r\n\r\n");
      await wire.until("HTTP/1.1 400 ", true);
      await wire.closed();
    },
  },
  {
    requests: 4,
    run: async (wire) => {
      wire.write(handshake);
      await wire.until("\r\n\r\n");
      for (const size of sizes) await ask(wire, frame({ opcode: 1, payload: "x".repeat(size) }), "x".repeat(size));
      wire.write(frame({ opcode: 8, payload: Buffer.from([3, 232]) }));
      await wire.closed();
    },
  },
  {
    requests: 2,
    run: async (wire) => {
      wire.write(handshake);
      await wire.until("\r\n\r\n");
      wire.write(frame({ opcode: 1, payload: "x".repeat(1500) }).subarray(0, 900));
      await wire.reset();
    },
  },
  {
    requests: 2,
    run: async (wire) => {
      await ask(wire, get("/lines"), "\r\n0\r\n\r\n");
      await ask(wire, get("/trap"), "failed");
      await wire.end();
    },
  },
  {
    requests: 1,
    run: async (wire) => {
      wire.write(get("/endless"));
      await wire.until("and on", true);
      await wire.reset();
    },
  },
  {
    requests: 2,
    run: async (wire) => {
      await ask(wire, upload, "5000 bytes");
      wire.write(upload.subarray(0, 3000));
      await wire.reset();
    },
  },
  {
    requests: 1,
    run: async (wire) => {
      wire.write(post.subarray(0, post.length - 10));
      await wire.reset();
    },
  },
  {
    requests: 1,
    run: async (wire) => {
      wire.write(get("/items/7").subarray(0, 20));
      await wire.reset();
    },
  },
];

const EACH = sessions.reduce((sum, { requests }) => sum + requests, 0);

async function ask(wire: Wire, request: Uint8Array, end: string): Promise<void> {
  wire.write(request);
  await wire.until(end);
}

/**
 * Has clients send `requests` requests or a few more, several clients at a time.
 *
 * @returns how many were sent
 */
export async function send(
  open: Open,
  requests: number,
  clients: number,
  report: (done: number) => void = () => undefined,
): Promise<number> {
  const all = Math.ceil(requests / EACH) * sessions.length;
  let next = 0;
  let done = 0;
  const client = async (): Promise<void> => {
    while (next < all) {
      const session = sessions[next++ % sessions.length];
      await session.run(await open());
      done += session.requests;
      report(done);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return done;
}

/** Bytes of the guest's heap that are free when it has been collected. */
export async function freeMemory(fetch: (target: string) => Promise<string>): Promise<number> {
  await fetch("/free");
  return Number(await fetch("/free"));
}
