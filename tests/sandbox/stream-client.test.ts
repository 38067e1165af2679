/** The sandbox's streaming client: a response as it comes, and server-sent events. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Connection, Socket } from "../../host/sandbox/connection.js";
import { EventStreamError, load, ResponseError, Stream } from "../../host/sandbox/index.js";
import { parseEvents } from "../../host/sandbox/server-sent-events.js";
import { echoGuest } from "./echo-guest.js";

const CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
const CLOSE = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n";
const EVENTS = CHUNKED.replace("text/plain", "text/event-stream; charset=utf-8");

/** A stream whose server is this test. */
function open(start = "", method = "GET") {
  const socket = new Socket("127.0.0.1");
  const s = new Stream(new Connection(socket, () => {}), method);
  const send = (text: string): void => void socket.send(Buffer.from(text));
  send(start);
  return { s, socket, send };
}

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

describe("a response as it comes", () => {
  it("has its status and fields once the head is whole", () => {
    const { s, send } = open(CHUNKED.slice(0, -1));
    assert.deepEqual([s.status, s.headers.has("content-type"), s.text, s.ended], [null, false, "", false]);
    send("\n");
    assert.deepEqual([s.status, s.headers.get("content-type")], [200, "text/plain"]);
  });

  it("passes over interim responses", () => assert.equal(open(`HTTP/1.1 100 Continue\r\n\r\n${CLOSE}`).s.status, 200));

  it("gives what has come, and by take() what has come since", () => {
    const { s, send } = open(CHUNKED + chunk("one "));
    assert.equal(s.take(), "one ");
    assert.equal(s.take(), "");
    send(chunk("two "));
    send("5\r\nthr");
    assert.deepEqual([s.take(), s.text, s.ended, s.cut], ["two thr", "one two thr", false, false]);
    send("ee\r\n0\r\nX-Sum: 3\r\n\r\n");
    assert.deepEqual([s.take(), s.ended, s.trailers.get("x-sum")], ["ee", true, "3"]);
  });

  it("is decoded alike wherever it is cut", () => {
    const whole = Buffer.from(CHUNKED + chunk("é") + chunk("x".repeat(17)) + "0\r\n\r\n");
    for (let at = 0; at <= whole.length; at++) {
      const { s, socket } = open();
      socket.send(whole.subarray(0, at));
      const first = s.take();
      assert.equal(s.ended, at === whole.length);
      socket.send(whole.subarray(at));
      assert.deepEqual([first + s.take(), s.ended], [`é${"x".repeat(17)}`, true], `cut at ${at}`);
    }
  });

  it("ends with the connection where nothing else says so", () => {
    const { s, socket, send } = open(CLOSE);
    send("one");
    assert.deepEqual([s.text, s.ended, s.cut], ["one", false, false]);
    socket.close("fin");
    assert.deepEqual([s.text, s.ended, s.cut, s.closed], ["one", true, false, "fin"]);
  });

  it("ends with its length", () => {
    const { s, send } = open("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab");
    assert.deepEqual([s.text, s.ended], ["ab", false]);
    send("c");
    assert.deepEqual([s.text, s.ended], ["abc", true]);
  });

  it("to HEAD ends with the head", () => assert.equal(open(CHUNKED, "HEAD").s.ended, true));

  it("is cut where the connection ends too soon", () => {
    for (const [start, how] of [
      ["HTTP/1.1 200", "fin"],
      [CHUNKED + chunk("a"), "fin"],
      [`${CHUNKED}${chunk("a")}0\r\n`, "fin"],
      ["HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "fin"],
      [`${CLOSE}ab`, "reset"],
    ] as const) {
      const { s, socket } = open(start);
      assert.equal(s.cut, false);
      socket.close(how);
      assert.deepEqual([s.ended, s.cut], [false, true], start);
    }
  });

  it("lets its client end, break off and hold back", () => {
    const { s, socket } = open(CLOSE);
    s.window = 3;
    assert.equal(socket.send(Buffer.from("abcde")), 3);
    assert.deepEqual([s.window, s.text], [0, "abc"]);
    s.close();
    assert.equal(socket.ended, true);
    s.reset();
    assert.equal(socket.broken, true);
  });

  const wrong: [name: string, text: string][] = [
    ["a bare LF", "HTTP/1.1 200 OK\n"],
    ["Content-Length and chunks", `HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ["a chunk size that is no number", `${CHUNKED}x\r\n`],
    ["a chunk extension", `${CHUNKED}1;a=b\r\n`],
    ["a chunk longer than its size", `${CHUNKED}1\r\nab`],
    ["bytes behind the last chunk", `${CHUNKED}0\r\n\r\nx`],
    ["bytes behind the length", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"],
  ];
  for (const [name, text] of wrong)
    it(`must not have ${name}`, () => assert.throws(() => open(text).s.text, ResponseError));
});

describe("server-sent events", () => {
  it("come one by one", () => {
    const { s, send } = open(EVENTS);
    assert.deepEqual([s.events, s.comments, s.retry], [[], [], null]);
    send(chunk("retry: 500\n: hello\nid: 1\nevent: tick\ndata: on"));
    assert.deepEqual([s.events, s.comments, s.retry], [[], ["hello"], 500]);
    send(chunk("e\n\n") + chunk("data: two\ndata:three\n\n"));
    assert.deepEqual(s.events, [
      { event: "tick", data: "one", id: "1" },
      { event: "message", data: "two\nthree", id: "1" },
    ]);
  });

  it("are looked for in an event stream only", () => {
    assert.throws(() => open(CHUNKED).s.events, ResponseError);
    assert.deepEqual(open("HTTP/1.1 200").s.events, []);
  });

  const data = (text: string): string[] => parseEvents(text).events.map((event) => event.data);

  it("know all three line ends, wherever they are cut", () => {
    const expected = ["a\nb", "c"];
    for (const end of ["\n", "\r", "\r\n"]) {
      const text = ["data: a", "data: b", "", "data: c", "", "x"].join(end);
      assert.deepEqual(data(text), expected, JSON.stringify(end));
    }
    assert.deepEqual(data("data: a\r\n\r"), [], "CR LF may follow");
  });

  it("keep all but one space before a value, and empty values", () => {
    assert.deepEqual(data("data:  a \n\ndata\n\ndata:\ndata:\n\n"), [" a ", "", "\n"]);
  });

  it("are none without data", () => assert.deepEqual(data("event: x\n\nid: 2\n\n"), []));

  it("may begin with a byte order mark", () => assert.deepEqual(data("\uFEFFdata: a\n\n"), ["a"]));

  for (const line of ["dat: a", "data : a", "retry: 1s", "retry:", "id: a\0b"]) {
    it(`must not have the line ${JSON.stringify(line)}`, () => {
      assert.throws(() => parseEvents(`${line}\n`), EventStreamError);
    });
  }
});

describe("app.stream", () => {
  it("sends a request, and reads what comes as time goes on", async () => {
    const wasm = await echoGuest((source) =>
      source
        .replace("send(conn, receive, length);", `if (load<u8>(receive) == 84) say(conn, ${JSON.stringify(CLOSE)});`)
        .replace("say(conn, `tick ${page.now}`);", "$&\n    close(conn, Close.FLUSH);"),
    );
    const app = await load(wasm);
    const s = app.stream("/", { method: "TICK" });
    assert.deepEqual([s.status, s.take(), s.ended], [200, "", false]);
    app.advance({ seconds: 1 });
    assert.deepEqual([s.take(), s.ended, s.closed], ["tick 1000", true, "fin"]);
  });
});
