import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { buildApp } from "../../../host/build/app.js";
import { projectPath } from "../../../host/build/project.js";
import { load, type App } from "../../../host/sandbox/index.js";

const LED = 2;
const BUTTON = 0;

describe("examples/full", () => {
  let app: App;

  beforeEach(async () => {
    app = await load((await buildApp("examples/full")).wasm, { root: projectPath("examples/full") });
  });

  const switchLed = (body: string) => app.fetch("/api/led", { method: "PUT", body });
  const setInterval = (body: string) =>
    app.fetch("/api/interval", {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body,
    });
  const told = (events: readonly { data: string }[]) =>
    JSON.parse(events.at(-1)?.data ?? "null") as Record<string, unknown>;

  it("has a page that runs none but its own scripts", async () => {
    const page = await app.fetch("/");
    assert.match(page.text, /<h1>Board<\/h1>/);
    assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'self'/);
    assert.equal(page.headers.get("x-content-type-options"), "nosniff");
    for (const file of ["/app.css", "/app.js", "/icon.svg"]) assert.equal((await app.fetch(file)).status, 200);
  });

  it("tells what the board measures", async () => {
    app.board.temperature = 21.5;
    app.board.adc[34] = 1200;
    app.advance({ seconds: 7 });
    const { freeMemory, ...state } = (await app.fetch("/api/state")).json() as Record<string, unknown>;
    assert.deepEqual(state, {
      temperature: 21.5,
      light: 1200,
      led: false,
      pressed: false,
      presses: 0,
      uptime: 7,
      clients: 0,
      interval: 1,
    });
    assert.ok(Number(freeMemory) > 10_000, `${String(freeMemory)} bytes`);
  });

  it("has no temperature without a sensor", async () => {
    app.board.temperature = null;
    const { temperature } = (await app.fetch("/api/state")).json() as Record<string, unknown>;
    assert.equal(temperature, null);
  });

  it("switches the LED, and tells all pages at once", async () => {
    const pages = [app.stream("/api/events"), app.stream("/api/events")];
    app.advance({ ms: 1 });
    assert.equal((await switchLed(`{"on": true}`)).status, 200);
    assert.equal(app.board.pins[LED]?.level, true);
    assert.deepEqual((await app.fetch("/api/led")).json(), { on: true });
    for (const page of pages) assert.deepEqual([told(page.events).led, told(page.events).clients], [true, 2]);
    await switchLed(`{"on": false}`);
    assert.equal(app.board.pins[LED]?.level, false);
  });

  it("tells all pages of the button at once, and has it switch the LED", () => {
    const page = app.stream("/api/events");
    app.board.setInput(BUTTON, false);
    assert.deepEqual([told(page.events).pressed, told(page.events).presses, told(page.events).led], [true, 1, true]);
    app.advance({ ms: 100 });
    app.board.setInput(BUTTON, true);
    assert.deepEqual([told(page.events).pressed, told(page.events).presses, told(page.events).led], [false, 1, true]);
    app.advance({ ms: 100 });
    app.board.setInput(BUTTON, false);
    assert.deepEqual([told(page.events).presses, told(page.events).led], [2, false]);
  });

  it("takes the bouncing of the button's contacts for one press", () => {
    const page = app.stream("/api/events");
    app.board.setInput(BUTTON, false, true, false, true, false);
    app.advance({ ms: 100 });
    assert.deepEqual([told(page.events).pressed, told(page.events).presses, told(page.events).led], [true, 1, true]);
  });

  it("refuses what says nothing about the LED", async () => {
    const refused = await switchLed(`{"on": 1}`);
    assert.deepEqual(refused.json(), { error: "on: expected true or false at byte 7", code: 400 });
    assert.equal(app.board.pins[LED]?.level, false);
  });

  it("measures as often as it is told", async () => {
    const page = app.stream("/api/events");
    assert.equal((await setInterval("seconds=5")).status, 204);
    const before = page.events.length;
    app.advance({ seconds: 20 });
    assert.equal(page.events.length - before, 4);
    assert.equal(told(page.events).interval, 5);
    for (const seconds of ["0", "61", "often", ""]) {
      assert.equal((await setInterval(`seconds=${seconds}`)).status, 400, seconds);
    }
  });

  it("goes on for hours", () => {
    const page = app.stream("/api/events");
    app.advance({ hours: 2 });
    assert.equal(page.events.length, 7201);
    assert.equal(told(page.events).uptime, 7200);
    assert.ok(Number(told(page.events).freeMemory) > 10_000);
  });

  it("welcomes, and echoes", () => {
    const ws = app.connect("/ws/echo");
    assert.match(String(ws.take()[0]), /^Welcome to /);
    ws.send("hi").fragment(["in ", "pieces"]);
    assert.deepEqual(ws.messages, ["Echo: hi", "Echo: in pieces"]);
    ws.close(1000, "");
    assert.equal(ws.closeCode, 1000);
  });

  it("restarts for those who have the token", async () => {
    const restart = (headers: Record<string, string>) => app.fetch("/api/restart", { method: "POST", headers });
    await switchLed(`{"on": true}`);
    for (const Authorization of ["", "Bearer wrong", "change-me"]) {
      const refused = await restart({ Authorization });
      assert.equal(refused.status, 401);
      assert.match(refused.headers.get("www-authenticate") ?? "", /^Bearer/);
    }
    assert.equal(app.board.pins[LED]?.level, true);
    const accepted = await restart({ Authorization: "Bearer change-me" });
    assert.equal(accepted.status, 202);
    app.advance({ seconds: 3 });
    assert.equal(app.board.pins[LED]?.level, false);
    assert.deepEqual((await app.fetch("/api/led")).json(), { on: false });
  });
});
