/** What a client sends and what it gets (RFC 6455 §5 to §8), in the order of the Autobahn test suite. Frames are cut anywhere. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { closePayload, frame, Opcode, type App, type FrameOptions } from "../../host/sandbox/index.js";
import { freeMemory, logOf, websocketApp } from "./websocket-app.js";

const { CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG } = Opcode;

/** What comes back: texts, bytes in hex behind "0x", pongs behind "pong ", the close code and reason. */
type Answers = readonly string[];
type Case = readonly [name: string, frames: readonly FrameOptions[], answers: Answers];

const hex = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const x = (length: number): string => "x".repeat(length);
const close = (code: number, reason: string | Uint8Array = ""): FrameOptions => ({
  opcode: CLOSE,
  payload: Buffer.concat([closePayload(code), Buffer.from(reason)]),
});
const text = (payload: string | Uint8Array): FrameOptions => ({ payload });
const part = (payload: string | Uint8Array): FrameOptions => ({ payload, fin: false });
const more = (payload: string | Uint8Array): FrameOptions => ({ payload, fin: false, opcode: CONTINUATION });
const last = (payload: string | Uint8Array): FrameOptions => ({ payload, opcode: CONTINUATION });
const ping = (payload: string | Uint8Array = ""): FrameOptions => ({ payload, opcode: PING });

/** Stands for what is too long to be shown. */
function digest(bytes: Uint8Array): string {
  return `${bytes.length} bytes, ${createHash("sha1").update(bytes).digest("hex")}`;
}

/** Sends segments on a new WebSocket; what came back. */
function talk(app: App, path: string, segments: readonly Uint8Array[]): string[] {
  const ws = app.connect(path);
  ws.autoClose = false;
  for (const segment of segments) ws.raw(segment);
  const answers = ws.frames.map(({ opcode, payload }) => {
    if (payload.length > 500) return digest(payload);
    if (opcode === TEXT) return Buffer.from(payload).toString();
    if (opcode === PONG) return `pong ${Buffer.from(payload).toString()}`;
    if (opcode === BINARY) return `0x${Buffer.from(payload).toString("hex")}`;
    return `${ws.closeCode} ${ws.closeReason}`.trim();
  });
  assert.equal(ws.closed, ws.closeCode === null ? "no" : "fin");
  ws.reset();
  return answers;
}

/** The answer that an echo is. */
function echoed(message: string | Uint8Array): string {
  if (message.length > 500) return digest(Buffer.from(message));
  return typeof message === "string" ? message : `0x${Buffer.from(message).toString("hex")}`;
}

/** Sends frames whole, cut in two at every offset (of long ones: at some), and byte by byte: all must be answered alike. */
function check(app: App, path: string, frames: readonly FrameOptions[], answers: Answers): void {
  const bytes = Buffer.concat(frames.map(frame));
  const expected = [...answers];
  assert.deepEqual(talk(app, path, [bytes]), expected, "in one segment");
  const step = Math.max(1, Math.floor(bytes.length / 150));
  for (let at = 1; at < bytes.length; at += at < 20 ? 1 : step) {
    assert.deepEqual(talk(app, path, [bytes.subarray(0, at), bytes.subarray(at)]), expected, `cut at ${at}`);
  }
  if (bytes.length < 600)
    assert.deepEqual(
      talk(
        app,
        path,
        [...bytes].map((byte) => hex(byte)),
      ),
      expected,
      "by bytes",
    );
}

const reserved = "1002 reserved bit set";
const unknown = "1002 unknown opcode";
const within = "1002 message within a message";
const nothing = "1002 continuation of no message";
const badText = "1007 text is no UTF-8";
const badEnd = "1007 text ends within a character";

const framing: Case[] = [
  ...[0, 125, 126, 127, 128, 1000, 2048, 4096].flatMap((length): Case[] => [
    [`text of ${length} bytes`, [text(x(length))], [echoed(x(length))]],
    [
      `${length} bytes`,
      [{ opcode: BINARY, payload: new Uint8Array(length).fill(0xfe) }],
      [echoed(new Uint8Array(length).fill(0xfe))],
    ],
  ]),
  ["several messages in a segment", [text("a"), text("b"), text(""), text("c")], ["a", "b", "", "c"]],
];

const pings: Case[] = [
  ["a ping", [ping()], ["pong "]],
  ["a ping with payload", [ping("Hello")], ["pong Hello"]],
  ["a ping of 125 bytes", [ping(x(125))], [`pong ${x(125)}`]],
  ["a ping of 126 bytes", [ping(x(126))], ["1002 control frame too long"]],
  ["a pong that nobody asked for", [{ opcode: PONG, payload: "x" }, ping("y")], ["pong y"]],
  ["ten pings", Array.from({ length: 10 }, (_, i) => ping(`${i}`)), Array.from({ length: 10 }, (_, i) => `pong ${i}`)],
  ["a ping in two parts", [{ ...ping("a"), fin: false }, last("b")], ["1002 fragmented control frame"]],
];

const reservedBits: Case[] = [1, 2, 3, 4, 5, 6, 7].flatMap((rsv): Case[] => [
  [`text with the reserved bits ${rsv}`, [text("a"), { ...text("b"), rsv }], ["a", reserved]],
  [`a ping with the reserved bits ${rsv}`, [text("a"), { ...ping("b"), rsv }], ["a", reserved]],
  [`a close frame with the reserved bits ${rsv}`, [{ ...close(1000), rsv }], [reserved]],
]);

const opcodes: Case[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode): Case[] => [
  [`the opcode ${opcode}`, [text("a"), { opcode }, ping()], ["a", unknown]],
  [`the opcode ${opcode} with a payload`, [{ opcode, payload: "b" }], [unknown]],
]);

const fragments: Case[] = [
  ["a message in two parts", [part("a"), last("b")], ["ab"]],
  ["a message in three parts, with empty ones", [part(""), more("a"), more(""), last("")], ["a"]],
  ["a message of nothing, in parts", [part(""), more(""), last("")], [""]],
  ["bytes in parts", [{ ...part(hex(1)), opcode: BINARY }, last(hex(2))], ["0x0102"]],
  ["a ping between the parts", [part("a"), ping("p"), more("b"), ping("q"), last("c")], ["pong p", "pong q", "abc"]],
  ["parts of 1 KB", [part(x(1024)), more(x(1024)), more(x(1024)), last(x(1024))], [echoed(x(4096))]],
  ["a message behind one in parts", [part("a"), last("b"), text("c")], ["ab", "c"]],
  ["a continuation of nothing", [last("a")], [nothing]],
  ["a part of nothing", [more("a"), text("b")], [nothing]],
  ["a continuation behind the end", [part("a"), last("b"), last("c")], ["ab", nothing]],
  ["a message within a message", [part("a"), text("b")], [within]],
  ["a second beginning", [part("a"), part("b")], [within]],
  ["other opcodes within a message", [part("a"), { opcode: BINARY }], [within]],
];

const masks: Case[] = [
  ["a frame without a mask", [{ ...text("a"), mask: null }], ["1002 frame without a mask"]],
  ["a ping without a mask", [{ ...ping(), mask: null }], ["1002 frame without a mask"]],
  ["a mask of zeros", [{ ...text("a"), mask: hex(0, 0, 0, 0) }], ["a"]],
];

const lengths: Case[] = [
  ["16 bits for 125 bytes", [{ ...text(x(125)), lengthBits: 16 }], ["1002 length not in its shortest form"]],
  ["64 bits for 4000 bytes", [{ ...text(x(4000)), lengthBits: 64 }], ["1002 length not in its shortest form"]],
  ["a length of 64 bits", [{ length: 1n << 63n, payload: "" }], ["1002 length above 63 bits"]],
  ["a frame of 4097 bytes", [text(x(4097))], ["1009 frame too large"]],
  ["a frame of 2^62 bytes", [{ length: 1n << 62n, payload: "" }], ["1009 frame too large"]],
  ["a message of 8192 bytes", [part(x(4096)), last(x(4096))], [echoed(x(8192))]],
  ["a message of 8193 bytes", [part(x(4096)), more(x(4096)), last("x")], ["1009 message too large"]],
];

const utf8: Case[] = [
  ["UTF-8", [text("Hello-µ@ßöäüàá-UTF-8!! κόσμε 😀")], ["Hello-µ@ßöäüàá-UTF-8!! κόσμε 😀"]],
  ["UTF-8 cut within characters", [part(hex(0xf0)), more(hex(0x9f, 0x98)), last(hex(0x80))], ["😀"]],
  ["U+0000, U+FFFF and U+10FFFF", [text("\0\uffff\u{10ffff}")], ["\0\uffff\u{10ffff}"]],
  ["a byte that begins no character", [text(hex(0x61, 0x80))], [badText]],
  ["an overlong form", [text(hex(0xc0, 0xaf))], [badText]],
  ["a surrogate", [text(hex(0xed, 0xa0, 0x80))], [badText]],
  ["a value over U+10FFFF", [text(hex(0xf4, 0x90, 0x80, 0x80))], [badText]],
  ["0xfe", [text(hex(0xfe))], [badText]],
  ["half a character", [text(hex(0xce))], [badEnd]],
  ["half a character in parts", [part("a"), last(hex(0xce, 0xba, 0xce))], [badEnd]],
  ["a broken character in the second part", [part(hex(0xce)), last(hex(0x41))], [badText]],
  ["a message that is broken long before its end", [part(hex(0xf4, 0x90)), more(x(100))], [badText]],
  ["bytes that are no UTF-8", [{ opcode: BINARY, payload: hex(0xff, 0xfe) }], ["0xfffe"]],
];

const closing: Case[] = [
  ["a close frame", [close(1000)], ["1000"]],
  ["a close frame without a code", [{ opcode: CLOSE }], ["1005"]],
  ["a close frame with a reason", [close(1000, "bye")], ["1000"]],
  ["a reason of 123 bytes", [close(1000, x(123))], ["1000"]],
  ["a reason of 124 bytes", [close(1000, x(124))], ["1002 control frame too long"]],
  ["half a code", [{ opcode: CLOSE, payload: "a" }], ["1002 close frame with half a code"]],
  ["a reason that is no UTF-8", [close(1000, hex(0xce, 0xba, 0xff))], ["1007 close reason is no UTF-8"]],
  ["a close frame in two parts", [{ ...close(1000), fin: false }], ["1002 fragmented control frame"]],
  ["what follows a close frame", [text("a"), close(1001), text("b"), ping()], ["a", "1001"]],
  ["a close frame within a message", [part("a"), close(1000), last("b")], ["1000"]],
  ["a ping before a close frame", [ping("p"), close(1000)], ["pong p", "1000"]],
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999].map(
    (code): Case => [`the code ${code}`, [close(code)], [`${code}`]],
  ),
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535].map((code): Case => [
    `the code ${code}`,
    [close(code)],
    ["1002 close code that must not be sent"],
  ]),
];

const groups: Record<string, readonly Case[]> = {
  messages: framing,
  "pings and pongs": pings,
  "reserved bits": reservedBits,
  opcodes: opcodes,
  "messages in parts": fragments,
  masks: masks,
  lengths: lengths,
  "UTF-8": utf8,
  "close frames": closing,
};

const app = await websocketApp();
const before = await freeMemory(app);

for (const [group, cases] of Object.entries(groups)) {
  describe(group, () => {
    for (const [name, frames, answers] of cases) {
      it(`${name}: ${answers.map((answer) => answer.slice(0, 40)).join(", ")}`, () =>
        check(app, "/echo", frames, answers));
    }
  });
}

describe("an echo of texts, and one by events", () => {
  for (const [name, frames, answers] of [...framing, ...fragments, ...pings, ...utf8]) {
    it(name, () => {
      const bytes = Buffer.concat(frames.map(frame));
      assert.deepEqual(talk(app, "/text", [bytes]), answers);
      assert.deepEqual(talk(app, "/events", [bytes]), ["open", ...answers]);
      const half = bytes.length >> 1;
      assert.deepEqual(talk(app, "/events", [bytes.subarray(0, half), bytes.subarray(half)]), ["open", ...answers]);
    });
  }
});

describe("what breaks the protocol", () => {
  it("is logged once, with code, reason and address", () => {
    const from = app.log.length;
    const ws = app.connect("/echo", { address: "192.0.2.9" });
    ws.raw(frame({ rsv: 1 })).raw(frame({ rsv: 1 }));
    assert.deepEqual(logOf(app).slice(from), ["1002 reserved bit set from 192.0.2.9"]);
  });

  it("is told at the first byte that tells", () => {
    const ws = app.connect("/echo");
    ws.raw(hex(0xc1));
    assert.deepEqual([ws.closeCode, ws.closed], [1002, "fin"]);
    const texts = app.connect("/echo");
    texts.raw(frame({ payload: "x", length: 100 })).raw(hex(0xfa ^ 0xff));
    assert.equal(texts.closeCode, 1007);
  });
});

describe("random bytes", () => {
  it("never trap: the server answers with frames, or closes", () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const from = app.log.length;
    for (let round = 0; round < 1500; round++) {
      const ws = app.connect(["/echo", "/text", "/events"][round % 3] ?? "");
      ws.autoClose = random(2) === 0;
      for (let n = random(6); n >= 0; n--) {
        const bytes = Buffer.from(
          frame({
            fin: random(4) > 0,
            rsv: random(40) === 0 ? random(8) : 0,
            opcode: random(10) === 0 ? random(16) : ([TEXT, BINARY, CONTINUATION, PING, PONG, CLOSE][random(6)] ?? 0),
            payload: Buffer.from(Array.from({ length: random(4) === 0 ? random(300) : random(8) }, () => random(256))),
          }),
        );
        if (random(5) === 0) bytes[random(bytes.length)] = random(256);
        const at = random(bytes.length);
        ws.raw(bytes.subarray(0, at)).raw(bytes.subarray(at));
      }
      ws.reset();
    }
    assert.deepEqual(
      logOf(app)
        .slice(from)
        .filter((line) => !/^(closed |10\d\d .* from )/.test(line)),
      [],
    );
  });
});

describe("memory", () => {
  it("is all free again when all WebSockets are closed", async () => {
    assert.equal(app.connections, 0);
    assert.equal(await freeMemory(app), before);
  });
});
