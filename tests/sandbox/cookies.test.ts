/** Cookies that come and go: `req.cookies`, `Response.cookie`, `Response.clearCookie`. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App } from "../../host/sandbox/index.js";

const UPLOADS = new URL("../../../tests/apps/uploads", import.meta.url).pathname;

let app: App;
before(async () => {
  app = await load((await buildApp(UPLOADS)).wasm);
});

describe("a request's cookie", () => {
  const cases: [field: string, value: string][] = [
    ["sid=abc", "[abc] true"],
    ["a=1; sid=abc; b=2", "[abc] true"],
    ["sid=a; sid=b", "[a] true"],
    ['sid="abc"', "[abc] true"],
    ["sid=", "[] true"],
    ["SID=abc", "none false"],
    ["xsid=abc", "none false"],
    ["", "none false"],
  ];
  for (const [field, value] of cases) {
    it(`"${field}"`, async () =>
      assert.equal((await app.fetch("/cookies/sid", { headers: { Cookie: field } })).text, value));
  }

  it("is not there without a field", async () => assert.equal((await app.fetch("/cookies/sid")).text, "none false"));

  it("may be in the second of two fields", async () => {
    const headers: [string, string][] = [
      ["cookie", "a=1"],
      ["X-Other", "sid=no"],
      ["COOKIE", "sid=abc"],
    ];
    assert.equal((await app.fetch("/cookies/sid", { headers })).text, "[abc] true");
  });
});

describe("Set-Cookie", () => {
  it("has safe attributes unless told otherwise, and one field for each cookie", async () => {
    const { headers, text } = await app.fetch("/set");
    assert.equal(text, "set");
    assert.deepEqual(headers.getAll("set-cookie"), [
      "sid=abc; Path=/; HttpOnly; SameSite=Lax",
      "theme=dark; Path=/app; Domain=example.com; Max-Age=3600; Secure; SameSite=Strict",
      "old=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
      "older=; Path=/app; Max-Age=0; HttpOnly; SameSite=Lax",
    ]);
  });

  const refusals: [path: string, reason: RegExp][] = [
    ["/set-bad", /^a cookie's name must be a token: a b at /],
    ["/set-value?value=a;b", /^encode the value, it has characters that a cookie cannot have: a at /],
    ["/set-value?value=a%0d%0aX:+y", /^encode the value/],
    ["/set-value?value=%C3%AB", /^encode the value/],
  ];
  for (const [path, reason] of refusals) {
    it(`is refused where it is malformed: ${path}`, async () => {
      const response = await app.fetch(path);
      assert.deepEqual([response.status, response.headers.has("set-cookie")], [500, false]);
      assert.match(app.log.at(-1)?.text ?? "", reason);
    });
  }
});
