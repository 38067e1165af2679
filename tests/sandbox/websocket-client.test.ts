/** The sandbox's WebSocket client: it must not forgive what tests of the server are there to find. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { Connection, Socket } from "../../host/sandbox/connection.js";
import { handshakeFields, handshakeKey } from "../../host/sandbox/handshake.js";
import {
  closePayload,
  frame,
  load,
  Opcode,
  ResponseError,
  WebSocketClient,
  WebSocketError,
  type FrameOptions,
} from "../../host/sandbox/index.js";
import { echoGuest } from "./echo-guest.js";

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
const answer = (...fields: string[]): string => ["HTTP/1.1 101 Switching Protocols", ...fields, "", ""].join("\r\n");
const ACCEPTED = answer("Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${ACCEPT}`);

const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((p) => Buffer.from(p)));
const server = (options: FrameOptions): Uint8Array => frame({ mask: null, ...options });
const text = (payload: string | Uint8Array): Uint8Array => server({ payload });
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");

/** A client whose server is this test. */
function client(start = ACCEPTED, protocols: readonly string[] = []) {
  const socket = new Socket("127.0.0.1");
  const ws = new WebSocketClient(new Connection(socket, () => {}), KEY, protocols);
  socket.arrived = () => ws.receive();
  if (start !== "") socket.send(Buffer.from(start));
  const sent = (): string[] => socket.inbox.splice(0).map(hex);
  return { ws, socket, sent };
}

/** What a client makes of a server's bytes, cut in two at `at`. */
function conversation(data: Uint8Array, at = data.length) {
  const { ws, socket, sent } = client("");
  socket.send(data.subarray(0, at));
  socket.send(data.subarray(at));
  const answers = sent().length;
  socket.close("fin");
  const { status, messages, pings, pongs, closeCode, closeReason } = ws;
  return {
    status,
    messages,
    pings: pings.map(hex),
    pongs: pongs.map(hex),
    closeCode,
    closeReason,
    answers,
  };
}

describe("the opening handshake", () => {
  it("asks as RFC 6455, 4.1 says, with a key of 16 bytes that differs each time", () => {
    assert.deepEqual(handshakeFields(KEY, { protocols: ["a", "b"], origin: "http://x" }), [
      ["Upgrade", "websocket"],
      ["Connection", "Upgrade"],
      ["Sec-WebSocket-Key", KEY],
      ["Sec-WebSocket-Version", "13"],
      ["Sec-WebSocket-Protocol", "a, b"],
      ["Origin", "http://x"],
    ]);
    assert.equal(Buffer.from(handshakeKey(1), "base64").length, 16);
    assert.notEqual(handshakeKey(1), handshakeKey(2));
  });

  it("lets a test send another field in the place of its own", () => {
    const fields = new Map(handshakeFields(KEY, { headers: { "sec-websocket-version": "8", "X-A": "b" } }));
    assert.deepEqual([fields.get("sec-websocket-version"), fields.get("X-A")], ["8", "b"]);
    assert.equal(fields.has("Sec-WebSocket-Version"), false);
  });

  it("is over when the answer is whole, and takes the subprotocol", () => {
    const { ws, socket } = client("", ["chat", "echo"]);
    const head = `${ACCEPTED.slice(0, -2)}Sec-WebSocket-Protocol: echo\r\n\r\n`;
    socket.send(Buffer.from(head.slice(0, -1)));
    assert.deepEqual([ws.status, ws.protocol], [null, ""]);
    socket.send(Buffer.from(head.slice(-1)));
    assert.deepEqual([ws.status, ws.protocol, ws.closed], [101, "echo", "no"]);
  });

  it("passes over interim responses", () => {
    assert.equal(client(`HTTP/1.1 100 Continue\r\n\r\n${ACCEPTED}`).ws.status, 101);
  });

  it("keeps the answer of a server that refuses", () => {
    const { ws } = client("HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\nContent-Length: 2\r\n\r\nno");
    assert.deepEqual([ws.status, ws.response?.text, ws.closeCode], [426, "no", null]);
    assert.equal(ws.response?.headers.get("sec-websocket-version"), "13");
    assert.throws(() => ws.send("x"), /the server's answer was 426/);
  });

  const wrong: [name: string, fields: string[]][] = [
    ["no Upgrade", ["Connection: Upgrade", `Sec-WebSocket-Accept: ${ACCEPT}`]],
    ["another Upgrade", ["Upgrade: h2c", "Connection: Upgrade", `Sec-WebSocket-Accept: ${ACCEPT}`]],
    ["no Connection", ["Upgrade: websocket", `Sec-WebSocket-Accept: ${ACCEPT}`]],
    ["a Connection without upgrade", ["Upgrade: websocket", "Connection: close", `Sec-WebSocket-Accept: ${ACCEPT}`]],
    ["no Sec-WebSocket-Accept", ["Upgrade: websocket", "Connection: Upgrade"]],
    ["a wrong Sec-WebSocket-Accept", ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${KEY}`]],
    [
      "two of them",
      [
        "Upgrade: websocket",
        "Connection: Upgrade",
        `Sec-WebSocket-Accept: ${ACCEPT}`,
        `Sec-WebSocket-Accept: ${ACCEPT}`,
      ],
    ],
    [
      "an extension",
      ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${ACCEPT}`, "Sec-WebSocket-Extensions: x"],
    ],
    [
      "a subprotocol that nobody offered",
      ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${ACCEPT}`, "Sec-WebSocket-Protocol: x"],
    ],
  ];
  for (const [name, fields] of wrong)
    it(`refuses ${name}`, () => assert.throws(() => client(answer(...fields)), WebSocketError));

  it("compares Upgrade and Connection without case, and finds the option among others", () => {
    const head = answer("Upgrade: WebSocket", "Connection: keep-alive, UPGRADE", `Sec-WebSocket-Accept: ${ACCEPT}`);
    assert.equal(client(head).ws.status, 101);
  });

  it("refuses an answer that is no HTTP", () => assert.throws(() => client("SSH-2.0\r\n"), ResponseError));

  it("refuses an end in the middle of the answer", () => {
    const { socket } = client("HTTP/1.1 101 Switching");
    assert.throws(() => socket.close("fin"), ResponseError);
  });
});

describe("what comes", () => {
  const talk = bytes(
    ACCEPTED,
    text("é1"),
    server({ opcode: Opcode.BINARY, payload: Uint8Array.of(1, 2) }),
    server({ fin: false, payload: Uint8Array.of(0xc3) }),
    server({ opcode: Opcode.PING, payload: "p" }),
    server({ fin: false, opcode: Opcode.CONTINUATION, payload: "" }),
    server({ opcode: Opcode.PONG, payload: "q" }),
    server({ opcode: Opcode.CONTINUATION, payload: Uint8Array.of(0xa9) }),
    text("x".repeat(126)),
    server({ opcode: Opcode.CLOSE, payload: closePayload(1001, "bye") }),
  );
  const expected = {
    status: 101,
    messages: ["é1", Uint8Array.of(1, 2), "é", "x".repeat(126)],
    pings: [hex(Buffer.from("p"))],
    pongs: [hex(Buffer.from("q"))],
    closeCode: 1001,
    closeReason: "bye",
    answers: 2,
  };

  it("is read alike, wherever it is cut", () => {
    for (let at = 0; at <= talk.length; at++) assert.deepEqual(conversation(talk, at), expected, `cut at ${at}`);
  });

  it("keeps the frames, and forgets messages that were taken", () => {
    const { ws, socket } = client();
    socket.send(bytes(text("a"), text("b")));
    assert.deepEqual([ws.take(), ws.take(), ws.frames.length], [["a", "b"], [], 2]);
  });

  it("is read in all three forms of the length", () => {
    for (const length of [0, 125, 126, 0xffff, 0x10000, 200_000])
      assert.deepEqual(conversation(bytes(ACCEPTED, text("x".repeat(length)))).messages, ["x".repeat(length)]);
  });

  it("is 1006 where the connection ends without Close, 1005 where Close has no code", () => {
    assert.equal(conversation(bytes(ACCEPTED)).closeCode, 1006);
    assert.equal(conversation(bytes(ACCEPTED, server({ opcode: Opcode.CLOSE }))).closeCode, 1005);
    const { ws, socket } = client();
    socket.close("reset");
    assert.deepEqual([ws.closeCode, ws.closed], [1006, "reset"]);
  });

  const wrong: [name: string, data: Uint8Array][] = [
    ["a masked frame", frame({ payload: "x" })],
    ["a reserved bit", server({ rsv: 4 })],
    ["another reserved bit", server({ rsv: 1 })],
    ...[3, 7, 11, 15].map((opcode): [string, Uint8Array] => [`opcode ${opcode}`, server({ opcode })]),
    ["a fragmented Ping", server({ opcode: Opcode.PING, fin: false })],
    ["a Ping of 126 bytes", server({ opcode: Opcode.PING, payload: "x".repeat(126) })],
    ["16 bits for a short length", server({ payload: "x", lengthBits: 16 })],
    ["64 bits for a short length", server({ payload: "x".repeat(0xffff), lengthBits: 64 })],
    ["a length of 64 bits", server({ length: 1n << 63n })],
    ["a continuation of nothing", server({ opcode: Opcode.CONTINUATION })],
    ["a new message within another", bytes(server({ fin: false }), text("x"))],
    ["a continuation behind the end", bytes(text("x"), server({ opcode: Opcode.CONTINUATION }))],
    ["text that is not UTF-8", text(Uint8Array.of(0xff))],
    ["text that ends within a character", text(Uint8Array.of(0xc3))],
    ["half a close code", server({ opcode: Opcode.CLOSE, payload: "x" })],
    ...[0, 999, 1004, 1005, 1006, 1015, 2999, 5000].map((code): [string, Uint8Array] => [
      `the close code ${code}`,
      server({ opcode: Opcode.CLOSE, payload: closePayload(code) }),
    ]),
    [
      "a reason that is not UTF-8",
      server({ opcode: Opcode.CLOSE, payload: bytes(closePayload(1000), Uint8Array.of(0xff)) }),
    ],
    ["a frame after Close", bytes(server({ opcode: Opcode.CLOSE }), text("x"))],
  ];
  for (const [name, data] of wrong) {
    it(`must not be ${name}`, () => {
      const { socket } = client();
      assert.throws(() => socket.send(data), WebSocketError);
    });
  }

  it("must not end within a frame", () => {
    const { socket } = client();
    socket.send(text("abc").subarray(0, 3));
    assert.throws(() => socket.close("fin"), WebSocketError);
  });
});

describe("what the client sends", () => {
  /** The frames without their masks: head in hex, payload as text. */
  const unmasked = (sent: string[]): [string, string][] =>
    sent.map((frameHex) => {
      const data = Buffer.from(frameHex, "hex");
      const start = [126, 127].includes((data[1] ?? 0) & 0x7f) ? 4 : 2;
      const payload = data.subarray(start + 4).map((byte, i) => byte ^ (data[start + (i & 3)] ?? 0));
      return [hex(data.subarray(0, start)), Buffer.from(payload).toString()];
    });

  it("is masked, by another key each time", () => {
    const { ws, sent } = client();
    ws.send("Hello").send(Buffer.from("Hello")).ping("p").pong("q").close(1000, "bye");
    const frames = sent();
    assert.equal(new Set(frames.map((data) => data.slice(4, 12))).size, 5);
    assert.deepEqual(unmasked(frames), [
      ["8185", "Hello"],
      ["8285", "Hello"],
      ["8981", "p"],
      ["8a81", "q"],
      ["8885", "\u0003\ufffdbye"],
    ]);
  });

  it("is one frame a piece, when fragmented", () => {
    const { ws, sent } = client();
    ws.fragment(["a", "", "b"]).fragment([Uint8Array.of(65)]);
    assert.deepEqual(unmasked(sent()), [
      ["0181", "a"],
      ["0080", ""],
      ["8081", "b"],
      ["8281", "A"],
    ]);
  });

  it("answers Ping with its payload and Close with its code, unless told not to", () => {
    const { ws, socket, sent } = client();
    socket.send(server({ opcode: Opcode.PING, payload: "p" }));
    assert.deepEqual(unmasked(sent()), [["8a81", "p"]]);
    ws.autoPong = false;
    socket.send(server({ opcode: Opcode.PING }));
    assert.deepEqual(sent(), []);
    socket.send(server({ opcode: Opcode.CLOSE, payload: closePayload(1001, "bye") }));
    assert.deepEqual(unmasked(sent()), [["8882", "\u0003\ufffd"]]);

    const silent = client();
    silent.ws.autoClose = false;
    silent.socket.send(server({ opcode: Opcode.CLOSE }));
    assert.deepEqual([silent.sent(), silent.ws.closeCode], [[], 1005]);
  });

  it("is nothing after Close, but what a test sends raw", () => {
    const { ws, socket, sent } = client();
    ws.close();
    assert.throws(() => ws.send("x"), /after Close/);
    socket.send(bytes(server({ opcode: Opcode.PING }), server({ opcode: Opcode.CLOSE })));
    assert.equal(sent().length, 1);
    ws.raw(frame({ payload: "x" }));
    assert.equal(sent().length, 1);
  });
});

describe("frame()", () => {
  const cases: [name: string, options: FrameOptions, expected: string][] = [
    ["RFC 6455's masked Hello", { payload: "Hello" }, "818537fa213d7f9f4d5158"],
    ["unmasked", { payload: "Hello", mask: null }, "810548656c6c6f"],
    ["all bits", { fin: false, rsv: 5, opcode: 15, mask: null }, "5f00"],
    ["a length of its own", { length: 0xffff_ffff_ffff_ffffn, mask: null }, "817fffffffffffffffff"],
    ["a length in 16 bits", { lengthBits: 16, mask: null }, "817e0000"],
    ["a length in 64 bits", { lengthBits: 64, mask: null }, "817f0000000000000000"],
    ["256 bytes", { opcode: 2, length: 256, mask: null }, "827e0100"],
    ["65536 bytes", { opcode: 2, length: 65536, mask: null }, "827f0000000000010000"],
    ["a key", { payload: "ab", mask: Uint8Array.of(1, 2, 3, 4) }, "8182010203046060"],
  ];
  for (const [name, options, expected] of cases) it(name, () => assert.equal(hex(frame(options)), expected));
});

describe("app.connect", () => {
  it("opens a connection, and answers while the server works", async () => {
    const accept = createHash("sha1")
      .update(`${handshakeKey(1)}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    const hello = bytes(
      answer("Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`),
      text("hi"),
      server({ opcode: Opcode.PING, payload: "p" }),
    );
    const wasm = await echoGuest((source) =>
      source
        .replace("export function boot", `const hello = memory.data<u8>([${hello.join()}]);\n$&`)
        .replace(
          "send(conn, receive, length);",
          `if (load<u8>(receive) == 71 /* GET */) send(conn, hello, ${hello.length});
           if (load<u8>(receive) == 0x8a /* Pong */) report(\`Pong of \${length} bytes\`);`,
        )
        .replace("switch (load<u8>(receive))", "switch (0)"),
    );
    const app = await load(wasm);
    const ws = app.connect("/", { address: "192.0.2.7" });
    assert.deepEqual([ws.status, ws.messages, ws.pings.length], [101, ["hi"], 1]);
    assert.equal(app.log.at(-1)?.text, "Pong of 7 bytes");
  });

  it("throws where the server does not speak HTTP", async () => {
    const app = await load(await echoGuest());
    assert.throws(() => app.connect("/"), ResponseError);
  });
});
