import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../../host/build/app.js";
import { projectPath } from "../../../host/build/project.js";
import { load, type App } from "../../../host/sandbox/index.js";

describe("examples/medium", () => {
  let app: App;

  before(async () => {
    app = await load((await buildApp("examples/medium")).wasm, { root: projectPath("examples/medium") });
  });

  it("tells its status", async () => {
    const { status, uptime, freeMemory } = (await app.fetch("/status")).json() as Record<string, unknown>;
    assert.deepEqual({ status, uptime }, { status: "ok", uptime: 0 });
    assert.ok(Number(freeMemory) > 10_000);
  });

  it("streams ten lines, and takes its time", () => {
    const stream = app.stream("/stream");
    assert.equal(stream.text, "Line 1\n");
    app.advance({ ms: 250 });
    assert.equal(stream.text, "Line 1\nLine 2\nLine 3\n");
    app.advance({ seconds: 1 });
    assert.ok(stream.ended);
    assert.match(stream.text, /\nLine 10\n$/);
  });

  it("adds the numbers of a query", async () => {
    assert.deepEqual((await app.fetch("/sum?n=1&n=2.5&n=-3")).json(), { sum: 0.5 });
    assert.deepEqual((await app.fetch("/sum")).json(), { sum: 0 });
    assert.equal((await app.fetch("/sum?n=one")).status, 400);
  });

  it("adds the numbers of a JSON array", async () => {
    const add = (body: string) => app.fetch("/sum", { method: "POST", body });
    assert.deepEqual((await add("[1, 2.5]")).json(), { sum: 3.5 });
    const refused = await add("[1, true]");
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.json(), { error: "[1]: expected a number at byte 4", code: 400 });
  });

  it("serves www/, which clients may keep for an hour", async () => {
    const start = await app.fetch("/");
    assert.equal(start.headers.get("location"), "/static/");
    const page = await app.fetch("/static/");
    assert.match(page.text, /<h1>Sum<\/h1>/);
    assert.equal(page.headers.get("cache-control"), "public, max-age=3600");
    const unchanged = await app.fetch("/static/", { headers: { "If-None-Match": page.headers.get("etag") ?? "" } });
    assert.equal(unchanged.status, 304);
    assert.equal((await app.fetch("/static/app.css")).headers.get("content-type"), "text/css; charset=utf-8");
  });

  it("lets pages of other sites in", async () => {
    const Origin = "http://example.com";
    assert.equal((await app.fetch("/status", { headers: { Origin } })).headers.get("access-control-allow-origin"), "*");
    const asked = await app.fetch("/sum", {
      method: "OPTIONS",
      headers: { Origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type" },
    });
    assert.equal(asked.status, 204);
    assert.equal(asked.headers.get("access-control-allow-methods"), "GET,POST");
  });

  it("has an error page of its own, for what is missing among the files too", async () => {
    for (const path of ["/missing", "/static/missing"]) {
      const response = await app.fetch(path);
      assert.equal(response.status, 404);
      assert.match(response.text, /<h1>Nothing here<\/h1>/);
    }
  });

  it("logs each request", async () => {
    await app.fetch("/status");
    assert.match(app.log.at(-1)?.text ?? "", /GET \/status 200/);
  });
});
