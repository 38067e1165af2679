/** Rows 34 to 39: WebSockets. */

import assert from "node:assert/strict";
import { closePayload, frame, Opcode, type App, type WebSocketClient } from "../../../host/sandbox/index.js";
import { request } from "../case.js";
import { ask, type Row } from "./row.js";

const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
const UPGRADE = `Upgrade: websocket\r\nConnection: Upgrade\r\n${KEY}`;

function chat(app: App, name = "Ada"): WebSocketClient {
  const ws = app.connect(`/ws/${name}`);
  assert.equal(ws.status, 101);
  assert.deepEqual(ws.take(), [`Connected, ${name}!`]);
  return ws;
}

function bytes(data: Uint8Array): string {
  return Buffer.from(data).toString("latin1");
}

export const websocketRows: readonly Row[] = [
  {
    row: 34,
    name: "the whole handshake is checked: 426 with the version, 400 for a bad key; paths have parameters",
    async run(driver) {
      const old = await ask(driver, "GET", "/ws/x", `${UPGRADE}Sec-WebSocket-Version: 8\r\n`);
      assert.deepEqual([old.status, old.headers.get("sec-websocket-version")], [426, "13"]);
      const bad = UPGRADE.replace("dGhl", "dG");
      assert.equal((await ask(driver, "GET", "/ws/x", `${bad}Sec-WebSocket-Version: 13\r\n`)).status, 400);
      assert.equal((await ask(driver, "GET", "/ws/x")).status, 426);
      const peer = await driver.open();
      await peer.write(request("GET", "/ws/Ada?a=b", `${UPGRADE}Sec-WebSocket-Version: 13\r\n`));
      await peer.text("HTTP/1.1 101 Switching Protocols\r\n");
      await driver.pause(300);
      await peer.until(/\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n\r\n\x81\x0fConnected, Ada!$/);
      peer.drop();
    },
  },
  {
    row: 35,
    name: "receive, send text or bytes, close with code and reason, in one linear loop",
    async sandbox(app) {
      const ws = chat(app);
      ws.send("hi");
      ws.send(new Uint8Array([1, 2, 3]));
      assert.deepEqual(ws.take(), ["Echo: hi", new Uint8Array([1, 2, 3])]);
      ws.send("bye");
      app.advance({ ms: 1 });
      assert.deepEqual([ws.closeCode, ws.closeReason, ws.closed], [1000, "Normal closure", "fin"]);
    },
    async run(driver) {
      const peer = await driver.open();
      await peer.write(request("GET", "/ws/x", `${UPGRADE}Sec-WebSocket-Version: 13\r\n`));
      await peer.write(bytes(frame({ opcode: Opcode.TEXT, payload: "hi" })));
      await driver.pause(300);
      await peer.until(/\x81\x0dConnected, x!\x81\x08Echo: hi$/);
      peer.drop();
    },
  },
  {
    row: 36,
    name: "a ping every 30 s, the end after 60 s without a pong, and pongs by themselves",
    async sandbox(app) {
      const live = chat(app);
      const dead = chat(app, "Bob");
      dead.autoPong = false;
      app.advance({ ms: 29_999 });
      assert.equal(live.pings.length, 0);
      app.advance({ ms: 1 });
      assert.deepEqual([live.pings.length, dead.pings.length], [1, 1]);
      app.advance({ ms: 59_999 });
      assert.equal(dead.closeCode, null);
      app.advance({ ms: 1 });
      assert.notEqual(dead.closeCode, null);
      assert.equal(live.closed, "no");
      live.ping("abc");
      assert.deepEqual(live.pongs.map(bytes), ["abc"]);
    },
  },
  {
    row: 37,
    name: "a frame over 64 KB is 1009, reserved bits are 1002, and the close frame leaves",
    async sandbox(app) {
      for (const [data, code] of [
        [frame({ opcode: Opcode.BINARY, length: 65_537, payload: "" }), 1009],
        [frame({ opcode: Opcode.TEXT, rsv: 4, payload: "x" }), 1002],
      ] as const) {
        const ws = chat(app);
        ws.raw(data);
        app.advance({ seconds: 6 });
        assert.deepEqual([ws.closeCode, ws.closed !== "no"], [code, true]);
      }
    },
  },
  {
    row: 38,
    name: "unmasked frames, stray continuations, long or cut control frames are 1002, bad UTF-8 is 1007; fragments are joined",
    async sandbox(app) {
      for (const [data, code] of [
        [frame({ opcode: Opcode.TEXT, mask: null, payload: "x" }), 1002],
        [frame({ opcode: Opcode.CONTINUATION, payload: "x" }), 1002],
        [frame({ opcode: 3, payload: "" }), 1002],
        [frame({ opcode: Opcode.PING, payload: "x".repeat(126) }), 1002],
        [frame({ opcode: Opcode.PING, fin: false, payload: "x" }), 1002],
        [frame({ opcode: Opcode.CLOSE, payload: closePayload(1005) }), 1002],
        [frame({ opcode: Opcode.TEXT, payload: new Uint8Array([0xc0, 0x80]) }), 1007],
      ] as const) {
        const ws = chat(app);
        ws.raw(data);
        app.advance({ seconds: 6 });
        assert.equal(ws.closeCode, code);
      }
      const ws = chat(app);
      ws.raw(frame({ opcode: Opcode.TEXT, fin: false, payload: "one " }));
      ws.raw(frame({ opcode: Opcode.PING, payload: "between" }));
      ws.raw(frame({ opcode: Opcode.CONTINUATION, payload: "message" }));
      assert.deepEqual([ws.pongs.map(bytes), ws.messages], [["between"], ["Echo: one message"]]);
    },
  },
  {
    row: 39,
    name: "a room is sent to at once, and a mistake in one handler is 1011 for that client alone",
    async sandbox(app) {
      const [one, two] = [chat(app), chat(app)];
      one.send("join");
      two.send("join");
      assert.equal((await app.fetch("/broadcast", { method: "POST", body: "to all" })).text, "2");
      assert.deepEqual([one.take(), two.take()], [["to all"], ["to all"]]);
      one.send("trap");
      app.advance({ seconds: 6 });
      assert.equal(one.closeCode, 1011);
      two.send("hi");
      assert.deepEqual(two.messages, ["Echo: hi"]);
    },
  },
];
