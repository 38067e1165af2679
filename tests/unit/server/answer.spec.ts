import { clearHead, HeadFlag } from "microserver/http/head";
import { Method } from "microserver/http/method";
import { head } from "microserver/http/parser";
import { allow, answer } from "microserver/server/answer";
import { Connection, State } from "microserver/server/connection";
import { freeShared, Response, Use } from "microserver/server/response";
import { settings } from "microserver/server/settings";
import { host } from "microserver/server/window";
import { beginRequest, bytesOf, textOf } from "./answers";

const TIME: u32 = 784111777;

beforeEach(() => {
  host.unixTime = TIME;
  settings.requestLimit = 100;
  beginRequest();
});

describe("an answer, to the byte", () => {
  it("with content", () => {
    expect(bytesOf(Response.plain("hi"))).toBe(
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: MicroServer\r\n" +
        "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\n" +
        "Connection: keep-alive\r\nKeep-Alive: timeout=5, max=99\r\n\r\nhi",
    );
  });
  it("without content", () => {
    expect(bytesOf(Response.empty())).toBe(
      "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: MicroServer\r\n" +
        "Connection: keep-alive\r\nKeep-Alive: timeout=5, max=99\r\n\r\n",
    );
  });
  it("without a clock", () => {
    host.unixTime = 0;
    expect(bytesOf(Response.empty())).toBe(
      "HTTP/1.1 204 No Content\r\nServer: MicroServer\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5, max=99\r\n\r\n",
    );
  });
  it("to a connection that ends", () => {
    head.set(HeadFlag.CLOSE);
    expect(bytesOf(Response.empty())).toBe(
      "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: MicroServer\r\nConnection: close\r\n\r\n",
    );
  });
  it("to HEAD, which has the length of what GET would get", () => {
    head.method = <u16>Method.HEAD;
    expect(textOf(Response.plain("hi"))).toBe(
      "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 2|",
    );
  });
  it("to HEAD with large content", () => {
    head.method = <u16>Method.HEAD;
    expect(textOf(Response.plain("a".repeat(5000))).endsWith("|Content-Length: 5000|")).toBe(true);
  });
  it("with the methods that a path allows", () => {
    expect(textOf(allow(Response.empty(405), Method.GET | Method.HEAD | Method.OPTIONS))).toBe(
      "HTTP/1.1 405 Method Not Allowed|Allow: GET, HEAD, OPTIONS|Content-Length: 0|",
    );
    beginRequest();
    expect(textOf(allow(Response.empty(), Method.POST))).toBe("HTTP/1.1 204 No Content|Allow: POST|");
  });
});

describe("answers one after another", () => {
  it("have the time of each", () => {
    for (let i = 0; i < 3; i++) {
      host.unixTime = TIME + i;
      beginRequest();
      expect(bytesOf(Response.empty()).includes(`Date: Sun, 06 Nov 1994 08:49:3${7 + i} GMT\r\n`)).toBe(true);
    }
  });
  it("have the status of each, with and without a clock", () => {
    const statuses: i32[] = [200, 431, 204, 204, 599, 404, 200];
    for (let i = 0; i < 14; i++) {
      host.unixTime = i % 3 ? TIME : 0;
      beginRequest();
      const bytes = bytesOf(Response.empty(statuses[i % 7]));
      expect(bytes.startsWith(`HTTP/1.1 ${statuses[i % 7]} `)).toBe(true);
      expect(bytes.includes("\r\nDate: ")).toBe(i % 3 != 0);
      expect(bytes.split("HTTP/1.1").length).toBe(2, "one status line");
    }
  });
  it("have nothing of the one before", () => {
    bytesOf(Response.plain("a".repeat(3000)).header("X-A", "b".repeat(3000)));
    beginRequest();
    expect(textOf(Response.empty(200))).toBe("HTTP/1.1 200 OK|Content-Length: 0|");
  });
  it("have nothing of an answer that was not sent", () => {
    Response.plain("gone").header("X-A", "gone");
    expect(textOf(Response.plain("sent"))).toBe(
      "HTTP/1.1 200 OK|Content-Type: text/plain; charset=utf-8|Content-Length: 4|sent",
    );
  });
  it("may be of two that were made before", () => {
    const first = Response.plain("first").header("X-A", "1");
    const second = Response.plain("second").header("X-A", "2");
    expect(textOf(second)).toBe(
      "HTTP/1.1 200 OK|X-A: 2|Content-Type: text/plain; charset=utf-8|Content-Length: 6|second",
    );
    expect(textOf(first)).toBe(
      "HTTP/1.1 200 OK|X-A: 1|Content-Type: text/plain; charset=utf-8|Content-Length: 5|first",
    );
  });
});

describe("answers of every size", () => {
  it("content", () => {
    for (let size = 0; size < 2600; size += size < 900 || (size > 1100 && size < 1500) ? 97 : 1) expectSizes(size, 0);
    expectSizes(60000, 0);
  });
  it("a field value", () => {
    for (let size = 0; size < 2600; size += size > 1300 && size < 1900 ? 1 : 97) expectSizes(10, size);
    expectSizes(10, 60000);
  });
  it("both", () => {
    for (let size = 1; size < 2000; size += 61) expectSizes(size, 2000 - size);
    expectSizes(5000, 5000);
  });
});

/** An answer with so many bytes of content and of a field value, in the transmit window and in memory of its own. */
function expectSizes(content: i32, value: i32): void {
  const text = "c".repeat(content);
  const field = "v".repeat(value);
  const expected = `HTTP/1.1 200 OK|X: ${field}|Content-Type: text/html; charset=utf-8|Content-Length: ${content}|${text}`;
  for (let i = 0; i < 2; i++) {
    beginRequest(i == 1);
    const found = textOf(Response.html(text).header("X", field));
    if (found != expected) expect(found).toBe(expected, `${content} bytes of content, ${value} of a value`);
  }
  expect(text.length).toBe(content);
}

describe("a connection goes on (RFC 9112, 9.3)", () => {
  it("by default", () => expectGoesOn(true));
  it("not where the client ends it", () => {
    head.set(HeadFlag.CLOSE);
    expectGoesOn(false);
  });
  it("not where the client says both", () => {
    head.set(HeadFlag.CLOSE);
    head.set(HeadFlag.KEEP_ALIVE);
    expectGoesOn(false);
  });
  it("not in HTTP/1.0", () => {
    head.minor = 0;
    expectGoesOn(false);
  });
  it("in HTTP/1.0 where the client asks for it", () => {
    head.minor = 0;
    head.set(HeadFlag.KEEP_ALIVE);
    expectGoesOn(true);
  });
  it("not in HTTP/1.0 where the client says both", () => {
    head.minor = 0;
    head.set(HeadFlag.KEEP_ALIVE);
    head.set(HeadFlag.CLOSE);
    expectGoesOn(false);
  });
  it("up to its number of requests", () => {
    settings.requestLimit = 3;
    const c = new Connection(0);
    expect(bytesOf(Response.empty(), c).includes("max=2\r\n")).toBe(true);
    beginRequest();
    expect(bytesOf(Response.empty(), c).includes("max=1\r\n")).toBe(true);
    beginRequest();
    expect(bytesOf(Response.empty(), c).includes("Connection: close\r\n")).toBe(true);
    expect(c.closing).toBe(true);
    expect(c.requests).toBe(3);
  });
  it("for one request", () => {
    settings.requestLimit = 1;
    expectGoesOn(false);
  });
});

function expectGoesOn(goesOn: bool): void {
  const c = new Connection(0);
  const bytes = bytesOf(Response.empty(), c);
  expect(bytes.includes("\r\nConnection: keep-alive\r\nKeep-Alive: ")).toBe(goesOn);
  expect(bytes.includes("\r\nConnection: close\r\n")).toBe(!goesOn);
  expect(c.closing).toBe(!goesOn);
}

describe("an answer that the peer does not take", () => {
  it("is kept for it, and marked as sent", () => {
    clearHead(head);
    freeShared();
    const c = new Connection(0);
    const response = Response.plain("hi");
    expect(answer(c, response)).toBe(false);
    expect(<i32>c.state).toBe(<i32>State.SENDING);
    expect(<i32>response.use).toBe(<i32>Use.SENT);
  });
  it("is kept as it was, whatever the next answer is", () => {
    const c = new Connection(0);
    answer(c, Response.plain("first"));
    beginRequest();
    bytesOf(Response.plain("SECOND"));
    expect(c.queue!.toString().endsWith("\r\n\r\nfirst")).toBe(true);
  });
});
