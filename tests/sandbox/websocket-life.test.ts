/** The life of WebSockets, in virtual time: waiting, pings, slow clients, the closing handshake, rooms, faults. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { frame, Opcode, type App, type WebSocketClient } from "../../host/sandbox/index.js";
import { freeMemory, logOf, websocketApp } from "./websocket-app.js";

const tick = (app: App, ms: number): App => app.advance({ ms });
/** How a client sees the end. */
const end = (ws: WebSocketClient) => [ws.closeCode, ws.closeReason, ws.closed];
const last = (app: App): string => logOf(app).at(-1) ?? "";

describe("a function that waits for messages", () => {
  it("is written as a loop, and one for each client goes on by itself", async () => {
    const app = await websocketApp();
    const clients = Array.from({ length: 20 }, () => app.connect("/welcome"));
    for (let round = 0; round < 5; round++) clients.forEach((ws, i) => ws.send(`${i}.${round}`));
    clients.forEach((ws, i) => {
      assert.deepEqual(ws.messages, ["Connected!", ...[0, 1, 2, 3, 4].map((round) => `Echo: ${i}.${round}`)]);
    });
  });

  it("goes on without a message when its time is over, and tells that from the end by isOpen", async () => {
    const app = await websocketApp();
    const ws = app.connect("/timeout");
    tick(app, 999);
    assert.deepEqual(ws.take(), []);
    tick(app, 1);
    assert.deepEqual(ws.take(), ["nothing"]);
    tick(app, 500);
    assert.deepEqual(ws.send("a").take(), ["got a"]);
    tick(app, 999);
    assert.deepEqual(ws.take(), []);
    tick(app, 1001);
    assert.deepEqual(ws.take(), ["nothing", "nothing"]);
    ws.close(1000);
    tick(app, 5000);
    assert.deepEqual(end(ws), [1000, "", "fin"]);
  });

  it("gets messages that came while it slept, one after the other and none lost", async () => {
    const app = await websocketApp();
    const ws = app.connect("/slow");
    for (const message of ["a", "b", "c", "x".repeat(3000), "d"]) ws.send(message);
    ws.raw(Buffer.concat(["e", "f", "g"].map((payload) => Buffer.from(frame({ payload })))));
    for (const message of ["a", "b", "c", "x".repeat(3000), "d", "e", "f", "g"]) {
      assert.deepEqual(ws.take(), []);
      tick(app, 1000);
      assert.deepEqual(ws.take(), [message]);
    }
    assert.deepEqual(ws.send("h").take(), []);
    tick(app, 1000);
    assert.deepEqual(ws.take(), ["h"]);
  });

  it("does not keep pings from being answered while it sleeps", async () => {
    const app = await websocketApp();
    const ws = app.connect("/ticker");
    ws.ping("p");
    assert.deepEqual([ws.pongs.length, ws.messages], [1, ["1"]]);
    tick(app, 2000);
    assert.deepEqual(ws.messages, ["1", "2", "3"]);
    ws.close(4001, "enough");
    assert.deepEqual(end(ws), [4001, "", "fin"]);
    assert.equal(last(app), "ticker is over: 3 4001 enough false");
  });

  it("keeps a message while it sleeps, also where the client is gone meanwhile", async () => {
    const app = await websocketApp();
    const ws = app.connect("/slow");
    ws.send("precious").reset();
    tick(app, 0);
    assert.deepEqual(logOf(app), ["interrupted in precious", "slow is over: 1006"]);
    assert.equal(app.connections, 0);
  });

  it("finds a message gone once it has asked for the next", async () => {
    const app = await websocketApp();
    const ws = app.connect("/keeps");
    ws.send("a").send("b");
    assert.deepEqual(end(ws), [1011, "", "fin"]);
    assert.match(last(app), /^the message is gone: read it before the next one is asked for/);
  });
});

describe("pings", () => {
  it("go out every 30 s", async () => {
    const app = await websocketApp();
    const ws = app.connect("/echo");
    tick(app, 29_999);
    assert.equal(ws.pings.length, 0);
    tick(app, 1);
    assert.equal(ws.pings.length, 1);
    app.advance({ minutes: 10 });
    assert.deepEqual([ws.pings.length, ws.closeCode], [21, null]);
    assert.deepEqual(ws.send("a").take(), ["a"]);
  });

  it("that are not answered for 60 s close with 1002, across the wrap of the clock too", async () => {
    for (const now of [0, 2 ** 32 - 45_000]) {
      const app = await websocketApp({ now });
      const ws = app.connect("/reports");
      ws.autoPong = false;
      tick(app, 89_999);
      assert.deepEqual([ws.closeCode, ws.pings.length], [null, 2]);
      tick(app, 1);
      assert.deepEqual(end(ws), [1002, "Ping was not answered", "fin"]);
      assert.deepEqual(logOf(app), [
        "1002 Ping was not answered from 127.0.0.1",
        "closed 1002 Ping was not answered false [] 0",
      ]);
    }
  });

  it("that are answered late start the time anew", async () => {
    const app = await websocketApp();
    const ws = app.connect("/echo");
    ws.autoPong = false;
    tick(app, 89_000);
    ws.pong();
    tick(app, 60_999); // the next one goes out at 90 s
    assert.equal(ws.closeCode, null);
    tick(app, 1);
    assert.equal(ws.closeCode, 1002);
  });

  it("have no time that runs while nothing is read, since a message waits for its function", async () => {
    const app = await websocketApp();
    const ws = app.connect("/slow");
    ws.autoPong = false;
    const messages = Array.from({ length: 200 }, (_, i) => `${i}`);
    for (const message of messages) ws.send(message);
    tick(app, 200_000);
    assert.deepEqual([ws.messages, ws.closeCode], [messages, null]);
  });

  it("outlive HTTP's limits of a connection", async () => {
    const app = await websocketApp();
    const ws = app.connect("/echo");
    app.advance({ hours: 2 });
    assert.deepEqual([ws.send("a").messages, ws.closed], [["a"], "no"]);
  });
});

describe("the closing handshake", () => {
  it("from the client: its code comes back, and the function learns it", async () => {
    const app = await websocketApp();
    const ws = app.connect("/reports");
    ws.close(3000, "wä");
    assert.deepEqual(end(ws), [3000, "", "fin"]);
    assert.equal(last(app), "closed 3000 wä false [] 0");
    app.connect("/reports").close();
    assert.equal(last(app), "closed 1005  false [] 0");
  });

  it("from the server: with code and reason; receive waits for its end", async () => {
    const app = await websocketApp();
    const ws = app.connect("/bye/4000").send("go");
    assert.deepEqual(end(ws), [4000, "bye", "fin"]);
    assert.equal(last(app), "bye is over: 4000  true false false");
  });

  it("waits 5 s for the client's answer, drops messages and then ends", async () => {
    const app = await websocketApp();
    const silent = app.connect("/bye/1000");
    silent.autoClose = false;
    silent.send("go");
    assert.deepEqual([silent.closeCode, silent.closed], [1000, "no"]);
    silent.raw(frame({ payload: "late" })).raw(frame({ opcode: Opcode.PING }));
    tick(app, 4999);
    assert.deepEqual([silent.closed, silent.frames.length, logOf(app)], ["no", 1, []]);
    tick(app, 1);
    assert.equal(silent.closed, "fin");
    assert.deepEqual(logOf(app), ["bye is over: 1006  true false false"]);
  });

  it("sends 1000 where the function returns", async () => {
    const ws = (await websocketApp()).connect("/returns");
    assert.deepEqual([ws.messages, ...end(ws)], [["that is all"], 1000, "", "fin"]);
  });

  it("cuts a reason to 123 bytes, between characters", async () => {
    const ws = (await websocketApp()).connect("/long-reason");
    assert.deepEqual(end(ws), [1000, "é".repeat(61), "fin"]);
  });

  it("with a code that must not be sent is a mistake", async () => {
    const app = await websocketApp();
    assert.equal(app.connect("/bye/1005").send("go").closeCode, 1011);
    assert.match(last(app), /^not a close code: 1005/);
  });

  it("without a close frame is 1006, by FIN or by reset", async () => {
    const app = await websocketApp();
    const ended = app.connect("/reports");
    ended.end();
    assert.deepEqual([ended.closed, last(app)], ["fin", "closed 1006  false [] 0"]);
    app.connect("/reports").reset();
    assert.deepEqual([app.connections, logOf(app).length, last(app)], [0, 2, "closed 1006  false [] 0"]);
  });

  it("reads what came before FIN", async () => {
    const app = await websocketApp();
    const ws = app.connect("/slow");
    ws.send("a").send("b").end();
    tick(app, 1000);
    assert.deepEqual([ws.messages, ws.closed], [["a"], "fin"]);
    assert.deepEqual(logOf(app), ["interrupted in b", "slow is over: 1006"]);
  });

  it("when the server stops is 1001, and all are gone before it ends", async () => {
    const app = await websocketApp();
    const paths = ["/reports", "/slow", "/ticker", "/events"];
    const clients = paths.map((path) => app.connect(path));
    const silent = app.connect("/reports");
    silent.autoClose = false;
    app.stop();
    for (const ws of clients) assert.deepEqual(end(ws), [1001, "", "fin"]);
    tick(app, 5000);
    assert.deepEqual([silent.closeCode, app.connections], [1001, 0]);
  });
});

describe("a slow client", () => {
  it("lets send wait, and memory does not grow", async () => {
    const app = await websocketApp();
    const ws = app.connect("/flood", { window: 2000 });
    const free = await freeMemory(app);
    ws.window = 0;
    assert.ok(ws.messages.length < 3);
    assert.ok(free > 80_000, `${free}`);
    for (let i = 0; i < 40; i++) ws.window += 600;
    tick(app, 0);
    assert.deepEqual([ws.messages.length, last(app)], [20, "flood is over: 20 0"]);
  });

  it("that takes nothing for 30 s is given up", async () => {
    const app = await websocketApp();
    const ws = app.connect("/flood", { window: 2000 });
    tick(app, 29_999);
    assert.equal(ws.closed, "no");
    tick(app, 1);
    assert.equal(ws.closed, "reset");
    assert.match(last(app), /^flood is over: \d 1006$/);
  });

  it("that sends without reading is not read from any more, and loses nothing", async () => {
    const app = await websocketApp();
    const ws = app.connect("/echo", { window: 1000 });
    const sent = Array.from({ length: 100 }, (_, i) => `${i} ${"x".repeat(200)}`);
    const before = await freeMemory(app);
    for (const message of sent) ws.send(message);
    assert.ok(before - (await freeMemory(app)) < 16_000);
    ws.window = Infinity;
    assert.deepEqual(ws.messages, sent);
  });

  it("that ends the connection still gets what is queued, or is given up after 5 s", async () => {
    const app = await websocketApp();
    const reads = app.connect("/echo", { window: 1000 });
    const never = app.connect("/echo", { window: 1000 });
    for (const ws of [reads, never]) ws.send("x".repeat(3000)).end();
    tick(app, 4999);
    assert.deepEqual([reads.closed, never.closed], ["no", "no"]);
    reads.window = Infinity;
    assert.deepEqual([reads.messages.length, reads.closeCode, reads.closed], [1, 1006, "fin"]);
    tick(app, 1);
    assert.equal(never.closed, "reset");
  });

  it("that sends pings without reading fills no memory", async () => {
    const app = await websocketApp();
    const ws = app.connect("/echo", { window: 300 });
    const before = await freeMemory(app);
    for (let i = 0; i < 1000; i++) ws.ping("x".repeat(100));
    assert.ok(before - (await freeMemory(app)) < 16_000);
    tick(app, 120_000);
    assert.equal(ws.closed, "reset");
  });

  it("gets a close frame behind what is queued, or is given up after 5 s", async () => {
    const app = await websocketApp();
    const reads = app.connect("/echo", { window: 1000 });
    const never = app.connect("/echo", { window: 1000 });
    for (const ws of [reads, never]) ws.send("x".repeat(3000)).raw(frame({ rsv: 1 }));
    tick(app, 4999);
    assert.deepEqual([reads.closed, never.closed], ["no", "no"]);
    reads.window = Infinity;
    assert.deepEqual([reads.messages.length, ...end(reads)], [1, 1002, "reserved bit set", "fin"]);
    tick(app, 1);
    assert.equal(never.closed, "reset");
  });
});

describe("code outside of a WebSocket's own function", () => {
  const use = async (app: App, what: string) => (await app.fetch(`/kept/${what}`, { method: "POST" })).text;

  it("may send and close, not receive", async () => {
    const app = await websocketApp();
    const ws = app.connect("/kept");
    assert.equal(await use(app, "hello"), "true 0 true");
    assert.deepEqual(ws.take(), ["hello"]);
    assert.equal((await app.fetch("/kept/receive", { method: "POST" })).status, 500);
    assert.match(last(app), /^only the function of app.websocket can wait for messages, of its own WebSocket/);
    assert.deepEqual(ws.send("still").take(), ["still"]);
    assert.equal(await use(app, "close"), "false 0 false");
    assert.deepEqual(end(ws), [1000, "", "fin"]);
    assert.equal(await use(app, "later"), "false 0 false");
  });

  it("never waits: send says no where too much is queued", async () => {
    const app = await websocketApp();
    const ws = app.connect("/kept", { window: 1000 });
    assert.match(await use(app, "large"), /^true \d+ true$/);
    assert.match(await use(app, "large"), /^true 5\d\d\d true$/);
    assert.match(await use(app, "large"), /^false 5\d\d\d true$/);
    ws.window = Infinity;
    assert.equal(await use(app, "small"), "true 0 true");
    assert.deepEqual(
      ws.messages.map((message) => message.length),
      [3000, 3000, 5],
    );
  });
});

describe("a handler of events", () => {
  it("is told of open, messages and close", async () => {
    const app = await websocketApp();
    const ws = app.connect("/events");
    ws.send("a").send(Uint8Array.of(1)).close(3001, "enough");
    assert.deepEqual(ws.messages, ["open", "a", Uint8Array.of(1)]);
    assert.deepEqual(logOf(app), ["closed 3001 enough"]);
  });

  it("closes by itself", async () => {
    const app = await websocketApp();
    const ws = app.connect("/events").send("close");
    assert.deepEqual(end(ws), [4000, "as asked", "fin"]);
    assert.deepEqual(logOf(app), ["closed 4000 "]);
  });

  it("cannot wait", async () => {
    const app = await websocketApp();
    assert.equal(app.connect("/events").send("sleep").closeCode, 1011);
    assert.match(logOf(app)[0] ?? "", /^only handlers, middleware, streams and timers can wait/);
    assert.equal(app.connect("/events").send("receive").closeCode, 1011);
  });

  it("that traps is closed with 1011, and told so", async () => {
    const app = await websocketApp();
    const other = app.connect("/events");
    assert.deepEqual(end(app.connect("/events").send("trap")), [1011, "", "fin"]);
    assert.match(logOf(app)[0] ?? "", /^as asked.* app\.ts:\d+/);
    assert.equal(last(app), "closed 1011 ");
    other.close(1000, "trap"); // which its close answers by a trap
    assert.deepEqual(end(other), [1000, "", "fin"]);
    assert.deepEqual(app.connect("/events").send("a").messages, ["open", "a"]);
  });
});

describe("rooms", () => {
  const count = async (app: App, name: string) => Number((await app.fetch(`/rooms/${name}`)).text);

  it("are told what anyone sends to them, texts and bytes, each client once", async () => {
    const app = await websocketApp();
    const [a, b, c] = ["/room/x", "/room/x", "/room/y"].map((path) => app.connect(path));
    assert.deepEqual([await count(app, "x"), await count(app, "y"), await count(app, "z")], [2, 1, 0]);
    a?.send("hi").send(Uint8Array.of(7));
    c?.send("alone");
    assert.deepEqual(
      [a?.messages, b?.messages],
      [
        ["hi", Uint8Array.of(7)],
        ["hi", Uint8Array.of(7)],
      ],
    );
    assert.deepEqual(c?.messages, ["alone"]);
    assert.equal((await app.fetch("/rooms/x", { method: "POST", body: "from outside" })).text, "2");
    assert.equal(b?.messages.at(-1), "from outside");
  });

  it("are left by leave, by closing and by vanishing", async () => {
    const app = await websocketApp();
    const clients = Array.from({ length: 4 }, () => app.connect("/room/x"));
    clients[0]?.send("leave");
    clients[1]?.close(1000);
    clients[2]?.reset();
    assert.equal(await count(app, "x"), 1);
    clients[3]?.send("hi");
    assert.deepEqual(
      clients.map((ws) => ws.messages.length),
      [0, 0, 0, 1],
    );
  });

  it("can be told by a timer", async () => {
    const app = await websocketApp();
    const ws = app.connect("/room/minutes");
    app.advance({ minutes: 2 });
    assert.deepEqual(ws.messages, ["tick", "tick"]);
  });

  it("pass over a slow client, which stays", async () => {
    const app = await websocketApp();
    const slow = app.connect("/room/x", { window: 1000 });
    const quick = app.connect("/room/x");
    const tell = async () => (await app.fetch("/rooms/x", { method: "POST", body: "x".repeat(2000) })).text;
    const told = [await tell(), await tell(), await tell(), await tell(), await tell()];
    assert.deepEqual(told, ["2", "2", "2", "1", "1"]);
    assert.equal(quick.messages.length, 5);
    slow.window = Infinity;
    assert.deepEqual([slow.messages.length, slow.closeCode, await tell()], [3, null, "2"]);
  });

  it("close a slow client with 1013, where the option closeSlow says so", async () => {
    const app = await websocketApp();
    const slow = app.connect("/hasty");
    slow.window = 250;
    const tell = async () => (await app.fetch("/rooms/hasty", { method: "POST", body: "x".repeat(200) })).text;
    assert.deepEqual([await tell(), await tell(), await tell()], ["1", "1", "0"]);
    slow.window = Infinity;
    assert.deepEqual([slow.messages.length, ...end(slow)], [2, 1013, "too slow", "fin"]);
  });
});

describe("a function that traps", () => {
  it("is closed with 1011, with file and line in the log, and all others go on", async () => {
    const app = await websocketApp();
    const others = [app.connect("/welcome"), app.connect("/slow"), app.connect("/events")];
    others[1]?.send("asleep");
    const ws = app.connect("/trap");
    ws.send("trap");
    assert.deepEqual(end(ws), [1011, "", "fin"]);
    assert.match(last(app), /^as asked.*app\.ts:\d+/);
    tick(app, 1000);
    assert.deepEqual(
      others.map((other) => other.send("on").messages.length),
      [2, 1, 2],
    );
  });

  it("at once, in an endless loop, or after a wait", async () => {
    const app = await websocketApp();
    assert.deepEqual(end(app.connect("/trap/first")), [1011, "", "fin"]);
    assert.deepEqual(end(app.connect("/trap").send("loop")), [1011, "", "fin"]);
    assert.match(last(app), /^out of fuel/);
    const ws = app.connect("/trap").send("x");
    tick(app, 1000);
    assert.deepEqual(end(ws), [1011, "", "fin"]);
  });

  it("when its client is gone already does no harm", async () => {
    const app = await websocketApp();
    const before = app.connect("/trap");
    before.send("x").reset();
    tick(app, 1);
    assert.match(last(app), /^at the end/);
    assert.deepEqual(app.connect("/welcome").send("a").messages, ["Connected!", "Echo: a"]);
  });
});

describe("memory", () => {
  it("takes at most 200 bytes for a client whose function waits", async () => {
    const app = await websocketApp();
    const before = await freeMemory(app);
    for (let i = 0; i < 8; i++) app.connect("/echo").send("x");
    const each = (before - (await freeMemory(app))) / 8;
    assert.ok(each <= 200, `${each} bytes`);
  });

  it("is all free again after hundreds of clients of all kinds", async () => {
    const app = await websocketApp();
    const visit = (i: number): void => {
      const paths = [
        "/welcome",
        "/events",
        "/slow",
        "/room/x",
        "/chat/r/1?nick=n",
        "/flood",
        "/trap",
        "/bye/1000",
        "/strict",
      ];
      const ws = app.connect(paths[i % paths.length] ?? "", { window: i % 7 === 0 ? 1500 : Infinity });
      for (const payload of ["a", "x".repeat(1500)]) ws.raw(frame({ payload }));
      ws.raw(frame({ payload: "left open", length: 1000 + (i % 50) * 60 }));
      if (i % 3 === 0) tick(app, 1500);
      if (i % 5 === 0) ws.raw(frame({ opcode: Opcode.PING, payload: "x".repeat(100) }).subarray(0, 50));
      else if (i % 5 === 1) ws.raw(frame({ rsv: 1 }));
      else if (i % 5 === 2) ws.end();
      else if (i % 5 === 3) ws.raw(frame({ opcode: Opcode.CLOSE }));
      ws.reset();
      tick(app, 1);
    };
    for (let i = 0; i < 20; i++) visit(i);
    app.advance({ minutes: 5 });
    const before = await freeMemory(app);
    for (let i = 0; i < 600; i++) visit(i);
    app.advance({ minutes: 5 });
    assert.equal(app.connections, 0);
    assert.equal(await freeMemory(app), before);
  });

  it("that is short refuses a message with 1013, or the handler with 1011, and everything else goes on", async () => {
    const app = await websocketApp();
    const hungry = Array.from({ length: 30 }, () => app.connect("/echo"));
    for (const ws of hungry) ws.raw(frame({ fin: false, payload: "x".repeat(4096) }));
    for (const ws of hungry) {
      if (ws.closeCode === null) ws.raw(frame({ fin: false, opcode: Opcode.CONTINUATION, payload: "x".repeat(2000) }));
    }
    const codes = hungry.map((ws) => ws.closeCode);
    assert.ok(codes.includes(1013) && codes.includes(null), codes.join(" "));
    for (const code of codes) assert.ok(code === null || code === 1013 || code === 1011);
    for (const ws of hungry) ws.reset();
    assert.deepEqual(app.connect("/echo").send("x".repeat(4000)).messages.length, 1);
  });
});
