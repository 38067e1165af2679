/** Server-sent events: by a function, and by topics. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withContent } from "../contract/case.js";
import type { App, Stream } from "../../host/sandbox/index.js";
import { freeMemory, leaksNothing, start, takeLog } from "./streams-app.js";

/** What an event is to a client that asked for one by the query of `/event`. */
async function sent(query: Readonly<Record<string, string>>): Promise<Stream> {
  const app = await start();
  return app.stream(`/event?${new URLSearchParams(query).toString()}`);
}

/** Sends an event to a topic; the answer. */
async function publish(app: App, target: string, text: string): Promise<string> {
  return (await app.fetch(target, { method: "POST", body: text })).text;
}

describe("the head of an event stream", () => {
  for (const target of ["/events", "/topics/a"]) {
    it(`has type and cache control, and ends the connection: ${target}`, async () => {
      const app = await start();
      const { status, headers } = app.stream(target);
      assert.equal(status, 200);
      assert.equal(headers.get("content-type"), "text/event-stream");
      assert.equal(headers.get("cache-control"), "no-cache");
      assert.equal(headers.get("transfer-encoding"), "chunked");
      assert.equal(headers.get("connection"), "close");
    });

    it(`is all that HEAD gets: ${target}`, async () => {
      const app = await start();
      const response = await app.fetch(target, { method: "HEAD" });
      assert.deepEqual([response.status, response.text], [200, ""]);
      assert.equal(app.connections, 0);
    });

    it(`is followed by bare events to HTTP/1.0: ${target}`, async () => {
      const app = await start();
      const c = app.open().write(`GET ${target} HTTP/1.0\r\nHost: x\r\n\r\n`);
      await publish(app, "/topics/a", "1");
      assert.match(c.text, /\r\nConnection: close\r\n\r\n(event: tick\n)?data: 1\n\n$/);
    });
  }
});

describe("an event", () => {
  it("has its data, type, id and retry", async () => {
    const stream = await sent({ data: "21.5 °C", event: "reading", id: "7", retry: "2500" });
    assert.equal(stream.text, "event: reading\nid: 7\nretry: 2500\ndata: 21.5 °C\n\n");
    assert.deepEqual(stream.events, [{ event: "reading", id: "7", data: "21.5 °C" }]);
    assert.equal(stream.retry, 2500);
  });

  for (const [name, data, expected] of [
    ["LF", "a\nb", "a\nb"],
    ["CR", "a\rb", "a\nb"],
    ["CR LF", "a\r\nb", "a\nb"],
    ["LF CR, two of them", "a\n\rb", "a\n\nb"],
    ["at the end", "a\n", "a\n"],
    ["CR at the end", "a\r", "a\n"],
    ["alone", "\n", "\n"],
    ["at each place of a word", "abc\ndefghij\rklm\r\nnopqrstuvwxyz\n", "abc\ndefghij\nklm\nnopqrstuvwxyz\n"],
    ["none", "", ""],
    ["other controls, colons and blanks", " :\t\x01 x", " :\t\x01 x"],
    ["text that is not ASCII", "Zoë\n€ 😀", "Zoë\n€ 😀"],
  ] as const) {
    it(`has a field for each line of its data: ${name}`, async () => {
      const { events } = await sent({ data });
      assert.deepEqual(events, [{ event: "message", id: "", data: expected }]);
    });
  }

  it("has line ends at any offset", async () => {
    const app = await start();
    for (let at = 0; at <= 20; at++) {
      for (const end of ["\n", "\r", "\r\n"]) {
        const data = `${"x".repeat(at)}${end}${"y".repeat(20 - at)}`;
        const stream = app.stream(`/event?data=${encodeURIComponent(data)}`);
        assert.deepEqual(stream.events[0]?.data, data.replace(/\r\n?/, "\n"), JSON.stringify(data));
      }
    }
  });

  for (const field of ["event", "id"]) {
    for (const [name, text] of Object.entries({ CR: "\r", LF: "\n", NUL: "\0" })) {
      it(`is refused with ${name} in its ${field}`, async () => {
        const app = await start();
        for (let at = 0; at < 10; at++) {
          const value = `${"x".repeat(at)}${text}${"x".repeat(9 - at)}`;
          const stream = app.stream(`/event?${new URLSearchParams({ data: "d", [field]: value }).toString()}`);
          assert.deepEqual([stream.text, stream.closed], ["", "reset"]);
          assert.match(takeLog(app).join(), /^CR, LF or NUL in an event's name or id at /);
        }
      });
    }
  }

  it("may be a comment", async () => {
    const app = await start();
    const stream = app.stream("/comment");
    assert.deepEqual([stream.comments, stream.events], [["one", "two"], []]);
  });
});

describe("events by a function", () => {
  it("come at their time, and end with the client", async () => {
    const app = await start();
    const stream = app.stream("/events");
    app.advance({ ms: 2999 });
    assert.deepEqual(
      stream.events.map(({ event, data }) => `${event} ${data}`),
      ["tick 1", "tick 2", "tick 3"],
    );
    stream.reset();
    assert.deepEqual(takeLog(app), ["gone after 4"]);
  });

  it("end where a client ends its side", async () => {
    const app = await start();
    const stream = app.stream("/events").close();
    assert.deepEqual(takeLog(app), ["gone after 2"]);
    assert.equal(stream.closed, "fin");
    assert.equal(app.connections, 0);
  });

  it("know what the client has seen", async () => {
    const app = await start();
    const again = app.stream("/last", { headers: { "Last-Event-ID": "41 ü" } });
    assert.equal(again.events[0]?.data, "41 ü");
    assert.equal(app.stream("/last").events[0]?.data, "");
  });

  it("have a comment every 15 s while nothing is sent, also in a long sleep", async () => {
    const app = await start();
    const stream = app.stream("/quiet");
    app.advance({ ms: 14_999 });
    assert.equal(stream.comments.length, 0);
    app.advance({ ms: 1 });
    assert.equal(stream.comments.length, 1);
    app.advance({ ms: 24_999 });
    assert.deepEqual([stream.comments.length, stream.events.length], [2, 1]);
    app.advance({ ms: 1 });
    assert.equal(stream.events.length, 2);
    assert.ok(stream.ended);
  });

  it("have one also where many short sleeps follow each other", async () => {
    const app = await start();
    const stream = app.stream("/short-naps");
    app.advance({ seconds: 16 });
    assert.equal(stream.comments.length, 3);
  });

  it("have none where they want none, or where enough is sent", async () => {
    const app = await start();
    const streams = [app.stream("/silent"), app.stream("/events")];
    app.advance({ seconds: 100 });
    assert.deepEqual(
      streams.map(({ comments }) => comments.length),
      [0, 0],
    );
  });

  it("are given up where the client takes nothing for 30 s", async () => {
    const app = await start();
    const stream = app.stream("/short-naps", { window: 185 }); // a part of the first comment, after 5 s
    app.advance({ ms: 34_999 });
    assert.equal(stream.closed, "no");
    app.advance({ ms: 1 });
    assert.equal(stream.closed, "reset");
    assert.equal(app.connections, 0);
  });

  it("pass over what the client sends", async () => {
    const app = await start();
    const stream = app.stream("/events");
    for (let i = 0; i < 100; i++) stream.connection.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(50));
    app.advance({ seconds: 1 });
    assert.equal(stream.events.length, 2);
  });

  it("end when the server stops", async () => {
    const app = await start();
    const streams = [app.stream("/events"), app.stream("/quiet"), app.stream("/topics/a")];
    app.stop();
    for (const stream of streams) assert.deepEqual([stream.ended, stream.closed], [true, "fin"]);
    assert.equal(app.connections, 0);
  });

  it("leave nothing behind", async () => {
    const app = await start();
    await leaksNothing(app, () => {
      const streams = [app.stream("/events"), app.stream("/quiet"), app.stream("/last")];
      app.advance({ seconds: 16 });
      for (const [i, stream] of streams.entries()) if (i % 2 === 0) stream.reset();
      for (const stream of streams) if (stream.closed === "no") stream.close();
    });
  });
});

describe("a topic", () => {
  it("sends each event to all who asked for it, and to no others", async () => {
    const app = await start();
    const [a1, a2, b] = [app.stream("/topics/a"), app.stream("/topics/a"), app.stream("/topics/b")];
    assert.equal(await publish(app, "/topics/a?event=reading&id=1", "one\ntwo"), "2 of 2, 0 dropped");
    assert.equal(await publish(app, "/topics/none", "lost"), "0 of 0, 0 dropped");
    for (const stream of [a1, a2]) {
      assert.deepEqual(stream.events, [{ event: "reading", id: "1", data: "one\ntwo" }]);
    }
    assert.deepEqual(b.events, []);
  });

  it("forgets a client that is gone, however it went", async () => {
    const app = await start();
    const streams = Array.from({ length: 5 }, () => app.stream("/topics/a"));
    streams[1]?.reset();
    streams[4]?.close();
    streams[0]?.reset();
    assert.equal(await publish(app, "/topics/a", "x"), "2 of 2, 0 dropped");
    streams[2]?.reset();
    streams[3]?.close();
    assert.equal(await publish(app, "/topics/a", "x"), "0 of 0, 0 dropped");
    assert.equal(app.connections, 0);
  });

  it("keeps a quiet stream alive", async () => {
    const app = await start();
    const [all, small] = [app.stream("/topics/a"), app.stream("/small/a")];
    app.advance({ seconds: 31 });
    assert.deepEqual([all.comments.length, small.comments.length], [2, 6]);
    assert.equal(small.headers.get("x-topic"), "small");
    for (let i = 0; i < 20; i++) {
      await publish(app, "/topics/a", "x");
      app.advance({ seconds: 4 });
    }
    assert.deepEqual([all.comments.length, small.comments.length], [2, 6]);
  });

  it("lets a slow client miss events, whole ones, and nobody else", async () => {
    const app = await start();
    const slow = app.stream("/small/a", { window: 300 });
    const quick = app.stream("/topics/a");
    let missed = 0;
    for (let i = 0; i < 30; i++) {
      const answer = await publish(app, "/topics/a", `event ${i}`);
      missed = Number(/, ([0-9]+) dropped/.exec(answer)?.[1]);
    }
    assert.equal(quick.events.length, 30);
    slow.window = Infinity;
    assert.ok(missed > 0 && missed < 30);
    assert.equal(slow.events.length, 30 - missed);
    await publish(app, "/topics/a", "last");
    assert.equal(slow.events.at(-1)?.data, "last");
  });

  it("takes an event for a client that is larger than its queue may be", async () => {
    const app = await start();
    const stream = app.stream("/small/a", { window: 250 });
    await publish(app, "/topics/a", "x".repeat(1000));
    stream.window = Infinity;
    assert.equal(stream.events[0]?.data.length, 1000);
  });

  it("gives up a client that takes nothing for 30 s, though events go on", async () => {
    const app = await start();
    const stream = app.stream("/topics/a", { window: 250 });
    for (let i = 0; i < 60 && stream.closed === "no"; i++) {
      await publish(app, "/topics/a", "x".repeat(100));
      app.advance({ seconds: 1 });
    }
    assert.equal(stream.closed, "reset");
    assert.equal(await publish(app, "/topics/a", "x"), "0 of 0, 0 dropped");
    assert.equal(Math.floor(app.now / 1000), 30);
  });

  it("leaves nothing behind", async () => {
    const app = await start();
    await leaksNothing(app, async () => {
      const streams = ["a", "b", "c"].map((name) => app.stream(`/topics/${name}`, { window: 300 }));
      for (let i = 0; i < 5; i++) await publish(app, "/topics/b", "x".repeat(100));
      for (const stream of streams) stream.reset();
    });
  });

  it("never costs its sender anything where memory is short", async () => {
    const app = await start();
    const clients = Array.from({ length: 90 }, () => app.stream("/topics/a", { window: 250 }));
    for (let i = 0; i < 100; i++) assert.match(await publish(app, "/topics/a", "x".repeat(500)), / of 90, /);
    assert.deepEqual(
      takeLog(app).filter((text) => /memory/.test(text)),
      [],
    );
    for (const stream of clients) stream.reset();
    assert.ok((await freeMemory(app)) > 40_000);
  });
});

describe("a request behind an event stream", () => {
  it("is not answered: the connection ends with the stream", async () => {
    const app = await start();
    const c = app.open().write(`GET /last HTTP/1.1\r\nHost: x\r\n\r\n${withContent("POST", "/sleep", "x")}`);
    assert.equal(c.text.match(/HTTP\/1\.1/g)?.length, 1);
    assert.equal(c.closed, "fin");
  });
});
