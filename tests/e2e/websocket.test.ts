/** WebSockets over TCP: the C host, and clients that others wrote. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { before, describe, it } from "node:test";
import { WebSocket as UndiciWebSocket } from "undici";
import { WebSocket } from "ws";
import { frame, Opcode } from "../../host/sandbox/index.js";
import { network } from "./program.js";
import { serve, type Server } from "./server.js";

let app: Server;
let conformance: Server;
before(async () => {
  app = await serve("tests/apps/websocket");
  conformance = await serve("examples/conformance");
});

const HANDSHAKE = [
  "Host: x",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version: 13",
  "\r\n",
].join("\r\n");

type Received = string | Buffer;

/** A client whose messages can be waited for. */
class Client {
  readonly messages: Received[] = [];
  readonly closed: Promise<[code: number, reason: string]>;
  private woken: () => void = () => undefined;

  constructor(readonly ws: WebSocket) {
    ws.on("message", (data: Buffer, isBinary) => {
      this.messages.push(isBinary ? data : data.toString());
      this.woken();
    });
    this.closed = new Promise((resolve) => {
      ws.once("close", (code, reason: Buffer) => {
        resolve([code, reason.toString()]);
      });
    });
  }

  static async open(server: Server, path: string, protocols: string[] = []): Promise<Client> {
    const client = new Client(new WebSocket(`${server.url.replace("http", "ws")}${path}`, protocols));
    await once(client.ws, "open");
    return client;
  }

  /** The first `count` messages, once they have come. */
  async first(count: number): Promise<Received[]> {
    const end = this.closed.then(([code]) => code);
    while (this.messages.length < count) {
      const code = await Promise.race([end, new Promise<void>((resolve) => (this.woken = resolve))]);
      if (code !== undefined && this.messages.length < count) throw new Error(`closed with ${code}`);
    }
    return this.messages.slice(0, count);
  }
}

/** Opens a WebSocket by hand. */
async function open(server: Server, path: string): Promise<Socket> {
  const socket = connect({ host: server.host, port: server.port, noDelay: true });
  socket.write(`GET ${path} HTTP/1.1\r\n${HANDSHAKE}`);
  const [head] = (await once(socket, "data")) as [Buffer];
  socket.pause();
  assert.match(head.toString("latin1"), /^HTTP\/1\.1 101 /);
  return socket;
}

/** All bytes that come up to the end of a connection, in hex. */
async function rest(socket: Socket): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("hex");
}

describe("/ws of the conformance app", () => {
  it("echoes text as text and binary as binary", async () => {
    const client = await Client.open(conformance, "/ws");
    client.ws.send("Grüße 😀");
    client.ws.send(Buffer.from([0, 255]));
    client.ws.send("");
    assert.deepEqual(await client.first(3), ["Grüße 😀", Buffer.from([0, 255]), ""]);
    client.ws.close(3000, "bye");
    assert.equal((await client.closed)[0], 3000);
  });

  it("takes frames of 64 KB and messages of 128 KB", async () => {
    const client = await Client.open(conformance, "/ws");
    const half = randomBytes(65_536);
    client.ws.send(half);
    client.ws.send(half, { fin: false });
    client.ws.send(half, { fin: true });
    assert.deepEqual(await client.first(2), [half, Buffer.concat([half, half])]);
    client.ws.send(Buffer.alloc(65_537));
    assert.deepEqual(await client.closed, [1009, "frame too large"]);
  });

  it("answers messages of all lengths around a segment's and a window's", async () => {
    const client = await Client.open(conformance, "/ws");
    const sent = [1, 125, 126, 1400, 1460, 2034, 2040, 2041, 2048, 2049, 4096, 5760, 65_535].map((n) => randomBytes(n));
    for (const message of sent) client.ws.send(message);
    assert.deepEqual(await client.first(sent.length), sent);
    client.ws.terminate();
  });

  it("talks to the client of undici", async () => {
    const ws = new UndiciWebSocket(`${conformance.url.replace("http", "ws")}/ws`);
    await once(ws as never, "open");
    ws.send("hello");
    const [{ data }] = (await once(ws as never, "message")) as [{ data: unknown }];
    assert.equal(data, "hello");
    ws.close(3001, "done");
    const [{ code }] = (await once(ws as never, "close")) as [{ code: number }];
    assert.equal(code, 3001);
  });
});

describe("a WebSocket over TCP", () => {
  it("agrees on a subprotocol, and answers pings", async () => {
    const client = await Client.open(app, "/strict", ["soap", "chat"]);
    assert.deepEqual([client.ws.protocol, await client.first(1)], ["chat", ["chat"]]);
    client.ws.ping("p");
    const [payload] = (await once(client.ws, "pong")) as [Buffer];
    assert.equal(payload.toString(), "p");
    client.ws.terminate();
  });

  it("is read alike byte by byte", async () => {
    const socket = await open(app, "/echo");
    const bytes = Buffer.concat([
      frame({ payload: "one" }),
      frame({ fin: false, payload: "tw" }),
      frame({ opcode: Opcode.PING, payload: "p" }),
      frame({ opcode: Opcode.CONTINUATION, payload: "o" }),
      frame({ opcode: Opcode.CLOSE }),
    ]);
    for (const byte of bytes) {
      socket.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(await rest(socket), "81036f6e65" + "8a0170" + "810374776f" + "8800");
  });

  it("gets the close frame although it still sends", async () => {
    const socket = await open(app, "/echo");
    socket.write(Buffer.concat([frame({ rsv: 1 }), Buffer.alloc(50_000)]));
    assert.equal(await rest(socket), `881203ea${Buffer.from("reserved bit set").toString("hex")}`);
  });

  it("closes from the server's side, by code or by return", async () => {
    const bye = await Client.open(app, "/bye/4001");
    bye.ws.send("go");
    assert.deepEqual(await bye.closed, [4001, "bye"]);
    const returns = await Client.open(app, "/returns");
    assert.deepEqual(await returns.closed, [1000, ""]);
  });

  it("waits, while others are served", async () => {
    const [asleep, slow] = [await Client.open(app, "/asleep"), await Client.open(app, "/slow")];
    asleep.ws.send("for an hour");
    slow.ws.send("late");
    const others = await Promise.all(
      Array.from({ length: Math.min(40, network.connections - 2) }, () => Client.open(app, "/welcome")),
    );
    for (const [i, other] of others.entries()) other.ws.send(`${i}`);
    for (const [i, other] of others.entries()) assert.deepEqual(await other.first(2), ["Connected!", `Echo: ${i}`]);
    assert.deepEqual(await slow.first(1), ["late"]);
    assert.equal(asleep.ws.readyState, WebSocket.OPEN);
    for (const { ws } of [asleep, slow, ...others]) ws.terminate();
  });

  it("that traps is closed with 1011, and the others go on", async () => {
    const [one, two] = await Promise.all(["/trap", "/welcome"].map((path) => Client.open(app, path)));
    one?.ws.send("trap");
    assert.deepEqual(await one?.closed, [1011, ""]);
    await app.logged(/as asked.*app\.ts:\d+/);
    two?.ws.send("on");
    assert.deepEqual(await two?.first(2), ["Connected!", "Echo: on"]);
    two?.ws.terminate();
  });

  it("that does not read holds up neither a room nor its own memory", async () => {
    const slow = await open(app, "/room/tcp");
    const quick = await Client.open(app, "/room/tcp");
    const text = "x".repeat(8000);
    let passedOver = 0;
    for (let n = 1; passedOver < 3; n++) {
      assert.ok(n < 5000, "the slow client was never passed over");
      const response = await fetch(`${app.url}/rooms/tcp`, { method: "POST", body: text });
      if ((await response.text()) === "1") passedOver++;
      assert.equal((await quick.first(n)).length, n);
    }
    slow.destroy();
    quick.ws.terminate();
  });

  it("leaves nothing behind, whichever way hundreds of clients go", async () => {
    const free = async (): Promise<number> => {
      await (await fetch(`${app.url}/memory`)).text();
      return Number(await (await fetch(`${app.url}/memory`)).text());
    };
    const visit = async (i: number): Promise<void> => {
      const socket = await open(app, ["/echo", "/events", "/room/r", "/chat/a/1?nick=x", "/slow"][i % 5] ?? "");
      socket.on("error", () => undefined);
      socket.write(frame({ payload: "x".repeat(i * 7) }));
      socket.write(frame({ payload: "unfinished", length: 500 }));
      if (i % 3 === 0) socket.end();
      else if (i % 3 === 1) socket.resetAndDestroy();
      else socket.write(frame({ opcode: 3 }));
      socket.resume();
      await once(socket, "close");
    };
    const all = async (count: number): Promise<void> => {
      const width = Math.min(10, network.connections);
      for (let i = 0; i < count; i += width) {
        await Promise.all(Array.from({ length: Math.min(width, count - i) }, (_, k) => visit(i + k)));
      }
      await new Promise((resolve) => setTimeout(resolve, 3000)); // until those of /slow have woken up
    };
    await all(20);
    const before = await free();
    await all(300);
    const lost = before - (await free());
    assert.ok(Math.abs(lost) < 100, `${lost} bytes`); // what was used last is kept for the next
  });

  it("is closed with 1001 when the server stops", async () => {
    const server = await serve("tests/apps/websocket");
    const clients = await Promise.all(["/echo", "/events", "/ticker"].map((path) => Client.open(server, path)));
    const exit = server.stop();
    for (const client of clients) assert.deepEqual(await client.closed, [1001, ""]);
    assert.equal(await exit, 0);
  });
});
