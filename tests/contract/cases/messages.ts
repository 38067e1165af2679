/** What handlers see of a request and what becomes of their answers. The routes are those of tests/apps/kitchen. */

import { accepted, CLIENT, chunked, request, withContent, type Case, type Expected } from "../case.js";

/** GET requests and the text that each is answered with. */
function answers(name: string, texts: Readonly<Record<string, string>>): Case[] {
  return Object.entries(texts).flatMap(([target, body]) =>
    accepted({ [`${name}: ${target}`]: request("GET", target) }, { status: 200, body }),
  );
}

/** GET requests and what each is answered with. */
function gets(responses: Readonly<Record<string, Expected>>): Case[] {
  return Object.entries(responses).flatMap(([target, expected]) =>
    accepted({ [`GET ${target}`]: request("GET", target) }, expected),
  );
}

/** GET /field with these field lines. */
function field(lines: string): string {
  return request("GET", "/field", lines);
}

/** POST /reading with JSON that is read into a class, and written again. */
function reading(json: string, body: string): Case[] {
  const fields = { "Content-Type": "application/json" };
  return accepted(
    { [`JSON ${json.slice(0, 60)}`]: withContent("POST", "/reading", json) },
    { status: 201, body, fields },
  );
}

/** POST /reading with JSON that does not fit the class, and the reason. */
function unreadable(json: string, reason: RegExp): Case[] {
  return accepted(
    { [`JSON ${json.slice(0, 60)}`]: withContent("POST", "/reading", json) },
    { status: 400, body: reason },
  );
}

const PLAIN = { "Content-Type": "text/plain; charset=utf-8" };

export const messages: readonly Case[] = [
  ...answers("query", {
    "/query": "",
    "/query?": "",
    "/query?a=1&b=2": "a=1;b=2",
    "/query?a": "a=",
    "/query?a=": "a=",
    "/query?a=b=c": "a=b=c",
    "/query?a=1&a=2&a=": "a=1,2,",
    "/query?&&a=1&&": "a=1",
    "/query?a=x+y": "a=x y",
    "/query?a=x%2By": "a=x+y",
    "/query?a%20b=%26%3D": "a b=&=",
    "/query?a=%C3%A9": "a=\xc3\xa9",
    "/query?a=%e9": "a=\xef\xbf\xbd",
    "/query?a=%": "a=%",
    "/query?a=%zz": "a=%zz",
    "/query?a=?/": "a=?/",
  }),

  ...accepted({ "a field that is absent": field("") }, { status: 200, body: "none" }),
  ...accepted({ "an empty field": field("X-Test:\r\n") }, { status: 200, body: "[]" }),
  ...accepted({ "a field with white space around": field("x-TEST: \t a b\t \r\n") }, { status: 200, body: "[a b]" }),
  ...accepted(
    { "a field of several lines": field("X-Test: a\r\nY: z\r\nX-Test: b\r\n") },
    { status: 200, body: "[a, b]" },
  ),
  ...accepted({ "a field in UTF-8": field("X-Test: Zo\xc3\xab\r\n") }, { status: 200, body: "[Zo\xc3\xab]" }),

  ...accepted(
    { "the parts of a request": withContent("POST", "/request?a=b", "hi \xc3\xa9") },
    { status: 200, body: `POST|/request|/request?a=b|5|hi \xc3\xa9|${CLIENT}` },
  ),
  ...accepted(
    { "the parts of a request in absolute-form": request("GET", "http://x:80/%72equest?a") },
    { status: 200, body: `GET|/request|http://x:80/%72equest?a|0||${CLIENT}` },
  ),
  ...accepted(
    { "chunks at another path": chunked("2\r\nhi\r\n0\r\n\r\n").replace("/echo", "/request") },
    { status: 200, body: `POST|/request|/request|2|hi|${CLIENT}` },
  ),

  ...reading("{}", '{"temperature": 0.0, "humidity": 50, "name": "", "tags": []}'),
  ...reading(
    ' {"name":"Zo\\u00eb \xe2\x82\xac\\n","humidity":255,\n"temperature":-21.5, "more": [1, {"a": null}], "tags":["a","b"]}\t',
    '{"temperature": -21.5, "humidity": 255, "name": "Zo\xc3\xab \xe2\x82\xac\\n", "tags": ["a", "b"]}',
  ),
  ...unreadable("", /expected .* at byte 0/),
  ...unreadable("{", /at byte 1/),
  ...unreadable("[]", /at byte 0/),
  ...unreadable("{} x", /at byte 3/),
  ...unreadable('{"humidity":1,}', /at byte 14/),
  ...unreadable('{"humidity":"40"}', /humidity: expected a number at byte 12/),
  ...unreadable('{"humidity":256}', /humidity: .*at byte 12/),
  ...unreadable('{"humidity":-1}', /humidity: .*at byte 12/),
  ...unreadable('{"humidity":1.5}', /humidity: .*at byte 12/),
  ...unreadable('{"temperature":01}', /temperature: .*at byte 1[56]/),
  ...unreadable('{"name":"\xff"}', /name: .*at byte 9/),
  ...unreadable('{"name":"a\nb"}', /name: .*at byte 10/),
  ...unreadable('{"name":"abc', /at byte 12/),
  ...unreadable('{"tags":["a",5]}', /tags\[1\]: expected a string at byte 13/),
  ...unreadable("[".repeat(5000), /at byte/),
  ...unreadable(`{"x":${"[".repeat(5000)}`, /at byte/),

  ...gets({
    "/html": { status: 200, body: "<p>\xc3\xa4</p>", fields: { "Content-Type": "text/html; charset=utf-8" } },
    "/unicode": {
      status: 200,
      body: "Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x98\x80",
      fields: { ...PLAIN, "Content-Length": "13" },
    },
    "/bytes": { status: 200, body: "\0\0\0", fields: { "Content-Type": "application/x-three", "Content-Length": "3" } },
    "/empty": { status: 204, body: "" },
    "/redirect": { status: 303, body: "", fields: { Location: "/hello?a=b", "Content-Length": "0" } },
    "/error": { status: 404, body: '{"error": "no \\"such\\" thing", "code": 404}' },
    "/twice": { status: 200, body: "", fields: { "X-A": "1, 2" } },
    "/set?value=a%20b": { status: 200, body: "set", fields: { "X-Set": "a b" } },
    "/set?name=Content-Type&value=text/x": { status: 200, body: "set", fields: { "Content-Type": "text/x" } },
    "/large/1": { status: 200, body: "x" },
    "/large/1023": { status: 200, body: "x".repeat(1023) },
    "/large/1024": { status: 200, body: "x".repeat(1024) },
    "/large/1025": { status: 200, body: "x".repeat(1025) },
    "/large/3000": { status: 200, body: "x".repeat(3000) },
    "/large/9000": { status: 200, body: "x".repeat(9000) },
    "/status/200": { status: 200, body: "content" },
    "/status/201": { status: 201, body: "content" },
    "/status/204": { status: 204, body: "", fields: { "Content-Length": null } },
    "/status/304": { status: 304, body: "" },
    "/status/404": { status: 404, body: "content", fields: PLAIN },
    "/status/500": { status: 500, body: "content", fields: PLAIN },
    "/status/503": { status: 503, body: "content" },
  }),
  ...accepted(
    { "HEAD of large content": request("HEAD", "/large/9000") },
    { status: 200, method: "HEAD", fields: { "Content-Length": "9000" } },
  ),

  ...accepted(
    { "twenty answers at once that take memory": request("GET", "/large/2000").repeat(20) },
    ...Array.from({ length: 20 }, (): Expected => ({ status: 200, body: "x".repeat(2000) })),
  ),

  // A handler's mistake costs its own request.
  ...gets({
    "/set?value=a%0d%0aX-Evil:%201": { status: 500 },
    "/set?value=a%0ab": { status: 500 },
    "/set?value=a%0db": { status: 500 },
    "/set?value=a%00b": { status: 500 },
    "/set?name=a%20b": { status: 500 },
    "/set?name=": { status: 500 },
    "/set?name=X:&value=y": { status: 500 },
    "/set?name=Content-Length&value=5": { status: 500 },
    "/set?name=transfer-encoding&value=chunked": { status: 500 },
    "/set?name=Connection&value=upgrade": { status: 500 },
    "/status/0": { status: 500 },
    "/status/99": { status: 500 },
    "/status/100": { status: 500 },
    "/status/600": { status: 500 },
    "/status/2147483647": { status: 500 },
    "/abort": { status: 500 },
    "/index": { status: 500 },
    "/loop": { status: 500 },
  }),
];
