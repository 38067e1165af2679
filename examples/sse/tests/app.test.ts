import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { buildApp } from "../../../host/build/app.js";
import { projectPath } from "../../../host/build/project.js";
import { load, type App } from "../../../host/sandbox/index.js";

interface Room {
  readonly temperature: number;
  readonly target: number;
  readonly heating: boolean;
  readonly boost: boolean;
}

describe("examples/sse", () => {
  let app: App;

  beforeEach(async () => {
    app = await load((await buildApp("examples/sse")).wasm, { root: projectPath("examples/sse") });
  });

  describe("the counter", () => {
    it("counts once a second", () => {
      const counter = app.stream("/events");
      assert.equal(counter.headers.get("content-type"), "text/event-stream");
      app.advance({ seconds: 2.5 });
      assert.deepEqual(
        counter.events,
        ["1", "2", "3"].map((id) => ({ event: "tick", data: id, id })),
      );
    });

    it("goes on where it was cut off", () => {
      const counter = app.stream("/events", { headers: { "Last-Event-ID": "41" } });
      assert.equal(counter.events[0]?.data, "42");
    });

    it("counts for each client by itself, and ends with it", () => {
      const first = app.stream("/events");
      app.advance({ seconds: 5 });
      const second = app.stream("/events");
      assert.equal(second.events[0]?.data, "1");
      first.close();
      app.advance({ seconds: 1 });
      assert.equal(app.connections, 1);
    });
  });

  describe("the dashboard", () => {
    const room = async (path = "/api/room", method = "GET", body?: string): Promise<Room> => {
      const response = await app.fetch(path, { method, ...(body === undefined ? {} : { body }) });
      assert.equal(response.status, 200, response.text);
      return response.json() as Room;
    };
    const told = (events: readonly { data: string }[]): Room => JSON.parse(events.at(-1)?.data ?? "null") as Room;

    it("has a page", async () => {
      assert.match((await app.fetch("/")).text, /<h1>Room<\/h1>/);
      for (const file of ["/app.css", "/app.js"]) assert.equal((await app.fetch(file)).status, 200);
    });

    it("tells a new client at once, and all each second", () => {
      const client = app.stream("/api/events");
      app.advance({ ms: 1 });
      assert.equal(client.events.length, 1);
      assert.equal(told(client.events).temperature, 18);
      app.advance({ seconds: 3 });
      assert.equal(client.events.length, 4);
      assert.ok(told(client.events).temperature > 18);
    });

    it("tells all clients of a new target at once", async () => {
      const clients = [app.stream("/api/events"), app.stream("/api/events")];
      app.advance({ ms: 1 });
      assert.equal((await room("/api/room", "PUT", `{"target": 25}`)).target, 25);
      for (const client of clients) assert.equal(told(client.events).target, 25);
      assert.equal((await room()).target, 25);
    });

    it("refuses a target that no heater reaches", async () => {
      const put = (body: string) => app.fetch("/api/room", { method: "PUT", body });
      assert.deepEqual((await put(`{"target": 31}`)).json(), { error: "target: expected 5 to 30", code: 400 });
      assert.equal((await put(`{"target": "warm"}`)).status, 400);
      assert.equal((await put(`{}`)).status, 400);
      assert.equal((await room()).target, 21);
    });

    it("boosts the heater for ten seconds from the last time it was asked to", async () => {
      const client = app.stream("/api/events");
      assert.equal((await room("/api/boost", "POST")).boost, true);
      app.advance({ seconds: 6 });
      await room("/api/boost", "POST");
      app.advance({ seconds: 9.9 });
      assert.equal((await room()).boost, true);
      app.advance({ ms: 100 });
      assert.equal(told(client.events).boost, false);
    });

    it("goes on for as long as someone looks", () => {
      const client = app.stream("/api/events");
      app.advance({ hours: 1 });
      assert.equal(client.events.length, 3601);
      assert.equal(app.connections, 1);
    });

    it("works in the background while nobody looks", async () => {
      app.advance({ minutes: 5 });
      const { temperature } = await room();
      assert.ok(Math.abs(temperature - 21) < 0.5, `${temperature} °C`);
    });
  });
});
