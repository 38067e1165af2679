/** The log: rows 8 and 32 of what the original does. Loggers, levels, and a line for each request. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App, type LoadOptions } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";

const LOGGING = new URL("../../../tests/apps/logging", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(LOGGING)).wasm;
});

/** An app with a logger of a kind, which tests/apps/logging names. */
function start(logger: string, options: LoadOptions = {}): Promise<App> {
  return load(wasm, { ...options, files: { "/logger": logger, ...options.files } });
}

const lines = (app: App): string[] => app.log.map(({ text }) => text);
const write = (app: App, level: string, text: string) => app.fetch(`/log/${level}`, { method: "POST", body: text });
/** The line of a `write`. */
const written = (level: string): string => `127.0.0.1 POST /log/${level} 204 0 µs`;
const TIME = "2026-01-01T00:00:00Z";

describe("the line of a request", () => {
  it("has time, IP address, method, path, status and duration", async () => {
    const app = await start("");
    await app.fetch("/users/7?secret=1");
    assert.deepEqual(app.log, [{ level: "info", text: `${TIME} 127.0.0.1 GET /users/7 200 0 µs` }]);
  });

  for (const [ms, duration] of [
    [9, "9000 µs"],
    [10, "10 ms"],
    [412, "412 ms"],
    [9999, "9999 ms"],
    [10_000, "10 s"],
    [4_000_000, "4000 s"],
  ] as const) {
    it(`tells a duration of ${ms} ms as ${duration}`, async () => {
      const app = await start("");
      await app.fetch(`/wait/${ms}`, { timeout: { ms: 5_000_000 } });
      assert.ok(lines(app)[0]?.endsWith(` 127.0.0.1 GET /wait/${ms} 200 ${duration}`), lines(app)[0]);
    });
  }

  it("is that of its own request where several wait", async () => {
    const app = await start("");
    app.open({ address: "10.0.0.1" }).write(request("GET", "/wait/30"));
    app.open({ address: "10.0.0.2" }).write(request("GET", "/wait/20"));
    app.open({ address: "2001:db8::17" }).write(request("HEAD", "/wait/25"));
    app.advance({ seconds: 1 });
    assert.deepEqual(lines(app), [
      "3 of 3 connections in use",
      `${TIME} 10.0.0.2 GET /wait/20 200 20 ms`,
      `${TIME} 2001:db8::17 HEAD /wait/25 200 25 ms`,
      `${TIME} 10.0.0.1 GET /wait/30 200 30 ms`,
    ]);
  });

  for (const [startTime, time] of [
    ["2000-02-29T23:59:59Z", "2000-02-29T23:59:59Z"],
    ["2026-10-09T08:07:06Z", "2026-10-09T08:07:06Z"],
    ["2038-12-31T12:00:00Z", "2038-12-31T12:00:00Z"],
    ["1970-01-01T00:00:00Z", "+0s"],
  ] as const) {
    it(`has the time ${time}`, async () => {
      const app = await start("", { startTime: new Date(startTime) });
      await app.fetch("/users/7");
      assert.equal(lines(app)[0]?.split(" ")[0], time);
    });
  }

  it("has the time since the start while the wall clock is unknown", async () => {
    const app = await start("", { startTime: new Date(0), now: 77_000 });
    await app.fetch("/users/7");
    assert.match(lines(app)[0] ?? "", /^\+77s 127/);
  });

  it("is written for what has no route, and for what the method has none", async () => {
    const app = await start("");
    await app.fetch("/no/such");
    await app.fetch("/users/7", { method: "PATCH" });
    app.open().write("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
    assert.deepEqual(
      lines(app).map((text) => text.slice(TIME.length + 11)),
      ["GET /no/such 404 0 µs", "PATCH /users/7 405 0 µs", "OPTIONS * 204 0 µs"],
    );
  });

  it("shows the path as it came, and the first 128 bytes of it", async () => {
    const app = await start("");
    await app.fetch("/%0d%0aGET%20/x");
    await app.fetch(`/${"x".repeat(127)}`);
    await app.fetch(`/${"x".repeat(128)}`);
    assert.deepEqual(
      lines(app).map((text) => text.slice(TIME.length + 11)),
      ["GET /%0d%0aGET%20/x 404 0 µs", `GET /${"x".repeat(127)} 404 0 µs`, `GET /${"x".repeat(127)}… 404 0 µs`],
    );
  });

  it("of a stream is written with its head", async () => {
    const app = await start("");
    app.open().write(request("GET", "/stream"));
    assert.deepEqual(lines(app), [`${TIME} 127.0.0.1 GET /stream 200 0 µs`]);
    app.advance({ seconds: 5 });
    assert.equal(lines(app).length, 1);
  });

  it("of a WebSocket is written with its handshake, or with why there is none", async () => {
    const app = await start("");
    const ws = app.connect("/ws");
    app.advance({ seconds: 5 });
    ws.send("and good-bye");
    app.connect("/ws", { headers: { "Sec-WebSocket-Version": "12" } });
    await app.fetch("/ws");
    assert.deepEqual(lines(app), [
      `${TIME} 127.0.0.1 GET /ws 101 0 µs`,
      `2026-01-01T00:00:05Z 127.0.0.1 GET /ws 426 0 µs`,
      `2026-01-01T00:00:05Z 127.0.0.1 GET /ws 426 0 µs`,
    ]);
  });

  it("of a handler that failed has no duration, behind the line that says why", async () => {
    const app = await start("");
    await app.fetch("/abort");
    await app.fetch("/wait/abort");
    const [first, second, third, fourth] = lines(app);
    assert.match(first ?? "", /^as asked at app\.ts/);
    assert.equal(second, `${TIME} 127.0.0.1 GET /abort 500`);
    assert.match(third ?? "", /^as asked, later at app\.ts/);
    assert.equal(fourth, `${TIME} 127.0.0.1 GET /wait/abort 500`);
  });

  it("is not written of a request that is no more: the host's line says why", async () => {
    const app = await start("");
    await app.fetch("/read");
    assert.equal(lines(app).length, 1);
  });

  it("of a message that is refused is the server's own", async () => {
    const app = await start("");
    app.open({ address: "10.0.0.9" }).write("GET / HTTP/1.1\r\n\r\n");
    assert.deepEqual(app.log, [{ level: "info", text: "400 Host is missing from 10.0.0.9" }]);
  });
});

describe("levels", () => {
  const texts = async (logger: string): Promise<string[]> => {
    const app = await start(logger);
    for (const level of ["error", "warn", "info", "debug"]) await write(app, level, level);
    return app.log.filter(({ text }) => !text.includes("POST")).map(({ level, text }) => `${level}: ${text}`);
  };

  it("are all written where the app sets no logger: the console shows what it likes", async () => {
    assert.deepEqual(await texts(""), ["error: error", "warn: warn", "info: info", "debug: debug"]);
  });

  it("from INFO on are written by new ConsoleLogger(Level.INFO)", async () => {
    assert.deepEqual(await texts("console info"), ["error: error", "warn: warn", "info: info"]);
  });

  it("from WARN on are written by new ConsoleLogger(Level.WARN)", async () => {
    assert.deepEqual(await texts("console warn"), ["error: error", "warn: warn"]);
  });

  it("hold for lines of requests and of the server, too", async () => {
    const app = await start("console warn");
    await app.fetch("/users/7");
    app.open().write("GET / HTTP/1.1\r\n\r\n");
    assert.deepEqual(lines(app), []);
    for (let i = 0; i < 3; i++) app.open();
    assert.deepEqual(lines(app), ["3 of 3 connections in use"]);
  });

  it("can be asked for before a text is made", async () => {
    assert.equal(await (await start("console warn")).fetch("/on").then(({ text }) => text), "true true false false");
    assert.equal(await (await start("none")).fetch("/on").then(({ text }) => text), "false false false false");
    assert.equal(await (await start("")).fetch("/on").then(({ text }) => text), "true true true true");
  });

  it("app.logger is the console's where none is set", async () => {
    const app = await start("used");
    await write(app, "logger", "by the app's logger");
    await write(app, "debug", "a detail");
    const own = lines(app).filter((text) => !text.includes("POST"));
    assert.deepEqual(own, ["started", "by the app's logger", "a detail"]);
  });
});

describe("new NoLogger()", () => {
  it("writes nothing but what the host has to say", async () => {
    const app = await start("none");
    await write(app, "error", "an error");
    await app.fetch("/abort");
    app.open().write("GET / HTTP/1.1\r\n\r\n");
    assert.deepEqual(
      lines(app).map((text) => text.slice(0, 8)),
      ["as asked"],
    );
  });
});

describe("a logger of the app's own", () => {
  it("gets level and text of each line", async () => {
    const app = await start("own");
    await write(app, "warn", "Zoë");
    assert.deepEqual(lines(app), ["own 1: Zoë", `own 2: ${TIME} ${written("warn")}`]);
  });

  it("that logs itself writes to the console", async () => {
    const app = await start("own");
    await write(app, "info", "again");
    assert.deepEqual(lines(app).slice(0, 2), ["from within", "own 2: again"]);
  });

  for (const how of ["abort", "sleep"]) {
    it(`that fails by ${how} is not asked again: lines go to the console`, async () => {
      const app = await start("own");
      assert.equal((await write(app, "info", how)).status, 500);
      await write(app, "info", "afterwards");
      assert.deepEqual(lines(app).slice(1), [
        `${TIME} 127.0.0.1 POST /log/info 500`,
        "afterwards",
        `${TIME} ${written("info")}`,
      ]);
    });
  }
});

describe("new FileLogger(path, maxSize, keep)", () => {
  const line = (text: string, level = "INFO "): string => `${TIME} ${level} ${text}\n`;

  it("appends each line to the file, with time and level, and none to the console", async () => {
    const app = await start("file", { files: { "/server.log": "before\n" } });
    await write(app, "warn", "Zoë");
    app.advance({ seconds: 61 });
    await write(app, "error", "second");
    const text = ["before\n", line("Zoë", "WARN "), line(written("warn"))].join("");
    const later = [line("second", "ERROR"), line(written("error"))].join("").replaceAll("00:00:00", "00:01:01");
    assert.equal(app.files.text("/server.log"), text + later);
    assert.deepEqual(lines(app), []);
  });

  it("keeps what the host has to say on the console", async () => {
    const app = await start("file");
    await app.fetch("/abort");
    assert.match(lines(app).join(), /^as asked at app\.ts:\d+:\d+, in on_data$/);
    assert.equal(app.files.text("/server.log"), line("127.0.0.1 GET /abort 500"));
  });

  it("writes no line for another: control characters become '?'", async () => {
    const app = await start("file");
    await write(app, "info", "a\nERROR b\r\x7f\0");
    assert.ok(app.files.text("/server.log")?.startsWith(line("a?ERROR b???")));
  });

  it("cuts a line at 512 bytes", async () => {
    const app = await start("file");
    await write(app, "info", "x".repeat(513));
    assert.ok(app.files.text("/server.log")?.startsWith(line("x".repeat(512))));
  });

  it("begins a new file where the old one would grow beyond maxSize, and keeps one", async () => {
    const app = await start("file");
    const all: string[] = [];
    for (let i = 0; i < 40; i++) {
      await write(app, "info", `line ${i}`);
      all.push(line(`line ${i}`), line(written("info")));
      const [now, before] = ["/server.log", "/server.log.1"].map((path) => app.files.text(path) ?? "");
      assert.ok(now !== undefined && now.length > 0 && now.length <= 1024);
      assert.ok(before !== undefined && before.length <= 1024);
      assert.ok(all.join("").endsWith(before + now));
    }
    assert.deepEqual([...app.files.paths].sort(), ["logger", "server.log", "server.log.1"]);
  });

  it("keeps as many old files as told", async () => {
    const app = await start("file keep 3", { files: { "/logs/": "" } });
    const all: string[] = [];
    for (let i = 0; i < 60; i++) {
      await write(app, "info", `line ${i}`);
      all.push(line(`line ${i}`), line(written("info")));
    }
    const paths = [".3", ".2", ".1", ""].map((end) => `logs/server.log${end}`);
    assert.ok(all.join("").endsWith(paths.map((path) => app.files.text(path)).join("")));
    assert.deepEqual([...app.files.paths].filter((path) => path.includes("server")).sort(), [...paths].sort());
  });

  it("keeps none where told so", async () => {
    const app = await start("file keep 0");
    for (let i = 0; i < 40; i++) await write(app, "debug", `line ${i}`);
    assert.deepEqual([...app.files.paths].sort(), ["logger", "server.log"]);
    assert.ok((app.files.text("/server.log")?.length ?? 0) <= 1024);
    assert.match(app.files.text("/server.log") ?? "", / DEBUG line 39\n/);
  });

  it("writes to the console while the file cannot be written, and says why once", async () => {
    const app = await start("file");
    app.files.room = 0;
    assert.equal((await write(app, "info", "first")).status, 204);
    await write(app, "info", "second");
    assert.deepEqual(lines(app), [
      "the log goes to the console, since /server.log has no room left",
      "first",
      `${written("info")}`,
      "second",
      `${written("info")}`,
    ]);
    app.files.room = Infinity;
    await write(app, "info", "third");
    assert.equal(lines(app).length, 5);
    assert.ok(app.files.text("/server.log")?.endsWith(line("third") + line(written("info"))));
  });

  it("says that its folder is missing, or that the host has no files", async () => {
    const app = await start("file keep 3");
    await write(app, "info", "first");
    assert.equal(lines(app)[0], "the log goes to the console, since logs/server.log lies in no folder that is there");
  });

  it("says which error it was where the storage fails", async () => {
    const app = await start("file");
    app.files.broken = true;
    await write(app, "info", "first");
    assert.match(
      lines(app)[0] ?? "",
      /^the log goes to the console, since \/server\.log cannot be written: file error -6$/,
    );
  });

  for (const [kind, reason] of [
    ["file small", "FileLogger.maxSize must be 1024 to 2147483647, not 1023"],
    ["file many", "FileLogger.keep must be 0 to 9, not 10"],
    ["file unnamed", "FileLogger: the path is empty"],
  ] as const) {
    it(`refuses to start: ${reason}`, async () => {
      await assert.rejects(start(kind), (error: Error) => error.message.startsWith(reason));
    });
  }

  it("over thousands of lines leaves nothing open and nothing behind", async () => {
    const app = await start("file");
    for (let i = 0; i < 2000; i++) assert.equal((await app.fetch("/users/7")).status, 200);
    assert.deepEqual(lines(app), []);
  });
});
