/** Timers: `after`, `every`, `cancel`, and functions of theirs that wait or fail. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { App } from "../../host/sandbox/index.js";
import { freeMemory, start, takeLog } from "./streams-app.js";

/** What was logged in each of so many steps of `ms`. */
function steps(app: App, ms: number, count: number): string[] {
  return Array.from({ length: count }, () => {
    app.advance({ ms });
    return takeLog(app).join(" ");
  });
}

for (const [when, now] of [
  ["", 0],
  [" across the wrap of the clock", 2 ** 32 - 1500],
] as const) {
  describe(`timers${when}`, () => {
    it("after: once, to the millisecond", async () => {
      const app = await start({ now });
      await app.fetch("/after/2000");
      assert.deepEqual(steps(app, 1999, 1), [""]);
      assert.deepEqual(steps(app, 1, 1), ["after"]);
      assert.deepEqual(steps(app, 10_000, 1), [""]);
    });

    it("every: each time that many ms have passed", async () => {
      const app = await start({ now });
      await app.fetch("/every/1000");
      assert.deepEqual(steps(app, 500, 6), ["", "every", "", "every", "", "every"]);
    });

    it("a function that sleeps keeps its rhythm", async () => {
      const app = await start({ now });
      await app.fetch("/nap/1000");
      const logged = steps(app, 100, 24).flatMap((text, i) => (text === "" ? [] : [`${(i + 1) * 100} ${text}`]));
      assert.deepEqual(logged, ["1000 nap", "1300 awake", "2000 nap", "2300 awake"]);
    });

    it("leave out the rounds that come while their function sleeps", async () => {
      const app = await start({ now });
      await app.fetch("/nap/200");
      assert.deepEqual(steps(app, 100, 10), ["", "nap", "", "", "awake", "nap", "", "", "awake", "nap"]);
    });
  });
}

describe("timers", () => {
  it("after 0 ms, before time moves", async () => {
    const app = await start();
    await app.fetch("/after/0");
    assert.deepEqual(takeLog(app), ["after"]);
  });

  it("catch up with nothing where time has leapt", async () => {
    const app = await start();
    await app.fetch("/every/7");
    app.advance({ ms: 21 });
    assert.equal(takeLog(app).length, 3);
  });

  for (const path of ["/after/1000", "/every/1000", "/nap/1000"]) {
    it(`are not called once cancelled: ${path}`, async () => {
      const app = await start();
      await app.fetch(path);
      app.advance({ ms: 999 });
      await app.fetch("/cancel");
      assert.deepEqual(steps(app, 5000, 1), [""]);
    });
  }

  it("may be cancelled by their own function", async () => {
    const app = await start();
    await app.fetch("/counts");
    assert.deepEqual(steps(app, 1000, 2), ["once", ""]);
  });

  it("cancelled while their function sleeps let that come to its end, and no more", async () => {
    const app = await start();
    await app.fetch("/nap/1000");
    app.advance({ ms: 1100 });
    await app.fetch("/cancel");
    assert.deepEqual(steps(app, 5000, 1), ["nap awake"]);
  });

  it("a function that sleeps keeps no client waiting", async () => {
    const app = await start();
    await app.fetch("/nap/100");
    app.advance({ ms: 150 });
    assert.equal((await app.fetch("/hello")).text, "hello");
    assert.equal((await app.fetch("/sleep/10")).text, "slept 10");
  });

  it("refuse a period below 1 ms", async () => {
    const app = await start();
    assert.equal((await app.fetch("/every/0")).status, 500);
    assert.match(takeLog(app).join(), /^every: at least 1 ms/);
  });

  it("may make garbage for ever", async () => {
    const app = await start();
    await app.fetch("/littering");
    app.advance({ seconds: 5 });
    assert.deepEqual(takeLog(app), []);
  });

  it("leave nothing behind", async () => {
    const app = await start();
    const once = async (): Promise<void> => {
      await app.fetch("/nap/10");
      app.advance({ ms: 50 });
      await app.fetch("/cancel");
      app.advance({ ms: 1000 });
    };
    await once();
    const before = await freeMemory(app);
    for (let i = 0; i < 50; i++) await once();
    assert.equal(await freeMemory(app), before);
  });
});

describe("a timer whose function aborts", () => {
  for (const [path, ms] of [
    ["/faults/100", 1000],
    ["/faults-later/200", 2100],
  ] as const) {
    it(`is called again in the next round: ${path}`, async () => {
      const app = await start();
      await app.fetch(path);
      app.advance({ ms });
      const log = takeLog(app);
      assert.equal(log.length, 10);
      for (const text of log) assert.match(text, /^as asked, by a timer.* at timers\.ts:[0-9:]+, in on_timer$/);
    });
  }

  it("delays neither other timers nor clients", async () => {
    const app = await start();
    for (let i = 0; i < 5; i++) await app.fetch("/faults/100");
    await app.fetch("/every/100");
    const c = app.stream("/ticks/100");
    app.advance({ ms: 100 });
    assert.equal(takeLog(app).filter((text) => text === "every").length, 1);
    assert.equal(c.take(), "1 of 100\n2 of 100\n");
    assert.equal((await app.fetch("/sleep/0")).text, "slept 0");
    app.advance({ ms: 900 });
    assert.equal(takeLog(app).filter((text) => text === "every").length, 9);
    assert.equal(c.take().split("\n").length, 10);
  });

  it("is held up for a second where nothing but faults comes", async () => {
    const app = await start();
    for (let i = 0; i < 20; i++) await app.fetch("/faults/1000000");
    app.advance({ ms: 1_000_000 });
    assert.equal(takeLog(app).length, 16);
    app.advance({ ms: 999 });
    assert.equal(takeLog(app).length, 0);
    app.advance({ ms: 10_000 });
    assert.equal(takeLog(app).length, 4);
  });
});
