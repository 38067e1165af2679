/** Waiting handlers, streams, server-sent events, deferred answers and timers in the C host, over real sockets. */

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { describe, it } from "node:test";
import { isAot } from "./module.js";
import { clientOf, network } from "./program.js";
import { serve, type Server } from "./server.js";
import { until } from "./until.js";

const APP = "tests/apps/streams";

/** The content of an answer. */
async function text(server: Server, target: string, init: RequestInit = {}): Promise<string> {
  return (await fetch(server.url + target, init)).text();
}

/** Bytes of the guest's heap that are free, garbage left out. */
async function freeMemory(server: Server): Promise<number> {
  await text(server, "/free");
  return Number(await text(server, "/free"));
}

/** An answer that is read while it comes. */
class Live {
  readonly #abort = new AbortController();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #seen = "";

  static async open(server: Server, target: string): Promise<Live> {
    const live = new Live();
    const { body } = await fetch(server.url + target, { signal: live.#abort.signal });
    assert.ok(body !== null);
    live.#reader = body.getReader();
    return live;
  }

  /** Reads until the content so far matches; throws where it ends before. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#seen)) {
      const { done, value } = (await this.#reader?.read()) ?? { done: true };
      if (done) throw new Error(`the content has ended: ${JSON.stringify(this.#seen)}`);
      this.#seen += new TextDecoder().decode(value);
    }
    return this.#seen;
  }

  /** Reads to the end. */
  async rest(): Promise<string> {
    for (;;) {
      const { done, value } = (await this.#reader?.read()) ?? { done: true };
      if (done) return this.#seen;
      this.#seen += new TextDecoder().decode(value);
    }
  }

  /** Closes the connection. */
  close(): void {
    this.#abort.abort();
  }
}

/** A connection that has sent a request, and reads nothing of the answer. */
async function deaf(server: Server, target: string): Promise<Socket> {
  const socket = connect({ port: server.port, host: server.host });
  socket.on("error", () => {});
  socket.pause();
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
  return socket;
}

describe("handlers that wait", () => {
  it("are answered in the order of their waits, others in between", async () => {
    const server = await serve(APP);
    const order: string[] = [];
    const note = async (target: string): Promise<unknown> => order.push(await text(server, target));
    await Promise.all([note("/sleep/600"), note("/sleep/300"), note("/hello")]);
    assert.deepEqual(order, ["hello", "slept 300", "slept 600"]);
  });

  it("see their own requests", async () => {
    const server = await serve(APP);
    const paths = Array.from({ length: Math.min(20, network.connections) }, (_, i) => `/request/name%20${i}?key=${i}`);
    const texts = await Promise.all(paths.map((path) => text(server, path, { headers: { "X-Test": path } })));
    for (const [i, found] of texts.entries()) {
      assert.equal(found, `GET|/request/name ${i}|${paths[i]}|name ${i}|${i}|${paths[i]}||${clientOf(server.host)}`);
    }
  });

  it("and fail cost their own requests", async () => {
    const server = await serve(APP);
    const paths = ["/sleep/30", "/abort-later", "/loop-later", "/allocate-later", "/deep/30", "/sleep/30"];
    const statuses = await Promise.all(paths.map(async (path) => (await fetch(server.url + path)).status));
    assert.deepEqual(statuses, [200, 500, 500, 503, 200, 200]);
    await server.logged(/ERROR.* as asked, later at waits\.ts:/);
    assert.equal(await text(server, "/sleep/1"), "slept 1");
  });

  it("and are nested too deeply for the engine start the app anew", async () => {
    const server = await serve(APP);
    assert.equal((await fetch(`${server.url}/deep/1000`)).status, 500);
    // Compiled code nests deeper: what is put aside comes to the end of its room, or of memory.
    const reason = isAot ? "(unreachable|out of bounds memory access)" : "stack overflow near waits\\.ts:[0-9]+";
    await server.logged(new RegExp(`ERROR.* ${reason}, in on_data: the app starts anew`));
    assert.equal(await text(server, "/sleep/1"), "slept 1");
  });

  it("leave nothing behind, answered or given up", async () => {
    const server = await serve(APP);
    await text(server, "/sleep/1");
    const before = await freeMemory(server);
    const waiting = Math.min(20, network.connections / 2);
    const leaving = Math.min(10, network.connections / 2);
    for (let round = 0; round < 10; round++) {
      const waits = Array.from({ length: waiting }, (_, i) => text(server, `/sleep/${i}`));
      const gone = await Promise.all(
        Array.from({ length: leaving }, (_, i) => deaf(server, `/sleep/${3_600_000 + round * 10 + i}`)),
      );
      await Promise.all(waits);
      for (const [i, socket] of gone.entries()) {
        socket.resetAndDestroy();
        await server.logged(new RegExp(`gone in ${3_600_000 + round * 10 + i}$`));
      }
    }
    assert.equal(await freeMemory(server), before);
  });
});

describe("streams", () => {
  for (const target of ["/count/10000", "/lines/10000/0"]) {
    it(`reach their client whole: ${target}`, async () => {
      const server = await serve(APP);
      const content = await text(server, target);
      assert.equal(content, Array.from({ length: 10_000 }, (_, i) => `Line ${i}\n`).join(""));
    });
  }

  it("come while they are made", async () => {
    const server = await serve(APP);
    const live = await Live.open(server, "/ticks/3");
    assert.equal(await live.until(/1 of 3/), "1 of 3\n");
    assert.equal(await text(server, "/hello"), "hello");
    assert.equal(await live.rest(), "1 of 3\n2 of 3\n3 of 3\n");
  });

  it("wait for a client that reads nothing, and end with it", async () => {
    const server = await serve(APP);
    const before = await freeMemory(server);
    const sockets = await Promise.all([deaf(server, "/endless"), deaf(server, "/endless")]);
    for (let i = 0; i < 20; i++) assert.equal(await text(server, "/sleep/10"), "slept 10");
    await until("streams that wait hold less than 3000 bytes", async () => before - (await freeMemory(server)) < 3000);
    for (const socket of sockets) socket.resetAndDestroy();
    await server.logged(/the endless stream has ended/);
  });

  it("that fail are broken off", async () => {
    const server = await serve(APP);
    await assert.rejects(text(server, "/abort-stream-later"));
    await server.logged(/ERROR.* as asked, in a stream at pieces\.ts:/);
    assert.equal(await text(server, "/hello"), "hello");
  });
});

describe("server-sent events", () => {
  it("end as soon as their client closes", async () => {
    const server = await serve(APP);
    const live = await Live.open(server, "/events");
    assert.equal(await live.until(/data: 1\n\n/), "event: tick\ndata: 1\n\n");
    live.close();
    await server.logged(/gone after 2/);
  });

  it("of a topic reach all its clients", async () => {
    const server = await serve(APP);
    const count = Math.min(12, network.connections - 1);
    const clients = await Promise.all(Array.from({ length: count }, () => Live.open(server, "/topics/news")));
    const answer = await text(server, "/topics/news?event=headline", { method: "POST", body: "it\nworks" });
    assert.equal(answer, `${count} of ${count}, 0 dropped`);
    for (const client of clients) {
      assert.equal(await client.until(/\n\n/), "event: headline\ndata: it\ndata: works\n\n");
      client.close();
    }
  });
});

describe("deferred answers", () => {
  it("come when another request brings them", async () => {
    const server = await serve(APP);
    const later = fetch(`${server.url}/defer/20000`);
    let answer = "";
    while (answer !== "true true") answer = await text(server, "/resolve", { method: "POST", body: "news" });
    const response = await later;
    assert.deepEqual([response.status, await response.text()], [201, '"news"']);
  });

  it("are 504 where nothing comes", async () => {
    const server = await serve(APP);
    assert.equal((await fetch(`${server.url}/defer/50`)).status, 504);
  });
});

describe("timers that abort", () => {
  it("delay neither others nor clients, and go on", async () => {
    const server = await serve(APP);
    for (let i = 0; i < 5; i++) await text(server, "/faults/20");
    let isLate = false;
    const limit = await deaf(server, "/sleep/10000");
    limit.once("data", () => (isLate = true)).resume();
    for (let i = 0; i < 20; i++) await text(server, "/sleep/5"); // at least 20 s, were each fault to cost a second
    assert.ok(!isLate);
    limit.resetAndDestroy();
    await server.stop();
    assert.ok(server.log.filter((line) => /as asked, by a timer/.test(line)).length > 5);
  });
});

describe("a server that is told to end", () => {
  it("ends event streams, and lets handlers finish", async () => {
    const server = await serve(APP);
    const streams = await Promise.all(["/events", "/topics/a"].map((target) => Live.open(server, target)));
    const waiting = text(server, "/sleep/1000");
    while (!(await text(server, "/waiting")).startsWith("1 ")) continue;
    const code = server.stop("SIGTERM");
    for (const stream of streams) await stream.rest();
    assert.equal(await waiting, "slept 1000");
    assert.equal(await code, 0);
  });
});
