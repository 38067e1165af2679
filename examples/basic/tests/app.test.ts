import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../../host/build/app.js";
import { load, type App } from "../../../host/sandbox/index.js";

describe("examples/basic", () => {
  let app: App;

  before(async () => {
    app = await load((await buildApp("examples/basic")).wasm);
  });

  it("greets in JSON", async () => {
    const response = await app.fetch("/");
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(response.json(), { message: "Hello from MicroServer" });
  });

  it("names a user", async () => {
    assert.equal((await app.fetch("/users/7")).text, "user 7");
    assert.equal((await app.fetch("/users/seven")).status, 404);
  });

  it("echoes content, and wants some", async () => {
    assert.equal((await app.fetch("/echo", { method: "POST", body: "hi" })).text, "hi");
    assert.equal((await app.fetch("/echo", { method: "POST", body: "" })).status, 400);
  });

  it("closes an idle connection after five seconds", () => {
    const connection = app.open();
    connection.write("GET / HTTP/1.1\r\nHost: example.test\r\n\r\n");
    app.advance({ seconds: 4.9 });
    assert.equal(connection.closed, "no");
    app.advance({ seconds: 0.2 });
    assert.equal(connection.closed, "fin");
  });
});
