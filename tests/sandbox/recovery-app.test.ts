/** firmware/apps/recovery: what runs instead of an app that crashes. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { projectPath } from "../../host/build/project.js";
import { Board, load, type App } from "../../host/sandbox/index.js";

async function start(reason?: string): Promise<App> {
  const { wasm } = await buildApp(projectPath("firmware/apps/recovery"));
  const board = new Board();
  if (reason !== undefined) board.storage.write("reason", reason);
  return load(wasm, { board });
}

describe("the recovery app", () => {
  it("says why it runs", async () => {
    const app = await start("the app in flash is damaged: idf.py app-wasm-flash");
    assert.match((await app.fetch("/")).text, /the app in flash is damaged: idf\.py app-wasm-flash/);
  });

  it("escapes the reason, which may name what an app says", async () => {
    const { text } = await (await start("abort: <img src=x>")).fetch("/");
    assert.match(text, /abort: &lt;img src=x&gt;/);
  });

  it("works where nothing was noted", async () => {
    const response = await (await start()).fetch("/");
    assert.equal(response.status, 200);
    assert.match(response.text, /has not said why/);
  });

  it("shows reset, chip, memory and time", async () => {
    const app = await start("x");
    app.advance({ seconds: 7 });
    const rows = [...(await app.fetch("/")).text.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, ...row]) => row);
    assert.deepEqual(
      rows.map(([name]) => name),
      ["Last reset", "Chip", "Free memory", "Largest block", "Up for"],
    );
    assert.deepEqual(rows.at(-1), ["Up for", "7 s"]);
  });

  it("starts the app again on request, and not by looking", async () => {
    const app = await start("x");
    const restarts = (): number => app.log.filter(({ text }) => text === "the app restarts").length;
    assert.equal((await app.fetch("/restart")).status, 405);
    app.advance({ seconds: 5 });
    assert.equal(restarts(), 0);
    assert.match((await app.fetch("/restart", { method: "POST" })).text, /restarts/);
    app.advance({ seconds: 5 });
    assert.equal(restarts(), 1);
  });

  it("leads everything else to its page", async () => {
    const response = await (await start("x")).fetch("/app/page");
    assert.equal(response.status, 302);
    assert.equal(response.headers.get("location"), "/");
  });
});
