/** The firmware's parts that need no chip: DNS of the captive portal, waits between tries, crash counter, app header. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { appPartition, HEADER_SIZE } from "../../host/build/app-partition.js";
import { portable } from "./portable.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("the DNS of the captive portal", () => {
  const A = 1;
  const AAAA = 28;
  const HTTPS = 65;
  const ANY = 255;
  const ADDRESS = "c0a80401";

  interface Query {
    readonly flags?: number;
    readonly counts?: readonly [number, number, number, number];
    readonly type?: number;
    readonly klass?: number;
    readonly rest?: string;
  }

  function name(text: string): Buffer {
    const labels = text.split(".").filter(Boolean);
    return Buffer.concat([
      ...labels.map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
      Buffer.of(0),
    ]);
  }

  function words(...values: readonly number[]): Buffer {
    return Buffer.concat(values.map((value) => Buffer.of(value >> 8, value & 255)));
  }

  function query(question: Buffer, options: Query = {}): Buffer {
    const { flags = 0x0100, counts = [1, 0, 0, 0], type = A, klass = 1, rest = "" } = options;
    return Buffer.concat([words(0x1234, flags, ...counts), question, words(type, klass), Buffer.from(rest, "hex")]);
  }

  const ask = (...queries: readonly Buffer[]): string[] => portable(queries.map((bytes) => `dns ${hex(bytes)}`));

  it("gives every name the address, for 10 seconds", () => {
    for (const host of ["connectivitycheck.gstatic.com", "captive.apple.com", "x", "a.b.c.d.e"]) {
      const question = name(host);
      const [answer] = ask(query(question));
      const record = `c00c000100010000000a0004${ADDRESS}`;
      assert.equal(answer, `123485800001000100000000${hex(question)}00010001${record}`);
    }
  });

  it("answers for any type and any class, too", () => {
    for (const options of [{ type: ANY }, { klass: 255 }]) {
      const [answer] = ask(query(name("a.b"), options));
      assert.ok(answer?.endsWith(ADDRESS));
    }
  });

  it("has no records of other types, and says so without an error", () => {
    for (const options of [{ type: AAAA }, { type: HTTPS }, { type: 16 }, { klass: 3 }]) {
      const [answer] = ask(query(name("example.com"), options));
      assert.match(answer ?? "", /^123485800001000000000000/);
      assert.equal(answer?.length, 2 * (12 + 13 + 4));
    }
  });

  it("leaves out what stands behind the question, such as EDNS", () => {
    const edns = "0000291000000000000000";
    const [plain, extended] = ask(
      query(name("example.com")),
      query(name("example.com"), { counts: [1, 0, 0, 1], rest: edns }),
    );
    assert.equal(extended, plain);
  });

  it("repeats whether recursion was wanted", () => {
    const [answer] = ask(query(name("a"), { flags: 0 }));
    assert.match(answer ?? "", /^12348480/);
  });

  it("says of another operation that it is not implemented", () => {
    const [answer] = ask(query(name("a"), { flags: 0x2800 }));
    assert.equal(answer, "1234a8840000000000000000");
  });

  it("takes the longest name", () => {
    const long = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
    const [answer] = ask(query(name(long)));
    assert.ok(answer?.endsWith(ADDRESS));
  });

  it("is silent where the datagram is no well-formed query", () => {
    const tooLong = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(62)}`;
    const silent = {
      "an answer": query(name("a"), { flags: 0x8180 }),
      "no question": query(name("a"), { counts: [0, 0, 0, 0] }),
      "two questions": query(name("a"), { counts: [2, 0, 0, 0] }),
      "65535 questions": query(name("a"), { counts: [65535, 0, 0, 0] }),
      "a name of 256 bytes": query(name(tooLong)),
      "a compressed name": query(Buffer.of(0xc0, 0x0c)),
      "a pointer to itself behind a label": query(Buffer.of(1, 0x61, 0xc0, 0x0c)),
      "a label of a reserved kind": query(Buffer.of(0x41, 0x61, 0)),
      "a label beyond the end": query(Buffer.of(63, 0x61)),
      "nothing but labels": Buffer.concat([words(1, 0x100, 1, 0, 0, 0), Buffer.alloc(500, "\x01a")]),
    };
    for (const [what, datagram] of Object.entries(silent)) assert.deepEqual(ask(datagram), ["-"], what);
  });

  it("is silent at every truncated length", () => {
    const whole = query(name("www.example.com"));
    const cut = Array.from({ length: whole.length }, (_, length) => whole.subarray(0, length));
    assert.deepEqual(new Set(ask(...cut)), new Set(["-"]));
  });

  it("reads and writes in bounds, whatever comes", () => {
    let seed = 1;
    const random = (): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 16;
    const junk = Array.from({ length: 20_000 }, () => {
      const bytes = Buffer.from(Array.from({ length: random() % 300 }, random));
      if (bytes.length > 12 && random() % 2) words(0x100, 1).copy(bytes, 2);
      return bytes;
    });
    const base = query(name("www.example.com"));
    const flipped = Array.from({ length: base.length * 8 }, (_, bit) => {
      const bytes = Buffer.from(base);
      bytes[bit >> 3] ^= 1 << (bit & 7);
      return bytes;
    });
    for (const answer of ask(...junk, ...flipped)) assert.ok(answer === "-" || answer.length <= 2 * 287);
  });
});

describe("the wait between tries", () => {
  it("doubles up to a minute, and begins anew after success", () => {
    const waits = portable([...Array<string>(9).fill("backoff 0"), "backoff reset", "backoff 0"]);
    const expected = [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000];
    assert.deepEqual(waits, [...expected.map(String), "done", "1000"]);
  });

  it("is up to a quarter shorter, by chance", () => {
    const waits = [250, 251, 4294967295].map((bits) => Number(portable([`backoff ${bits}`])[0]));
    assert.deepEqual(waits.slice(0, 2), [750, 1000]);
  });

  it("never overflows", () => {
    const waits = portable(Array<string>(5000).fill("backoff 0"));
    assert.equal(waits.at(-1), "60000");
  });
});

describe("the crash counter", () => {
  const [FRESH, WANTED, CRASH, BROWNOUT] = [0, 1, 2, 3].map((cause) => `boot begin ${cause} 3`) as [
    string,
    string,
    string,
    string,
  ];
  const starts = (...commands: string[]): string[] => portable(commands).filter((line) => line !== "done");

  it("starts the app after power-on, whatever is in memory", () => {
    for (const memory of ["00".repeat(16), "ff".repeat(16), "5347424d".repeat(4), "4742534d0900000000000000deadbeef"]) {
      assert.deepEqual(starts(`boot memory ${memory}`, FRESH), ["app"]);
    }
  });

  it("runs the recovery app after three crashes in a row, and the app again after that", () => {
    assert.deepEqual(starts(FRESH, CRASH, CRASH, CRASH, CRASH), ["app", "app", "app", "recovery", "app"]);
  });

  it("takes memory that was not kept for none, and counts from there", () => {
    assert.deepEqual(starts(CRASH, CRASH, `boot memory ${"a5".repeat(16)}`, CRASH, CRASH, CRASH), [
      "app",
      "app",
      "app",
      "app",
      "recovery",
    ]);
  });

  it("forgets crashes once the app has run well", () => {
    assert.deepEqual(starts(FRESH, CRASH, CRASH, "boot healthy", CRASH, CRASH, CRASH), [
      "app",
      "app",
      "app",
      "app",
      "app",
      "recovery",
    ]);
  });

  it("forgets them after a restart that was asked for, and after power-on", () => {
    for (const cause of [WANTED, FRESH]) {
      assert.deepEqual(starts(CRASH, CRASH, cause, CRASH), ["app", "app", "app", "app"]);
    }
  });

  it("neither counts a brown-out nor forgets because of it", () => {
    assert.deepEqual(starts(CRASH, BROWNOUT, CRASH, BROWNOUT, CRASH), ["app", "app", "app", "app", "recovery"]);
  });

  it("runs the recovery app once where that is demanded, but not after power-on", () => {
    assert.deepEqual(starts(FRESH, "boot demand", WANTED, WANTED), ["app", "recovery", "app"]);
    assert.deepEqual(starts(FRESH, "boot demand", FRESH), ["app", "app"]);
  });

  it("never runs it where that is switched off", () => {
    const crash = "boot begin 2 4294967295";
    assert.deepEqual(new Set(starts(...Array<string>(50).fill(crash))), new Set(["app"]));
  });
});

describe("the header of the app's partition", () => {
  const module = Buffer.from("\0asm\x01\0\0\0 and so on");
  const whole = appPartition(module);
  const erased = (size: number): Buffer => Buffer.alloc(size, 0xff);
  const check = (...partitions: readonly Buffer[]): string[] =>
    portable(partitions.map((bytes) => `app ${hex(bytes)}`));

  it("tells where the module ends, in a partition that is larger", () => {
    assert.deepEqual(check(whole, Buffer.concat([whole, erased(4096)])), [
      `ok ${module.length}`,
      `ok ${module.length}`,
    ]);
  });

  it("knows erased flash", () => {
    assert.deepEqual(check(erased(4096), erased(16)), ["empty 0", "empty 0"]);
  });

  it("refuses a partition that is too small, without a header, or with a module that does not fit it", () => {
    const noHeader = Buffer.concat([module, erased(100)]);
    assert.deepEqual(check(Buffer.alloc(0), erased(15), noHeader, Buffer.alloc(64)), Array(4).fill("invalid 0"));
    const cut = Array.from({ length: whole.length }, (_, length) => whole.subarray(0, length));
    assert.deepEqual(new Set(check(...cut)), new Set(["invalid 0"]));
  });

  it("refuses a module that was not written to its end", () => {
    const half = Buffer.concat([whole.subarray(0, HEADER_SIZE + 8), erased(4096)]);
    assert.deepEqual(check(half), ["damaged 0"]);
  });

  it("finds every flipped bit", () => {
    const flipped = Array.from({ length: whole.length * 8 }, (_, bit) => {
      const bytes = Buffer.from(whole);
      bytes[bit >> 3] ^= 1 << (bit & 7);
      return bytes;
    });
    assert.equal(
      check(...flipped).some((line) => line.startsWith("ok")),
      false,
    );
  });

  it("is not written where the module does not fit", () => {
    assert.throws(() => appPartition(module, whole.length - 1), /needs \d+ bytes of flash, but its partition has \d+/);
    assert.equal(appPartition(module, whole.length).length, whole.length);
  });
});
