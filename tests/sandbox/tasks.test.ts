/** Handlers and middleware that wait. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseResponse, type App, type Connection } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";
import { freeMemory, leaksNothing, start, takeLog } from "./streams-app.js";

/** Statuses of the answers that a connection has received, in order. */
function statuses({ text }: Connection): number[] {
  return [...text.matchAll(/HTTP\/1\.1 ([0-9]{3}) /g)].map(([, status]) => Number(status));
}

/** Begins requests on connections of their own. */
function open(app: App, targets: readonly string[]): Connection[] {
  return targets.map((target) => app.open().write(request("GET", target)));
}

for (const [when, now] of [
  ["", 0],
  [" across the wrap of the clock", 2 ** 32 - 500],
] as const) {
  describe(`a handler that sleeps${when}`, () => {
    it("answers after that time, to the millisecond", async () => {
      const app = await start({ now });
      const c = app.open().write(request("GET", "/sleep/1000"));
      app.advance({ ms: 999 });
      assert.equal(c.text, "");
      app.advance({ ms: 1 });
      assert.match(c.text, /^HTTP\/1\.1 200 OK\r\n[^]*\r\nslept 1000$/);
    });

    it("does not keep others waiting", async () => {
      const app = await start({ now });
      const [long, short] = open(app, ["/sleep/5000", "/sleep/1000"]);
      assert.equal((await app.fetch("/hello")).text, "hello");
      app.advance({ seconds: 1 });
      assert.deepEqual([long?.text, short?.text.slice(-10)], ["", "slept 1000"]);
      app.advance({ seconds: 4 });
      assert.equal(long?.text.slice(-10), "slept 5000");
    });
  });
}

describe("a handler that waits", () => {
  it("for 0 ms lets others have their turn", async () => {
    const app = await start();
    assert.equal((await app.fetch("/sleep/0")).text, "slept 0");
    assert.equal(app.now, 0);
  });

  it("for longer than any timeout of the server", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/sleep/100000000"));
    app.advance({ ms: 99_999_999 });
    assert.deepEqual([c.text, c.closed], ["", "no"]);
    app.advance({ ms: 1 });
    assert.deepEqual(statuses(c), [200]);
  });

  for (const [name, target, head, content] of [
    ["a request without anything", "/request/a", "", ""],
    ["parameters, fields and a query", "/request/a%20b%2Fc?key=%C3%A9+1", "X-Test: one\r\nX-Other: two\r\n", ""],
    ["content", "/request/b", "Content-Length: 5\r\n", "hello"],
    ["chunked content", "/request/c", "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"],
  ] as const) {
    it(`sees its own request afterwards: ${name}`, async () => {
      const app = await start();
      const method = content === "" ? "GET" : "POST";
      const text = request(method, target, head, content);
      const cuts = [0, 1, 10, 30, 60, text.length - 6, text.length - 1];
      const clients = cuts.map((at) => app.open().write(text.slice(0, at)).write(text.slice(at)));
      app.advance({ ms: 50 });
      const others = open(app, ["/request/other?key=2", "/users", "/%41"]);
      app.open().write(request("POST", "/request/third", "Content-Length: 3\r\nX-Test: 3\r\n", "333"));
      app.advance({ ms: 300 });
      const [first, ...rest] = clients.map((c) => c.text);
      assert.match(first ?? "", /^HTTP\/1\.1 200 /);
      assert.ok(first?.includes(`${method}|`) && first.includes(`|${target}|`));
      for (const other of rest) assert.equal(other, first);
      assert.match(others[0]?.text ?? "", /\|other\|2\|-\|\|127/);
    });
  }

  it("keeps a response that it made before", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/early"));
    await app.fetch("/request/x");
    const found = parseResponse(c.output);
    assert.deepEqual([found?.response.text, found?.response.headers.get("x-early")], ["made early", "1"]);
  });

  it("answers HEAD without content", async () => {
    const app = await start();
    const response = await app.fetch("/sleep/100", { method: "HEAD" });
    assert.deepEqual([response.status, response.headers.get("content-length"), response.text], [200, "9", ""]);
  });

  it("answers HTTP/1.0 and closes", async () => {
    const app = await start();
    const c = app.open().write("GET /sleep/100 HTTP/1.0\r\nHost: x\r\n\r\n");
    app.advance({ ms: 100 });
    assert.match(c.text, /\r\nConnection: close\r\n/);
    assert.equal(c.closed, "fin");
  });

  it("is answered before what was sent behind it", async () => {
    const app = await start();
    const behind = request("GET", "/hello") + request("POST", "/sleep", "Content-Length: 2\r\n", "ab");
    const text = request("GET", "/sleep/100") + behind + request("GET", "/nowhere");
    for (let cut = 0; cut <= text.length; cut += 7) {
      const c = app.open().write(text.slice(0, cut)).write(text.slice(cut));
      app.advance({ ms: 99 });
      assert.equal(c.text, "", `cut at ${cut}`);
      app.advance({ ms: 1 });
      assert.deepEqual(statuses(c), [200, 200], `cut at ${cut}`);
      app.advance({ ms: 10 });
      assert.deepEqual(statuses(c), [200, 200, 200, 404], `cut at ${cut}`);
      c.end();
    }
  });

  it("counts as one request of its connection", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/hello") + request("GET", "/sleep/10") + request("GET", "/hello"));
    app.advance({ ms: 10 });
    assert.deepEqual(
      [...c.text.matchAll(/max=([0-9]+)/g)].map(([, max]) => max),
      ["999999", "999998", "999997"],
    );
    app.advance({ ms: 4999 });
    assert.equal(c.closed, "no");
    app.advance({ ms: 1 });
    assert.equal(c.closed, "fin");
  });

  it("answers a client that has ended its side", async () => {
    const app = await start();
    const c = app.open().write(request("GET", "/sleep/100")).end();
    app.advance({ ms: 100 });
    assert.deepEqual([statuses(c), c.closed], [[200], "fin"]);
  });

  it("answers piece by piece to a slow client", async () => {
    const app = await start();
    const c = app.open({ window: 10 }).write(request("GET", "/sleep/10"));
    app.advance({ ms: 10 });
    assert.equal(c.text.length, 10);
    c.window = 1000;
    assert.deepEqual(statuses(c), [200]);
    assert.equal((await app.fetch("/hello")).status, 200);
  });
});

describe("a client that goes while its handler waits", () => {
  it("ends the wait, which says so", async () => {
    const app = await start();
    app.open().write(request("GET", "/sleep/1000")).reset();
    assert.deepEqual(takeLog(app), ["gone in 1000"]);
    assert.equal(app.connections, 0);
  });

  it("gets its handler no further wait", async () => {
    const app = await start();
    app.open().write(request("GET", "/never-ends")).reset();
    assert.match(takeLog(app).join(), /^out of fuel at waits\.ts:[0-9]+:[0-9]+, in on_timer$/);
    assert.equal((await app.fetch("/hello")).text, "hello");
  });

  it("does not harm others where its handler then aborts", async () => {
    const app = await start();
    const clients = open(app, ["/abort-when-gone", "/sleep/100", "/abort-when-gone", "/sleep/100"]);
    for (const at of [0, 2, 3]) clients[at]?.reset();
    const aborts = takeLog(app);
    assert.deepEqual(
      aborts.map((text) => text.replace(/ at .*/, "")),
      ["as asked, when gone", "as asked, when gone", "gone in 100"],
    );
    app.advance({ ms: 100 });
    assert.equal(clients[1]?.text.slice(-9), "slept 100");
  });
});

describe("a fault after a wait", () => {
  for (const [path, status, reason] of [
    ["/abort-later", 500, /^as asked, later at waits\.ts:/],
    ["/loop-later", 500, /^out of fuel at waits\.ts:/],
    ["/allocate-later", 503, /^out of memory at .* near waits\.ts:/],
    ["/twice-later", 500, /^a Response was sent twice/],
    ["/deep/110", 500, /^code that waits is nested too deeply at .* near waits\.ts:/],
  ] as const) {
    it(`costs its own request: ${path}`, async () => {
      const app = await start();
      if (path === "/twice-later") await app.fetch(path);
      const [before, c, after] = open(app, ["/sleep/20", path, "/sleep/20"]);
      c?.write(request("GET", "/hello"));
      app.advance({ ms: 20 });
      assert.deepEqual(c && statuses(c), [status, 200]);
      const [line, ...others] = takeLog(app);
      assert.match(line ?? "", reason);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [before, after].map((other) => other && statuses(other)),
        [[200], [200]],
      );
    });
  }

  it("of memory resets those that wait, and the app goes on", async () => {
    const app = await start();
    const [other, c] = open(app, ["/sleep/20", "/read-later"]);
    app.advance({ ms: 20 });
    assert.deepEqual([other?.closed, c?.closed], ["reset", "reset"]);
    assert.equal((await app.fetch("/sleep/5")).text, "slept 5");
  });

  it("leaks nothing", async () => {
    const app = await start();
    for (const path of ["/abort-later", "/deep/110", "/abort-when-gone", "/abort-stream-later"]) {
      await leaksNothing(
        app,
        () => {
          const c = app.open().write(request("GET", path));
          app.advance({ ms: 20 });
          c.reset();
        },
        20,
      );
    }
  });
});

describe("middleware that waits", () => {
  it("before and after, around a handler that waits", async () => {
    const app = await start();
    const clients = open(app, ["/chain/waits", "/chain/returns", "/chain/waits"]);
    app.advance({ ms: 5 });
    const others = open(app, ["/chain/returns", "/hello", "/chain/missing"]);
    app.advance({ ms: 100 });
    for (const c of clients) {
      const { response } = parseResponse(c.output) ?? {};
      assert.deepEqual([response?.status, response?.headers.getAll("x-through")], [200, ["b", "a"]]);
    }
    assert.deepEqual(others.map(statuses), [[200], [200], [404]]);
    assert.equal((await app.fetch("/chain/waits")).text, "/chain/waits");
    assert.equal(app.now, 155);
  });

  it("sees where nothing matches what that request may do", async () => {
    const app = await start();
    const c = app.open().write(request("DELETE", "/everything/waits"));
    assert.equal((await app.fetch("/resolve")).headers.get("allow"), "POST");
    app.advance({ ms: 100 });
    assert.match(c.text, /^HTTP\/1\.1 405 [^]*\r\nAllow: GET, HEAD, POST\r\n/);
  });
});

describe("what a waiting handler holds", () => {
  it("outlives collections", async () => {
    const app = await start();
    const rounds = Array.from({ length: 12 }, (_, i) => 60 + i);
    const clients = open(
      app,
      rounds.map((n) => `/hold/${n}`),
    );
    for (let i = 0; i < 80; i++) {
      app.advance({ ms: 10 });
      await app.fetch("/garbage");
      await app.fetch("/free");
    }
    for (const [i, c] of clients.entries()) assert.match(c.text, new RegExp(`text ${59 + i} of ${60 + i}$`));
    assert.deepEqual(takeLog(app), []);
  });

  it("is freed, whatever ends the wait", async () => {
    const app = await start();
    const clients = ["/sleep/10", "/request/a%20b?key=1", "/chain/waits", "/hold/3", "/sleep/1000"];
    await leaksNothing(app, () => {
      const open = clients.map((target) => app.open().write(request("GET", target)));
      app.advance({ ms: 300 });
      for (const c of open) c.reset();
    });
  });

  it("is a task and a stack of at most 200 bytes beside its request", async () => {
    const app = await start();
    const text = request("GET", "/sleep/100000");
    const before = await freeMemory(app);
    for (let i = 0; i < 16; i++) app.open().write(text);
    const each = (before - (await freeMemory(app))) / 16;
    const ofRequest = 64 + 16 + 80 + text.length; // what is known of the head, and its bytes
    assert.ok(each - ofRequest <= 200, `${each} bytes, ${ofRequest} of them for the request`);
  });

  it("ends at 503 for new ones where memory is short, and those that are there go on", async () => {
    const app = await start();
    const fields = `X-Fill: ${"x".repeat(1000)}\r\n`;
    const clients = Array.from({ length: 95 }, () => app.open().write(request("GET", "/sleep/1000", fields)));
    const refused = clients.filter((c) => c.text !== "");
    assert.ok(refused.length > 0 && refused.length < 60);
    for (const c of refused) assert.deepEqual(statuses(c), [503]);
    assert.equal((await app.fetch("/hello")).text, "hello");
    app.advance({ seconds: 1 });
    for (const c of clients.filter((c) => !refused.includes(c))) assert.deepEqual(statuses(c), [200]);
    assert.equal((await app.fetch("/sleep/10")).text, "slept 10");
  });

  it("may be made anew between waits for ever", async () => {
    const app = await start();
    assert.match((await app.fetch("/litter")).text, /^garbage 1999/);
    assert.deepEqual(takeLog(app), []);
  });
});

describe("waiting where nothing could go on", () => {
  it("aborts with the reason", async () => {
    const app = await start();
    const stream = app.stream("/faulty/sleep");
    assert.equal(stream.closed, "reset");
    assert.match(takeLog(app).join(), /^only handlers, middleware, streams and timers can wait at .* near pieces\.ts:/);
    assert.equal((await app.fetch("/sleep/10")).text, "slept 10");
  });

  it("aborts where its stack is too deep, in a timer too", async () => {
    const app = await start();
    await app.fetch("/deep-timer");
    app.advance({ ms: 10 });
    assert.match(takeLog(app).join(), /^code that waits is nested too deeply at .*, in on_timer$/);
    assert.equal((await app.fetch("/deep/60")).text, "1830");
  });
});

describe("a stack far beyond what can be put aside", () => {
  it("costs the instance, and the app goes on", async () => {
    const app = await start();
    const other = app.open().write(request("GET", "/hello"));
    assert.equal((await app.fetch("/deep/250")).status, 500);
    assert.match(takeLog(app).join(), /^unreachable.*, in on_data: the app starts anew, 2 connections go on/);
    assert.deepEqual(statuses(other.write(request("GET", "/hello"))), [200, 200]);
  });
});

describe("a server that stops", () => {
  it("lets handlers that wait finish within 5 s", async () => {
    const app = await start();
    const [short, long] = open(app, ["/sleep/4000", "/sleep/6000"]);
    app.stop().advance({ seconds: 6 });
    assert.match(short?.text ?? "", /\r\nConnection: close\r\n[^]*slept 4000$/);
    assert.deepEqual([short?.closed, long?.text, long?.closed], ["fin", "", "reset"]);
  });
});
