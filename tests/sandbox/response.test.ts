/** The strict response reader: it must not forgive what the contract cases are there to find. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseResponse, ResponseError } from "../../host/sandbox/index.js";

const parse = (text: string, options = {}) => parseResponse(Buffer.from(text, "latin1"), options);

describe("responses that are read", () => {
  const cases: [name: string, text: string, content: string, framing: string, options?: object][] = [
    ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP", "hi", "length"],
    [
      "chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
      "hi0123456789",
      "chunked",
    ],
    ["the end of the connection", "HTTP/1.0 200 OK\r\n\r\nhi", "hi", "close", { ended: true }],
    ["none for HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "", "none", { method: "HEAD" }],
    ["none for 304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", "", "none"],
    ["an interim response before it", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", "", "none"],
  ];
  for (const [name, text, content, framing, options] of cases) {
    it(name, () => {
      const found = parse(text, options);
      assert.equal(found?.response.text, content);
      assert.equal(found.response.framing, framing);
    });
  }

  it("keeps duplicate fields in order", () => {
    const fields = parse("HTTP/1.1 204 No Content\r\nA: 1\r\nB: 2\r\na: 3\r\n\r\n")?.response.headers;
    assert.deepEqual([fields?.get("a"), fields?.getAll("A"), fields?.has("c")], ["1, 3", ["1", "3"], false]);
  });

  it("knows whether the connection goes on", () => {
    const keeps = (head: string) => parse(`HTTP/${head}\r\nContent-Length: 0\r\n\r\n`)?.response.keepAlive;
    assert.equal(keeps("1.1 200 OK"), true);
    assert.equal(keeps("1.1 200 OK\r\nConnection: close"), false);
    assert.equal(keeps("1.0 200 OK"), false);
    assert.equal(keeps("1.0 200 OK\r\nConnection: Keep-Alive"), true);
  });
});

describe("responses that are incomplete", () => {
  const whole =
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  it("are waited for, and an error at the end of the connection", () => {
    for (let n = 0; n < whole.length; n++) {
      assert.equal(parse(whole.slice(0, n)), null, `after ${n} bytes`);
      assert.throws(() => parse(whole.slice(0, n), { ended: true }), ResponseError);
    }
    assert.equal(parse(whole)?.response.text, "abc");
  });
});

describe("responses that are refused", () => {
  const cases: [name: string, text: string][] = [
    ["a bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n"],
    ["a status of two digits", "HTTP/1.1 20 OK\r\n\r\n"],
    ["a missing blank before the reason", "HTTP/1.1 200\r\n\r\n"],
    ["another version", "HTTP/2.0 200 OK\r\n\r\n"],
    ["a blank before the colon", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n"],
    ["a folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n"],
    ["a control in a value", "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n"],
    ["a length with a sign", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na"],
    ["a length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["a 204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"],
    ["a chunk longer than its size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"],
    ["a chunk size that is no number", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n"],
  ];
  for (const [name, text] of cases) it(name, () => assert.throws(() => parse(text), ResponseError));
});
