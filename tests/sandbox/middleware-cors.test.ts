/** Cors: row 31 of what the original does, and the Fetch standard's CORS protocol. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, type App, type Response } from "../../host/sandbox/index.js";

const MIDDLEWARE = new URL("../../../tests/apps/middleware", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(MIDDLEWARE)).wasm;
});

/** An app whose Cors is told something, which tests/apps/middleware names. */
const start = (cors: string): Promise<App> => load(wasm, { files: { "/cors": cors } });

/** The fields of the CORS protocol, and Vary. */
function fields({ headers }: Response): Record<string, string> {
  const all = [...headers].map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(all.filter(([name]) => /^(vary|access-control-.*)$/.test(name ?? ""))) as Record<
    string,
    string
  >;
}

const PREFLIGHT = { "Access-Control-Request-Method": "PUT" };
const VARY = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

describe("Cors for any origin", () => {
  it("tells that whoever asks may read", async () => {
    const app = await start("any");
    for (const headers of [[["Origin", "https://a.example"]], [["Origin", "null"]], []] as [string, string][][]) {
      const response = await app.fetch("/group/in", { headers });
      assert.deepEqual([response.text, fields(response)], ["in", { "access-control-allow-origin": "*" }]);
    }
  });

  it("tells so of errors, too", async () => {
    const app = await start("any");
    assert.equal((await app.fetch("/nothing")).headers.get("access-control-allow-origin"), "*");
    assert.equal((await app.fetch("/group/in", { method: "PUT" })).headers.get("access-control-allow-origin"), "*");
  });

  for (const target of ["/group/in", "/no/such/route"]) {
    it(`answers a preflight request for ${target}`, async () => {
      const response = await (
        await start("any")
      ).fetch(target, {
        method: "OPTIONS",
        headers: { ...PREFLIGHT, origin: "https://a.example", "Access-Control-Request-Headers": "content-type" },
      });
      assert.deepEqual([response.status, response.text], [204, ""]);
      assert.deepEqual(fields(response), {
        vary: VARY,
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET,HEAD,POST,PUT,PATCH,DELETE",
        "access-control-allow-headers": "Content-Type,Authorization",
        "access-control-max-age": "600",
      });
    });
  }

  for (const [name, method, headers] of [
    ["without Origin", "OPTIONS", PREFLIGHT],
    ["without Access-Control-Request-Method", "OPTIONS", { Origin: "https://a.example" }],
    ["of another method", "DELETE", { ...PREFLIGHT, Origin: "https://a.example" }],
  ] as const) {
    it(`takes a request ${name} for none`, async () => {
      const response = await (await start("any")).fetch("/group/in", { method, headers });
      assert.deepEqual([response.status, fields(response)], [405, { "access-control-allow-origin": "*" }]);
    });
  }
});

describe("Cors for a list of origins", () => {
  const allowed = (origin: string): Record<string, string> => ({
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "X-Three",
  });

  for (const origin of ["https://a.example", "http://b.example:8080"]) {
    it(`names ${origin}, which is on it`, async () => {
      const response = await (await start("list")).fetch("/group/in", { headers: { Origin: origin } });
      assert.deepEqual([response.text, fields(response)], ["in", allowed(origin)]);
    });
  }

  for (const origin of [
    "https://c.example",
    "https://a.example.evil",
    "https://a.exampl",
    "https://a.example:443",
    "http://a.example",
    "https://A.example",
    "https://a.example,http://b.example:8080",
    "a.example",
    "null",
    "",
    undefined,
  ]) {
    it(`does not name ${origin === undefined ? "a missing one" : `"${origin}"`}`, async () => {
      const headers: [string, string][] = origin === undefined ? [] : [["Origin", origin]];
      const response = await (await start("list")).fetch("/group/in", { headers });
      assert.deepEqual([response.text, fields(response)], ["in", { vary: "Origin" }]);
    });
  }

  it("answers a preflight request of one that is on it", async () => {
    const headers = { ...PREFLIGHT, Origin: "http://b.example:8080" };
    const response = await (await start("list")).fetch("/group/in", { method: "OPTIONS", headers });
    assert.deepEqual(
      [response.status, fields(response)],
      [
        204,
        {
          ...allowed("http://b.example:8080"),
          vary: VARY,
          "access-control-allow-methods": "GET,PUT",
          "access-control-allow-headers": "X-One,X-Two",
          "access-control-max-age": "5",
        },
      ],
    );
  });

  it("answers a preflight request of another one without saying that it may", async () => {
    const headers = { ...PREFLIGHT, Origin: "https://c.example" };
    const response = await (await start("list")).fetch("/group/in", { method: "OPTIONS", headers });
    assert.deepEqual([response.status, fields(response)], [204, { vary: VARY }]);
  });

  it("reads the Origin again behind a wait", async () => {
    const app = await start("list");
    const headers = { Origin: "https://a.example" };
    const response = await app.fetch("/slow/both/x", { headers });
    assert.equal(response.headers.get("access-control-allow-origin"), "https://a.example");
  });
});

describe("Cors refuses to start", () => {
  for (const [cors, reason] of [
    ["any with credentials", 'Cors: allowCredentials needs a list of origins, not "*"'],
    ["age", "Cors.maxAge must be 0 to 86400, not -1"],
    ["injected", "a field value has no control characters: GET\r\nX: y"],
    ...[
      "https://a.example\r\nX: y",
      "https://*.example",
      "https://a.example/",
      "https://a.example/path",
      "https://",
      "https:/a.example",
      "https:///",
      "https//a.example",
      "://a.example",
      "a.example",
      "*",
      `https://${"a".repeat(248)}`,
      "",
    ].map((origin) => [
      `https://b.example, ${origin}`,
      `Cors: an origin is as https://a.example:8080; not all are in https://b.example, ${origin}`.slice(0, 120),
    ]),
  ] as [string, string][]) {
    it(`with ${JSON.stringify(cors)}`, async () => {
      await assert.rejects(
        start(cors),
        (error: Error) => error.message.startsWith(reason) || assert.equal(error.message, reason),
      );
    });
  }
});
