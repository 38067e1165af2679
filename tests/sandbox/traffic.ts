/** Clients of `tests/apps/everything` that do anything, at any time: the same ones for the same seed. */

import assert from "node:assert/strict";
import { frame, parseResponse, WebSocketClient, type App, type Connection } from "../../host/sandbox/index.js";

/** What a client can read in `/www/large.bin`. */
export const LARGE = Uint8Array.from({ length: 30_000 }, (_, i) => (i * 7) & 255);

/** Numbers that look random (a linear congruential generator). */
export class Dice {
  constructor(private state: number) {}

  /** 0 to n − 1. */
  below(n: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * n);
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }

  letters(n: number): string {
    return Array.from({ length: n }, () => String.fromCharCode(97 + this.below(26))).join("");
  }

  /** Bytes with up to four faults. */
  spoil(bytes: Uint8Array): Uint8Array {
    let spoiled = bytes;
    for (let i = this.below(4); i >= 0; i--) {
      const at = this.below(spoiled.length + 1);
      const from = this.pick([at, at, Math.max(0, at - 9), at + 3]);
      const added = this.chance(50) ? [this.below(256)] : [];
      spoiled = Uint8Array.from([...spoiled.subarray(0, at), ...added, ...spoiled.subarray(from)]);
    }
    return spoiled;
  }
}

/** One that does something when its turn comes. */
export interface Client {
  /** It does nothing any more. */
  isOver: boolean;
  readonly connection: Connection;
  act(): void;
  /** Checks what has come, once the server has had all and all the time to answer. */
  check(): void;
}

interface Exchange {
  readonly method: string;
  readonly message: string;
  /** The content of its answer; null where that may be anything. */
  readonly answer: string | Uint8Array | null;
}

const lines = (n: number): string => Array.from({ length: n }, (_, i) => `Line ${i}\n`).join("");
const WINDOWS = [Infinity, Infinity, 0, 1, 7, 100, 2000];
const FAULTS = ["trap=before", "trap=behind", "replace"];

/** Sends requests in one go, cut anywhere. */
export class HttpClient implements Client {
  isOver = false;
  readonly connection: Connection;
  private readonly exchanges: Exchange[];
  private readonly isSpoiled: boolean;
  private left: Uint8Array;

  constructor(
    app: App,
    private readonly dice: Dice,
  ) {
    this.connection = app.open({ window: dice.pick(WINDOWS) });
    this.exchanges = Array.from({ length: 1 + dice.below(4) }, () => this.exchange());
    this.isSpoiled = dice.chance(20);
    const bytes = Buffer.from(this.exchanges.map(({ message }) => message).join(""));
    this.left = this.isSpoiled ? dice.spoil(bytes) : bytes;
  }

  act(): void {
    const { connection, dice, left } = this;
    if (left.length > 0 && dice.chance(80)) {
      const n = dice.pick([1, 10, 100, 1000, 100_000]);
      this.left = left.subarray(n);
      connection.write(left.subarray(0, n));
    } else if (connection.window < Infinity && dice.chance(70)) {
      connection.window += dice.pick([1, 7, 100, 5000, 1e7]);
    } else if (dice.chance(7)) {
      this.isOver = true;
      if (dice.chance(50)) connection.reset();
      else connection.end();
    }
  }

  check(): void {
    if (this.isSpoiled || this.isOver) return;
    let bytes = this.connection.output;
    for (const { method, message, answer } of this.exchanges) {
      const found = parseResponse(bytes, { method });
      if (found === null) return;
      const { status, keepAlive, bytes: content } = found.response;
      if (status < 400 && method !== "HEAD" && answer !== null)
        assert.equal(Buffer.from(content).toString("latin1"), Buffer.from(answer).toString("latin1"), message);
      bytes = bytes.subarray(found.length);
      if (!keepAlive) break;
    }
    assert.equal(bytes.length, 0, "bytes behind the last answer");
  }

  private exchange(): Exchange {
    const { dice } = this;
    const text = dice.letters(dice.below(3000));
    const query = ["before", "behind", "nap"].filter(() => dice.chance(15));
    const fault = dice.chance(6) ? dice.pick(FAULTS) : "";
    const get = (target: string, answer: Exchange["answer"], fields = ""): Exchange => {
      const method = dice.chance(15) ? "HEAD" : "GET";
      const message = `${method} ${target}?${[...query, fault].join("&")} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
      return { method, message, answer: fault === "" ? answer : null };
    };
    const post = (target: string, answer: Exchange["answer"], to = ""): Exchange => {
      const head = `POST ${target}?${[...query, fault, to].join("&")} HTTP/1.1\r\nHost: x\r\n`;
      const [a, b] = [text.slice(0, text.length >> 1), text.slice(text.length >> 1)];
      const chunks = [a, b].filter((part) => part !== "").map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
      const framed = dice.chance(50)
        ? `Content-Length: ${text.length}\r\n\r\n${text}`
        : `Transfer-Encoding: chunked\r\n\r\n${chunks.join("")}0\r\n\r\n`;
      return { method: "POST", message: head + framed, answer: fault === "" ? answer : null };
    };
    return dice.pick<() => Exchange>([
      () => get("/hello", "hello"),
      () => get("/large/9000", "x".repeat(9000)),
      () => get("/sleep/30", "/sleep/30"),
      () => get("/trap", null, dice.chance(50) ? "Connection: close\r\n" : ""),
      () => get("/count/100", lines(100)),
      () => get("/lines/60/1", lines(60)),
      () => get(dice.pick(["/events", "/topic", "/defer", "/memory/20000", "/memory/100000000"]), null),
      () => get(dice.pick(["/resolve", "/resolve-stream", "/resolve-file"]), "resolved"),
      () => get("/static/large.bin", LARGE),
      () => get("/static/a.txt", "hello file", "If-None-Match: x\r\n"),
      () => get("/nowhere", null),
      () => post("/echo", text),
      () => post("/slow-echo", text),
      () => post("/small", null),
      () => post("/topic", null),
      () => post("/read", `${text.length} true`),
      () => post("/early", "early"),
      () => post("/to-file", LARGE),
      () => post("/store", null),
      () => post("/pieces", `${text.length}`),
      () => post("/pieces", LARGE, "to=file"),
      () =>
        post(
          dice.pick(["/pieces", "/to-events"]),
          null,
          dice.pick(["to=topic", "to=events", "to=defer", "to=trap", "to=end"]),
        ),
    ])();
  }
}

/** Sends messages, whole and broken. */
export class SocketClient implements Client {
  isOver = false;
  private readonly socket: WebSocketClient;
  private readonly sent: string[] = [];
  private readonly path: string;
  private isSpoiled = false;

  constructor(
    app: App,
    private readonly dice: Dice,
  ) {
    this.path = dice.pick(["/echo", "/echo?before", "/echo?behind", "/slow", "/timed", "/chat", "/chat?trap=open"]);
    this.socket = app.connect(this.path);
    this.socket.autoPong = dice.chance(80);
  }

  get connection(): Connection {
    return this.socket.connection;
  }

  act(): void {
    const { dice, socket } = this;
    if (socket.closed !== "no" || socket.closeCode !== null) this.isOver = true;
    if (this.isOver || socket.status !== 101) return;
    const turn = dice.below(40);
    if (turn < 20) this.say([dice.letters(dice.pick([0, 1, 7, 13, 126, 1000, 5000]))]);
    else if (turn < 25) this.say([dice.letters(100), dice.letters(dice.below(10)), dice.letters(1000)]);
    else if (turn < 30) socket.ping(dice.letters(dice.below(100)));
    else if (turn < 36) socket.window = dice.pick([0, 1, 7, 100, 3000, 1e7]);
    else if (turn < 38) {
      this.isSpoiled = true;
      socket.raw(dice.spoil(frame({ opcode: dice.pick([0, 1, 2, 8, 9, 10]), payload: dice.letters(50) })));
    } else {
      this.isOver = true;
      if (turn === 38) socket.close(4000, dice.pick(["", "bye", "trap"]));
      else socket.reset();
    }
  }

  check(): void {
    if (this.isSpoiled || !this.path.startsWith("/echo")) return;
    const messages = this.socket.messages.map(String);
    assert.deepEqual(messages, this.sent.slice(0, messages.length));
  }

  private say(pieces: string[]): void {
    this.sent.push(pieces.join(""));
    if (pieces.length > 1) this.socket.fragment(pieces);
    else this.socket.send(pieces.join(""));
  }
}
