/** What the app of `tests/apps/static` answers, as data: requests for the files of `makeStaticTree`. */

import type { Response } from "../../host/sandbox/index.js";
import { checkResponse } from "./check.js";
import { BIG, makeTree, MODIFIED, pattern } from "./files.js";

const LAST_MODIFIED = "Tue, 14 Nov 2023 22:13:20 GMT";
const TIME = MODIFIED.toString(16);
/** Entity tags of hello.txt, and of app.js as it is and compressed. */
const HELLO_TAG = `"d-${TIME}"`;
const APP_TAG = `"11-${TIME}"`;
const APP_GZ_TAG = `"7-${TIME}-gz"`;

/** A folder with files and links; `remove` takes it away again. */
export function makeStaticTree(): { root: string; remove: () => void } {
  return makeTree(
    {
      "www/hello.txt": "Hello, static",
      "www/app.js": "let app = 'plain'",
      "www/app.js.gz": "zipped!",
      "www/only.css.gz": "only zipped",
      "www/index.html": "<h1>www</h1>",
      "www/empty.txt": "",
      "www/big.bin": pattern(BIG),
      "www/a..b.txt": "dots",
      "www/100%.txt": "per cent",
      "www/%41.txt": "not decoded twice",
      "www/ü €.txt": "name",
      "www/a+b&c.txt": "plus",
      "www/README": "no extension",
      "www/.env": "secret",
      "www/.git/config": "secret",
      "www/.well-known/security.txt": "contact",
      "www/docs/index.html": "<h1>docs</h1>",
      "www/docs/index.html.gz": "zipped docs",
      "www/docs/.hidden": "secret",
      "www/bare/x.txt": "x",
      "www/index-folder/index.html/x": "x",
      "www/site/index.html": "<h1>site</h1>",
      "www/site/style.css": "body {}",
      "www/site/.well-known/acme": "token",
      "secret.txt": "secret",
    },
    { "www/link.txt": "hello.txt", "www/outside": "/etc", "www/up.txt": "../secret.txt", "www/loop": "loop" },
  );
}

export interface StaticCase {
  readonly target: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Fields of the answer; null for one that it must not have. */
  readonly fields?: Readonly<Record<string, string | null>>;
  /** The content, where it is told. */
  readonly text?: string;
}

/** Checks a response against what is expected and against the rules for all. */
export function checkStatic(response: Response, { method, status, fields, text }: StaticCase): void {
  checkResponse(response, {
    status,
    ...(method === "HEAD" && { method }),
    ...(fields && { fields }),
    ...(text !== undefined && { body: text }),
  });
}

type Case = readonly [name: string, expected: StaticCase];

function get(target: string, text: string, fields: StaticCase["fields"] = {}): StaticCase {
  return { target, status: 200, text, fields: { "content-length": String(Buffer.byteLength(text)), ...fields } };
}

function refused(status: number, ...targets: readonly string[]): Case[] {
  return targets.map((target) => [`${status} for ${JSON.stringify(target)}`, { target, status }]);
}

/** A condition on hello.txt. */
function condition(status: number, headers: StaticCase["headers"], more: Partial<StaticCase> = {}): StaticCase {
  return { target: "/static/hello.txt", headers, status, ...more };
}

/** A range of hello.txt. */
function range(value: string, status: number, contentRange: string | null, text?: string): Case {
  const fields = { "content-range": contentRange };
  const content = text === undefined ? {} : { text };
  return [`${value}: ${status}`, condition(status, { Range: value }, { fields, ...content })];
}

const gzip = { "Accept-Encoding": "gzip, br" };

export const staticCases: Readonly<Record<string, readonly Case[]>> = {
  "a file": [
    [
      "has length, type, validators and lifetime",
      get("/static/hello.txt", "Hello, static", {
        "content-type": "text/plain; charset=utf-8",
        etag: HELLO_TAG,
        "last-modified": LAST_MODIFIED,
        "cache-control": "public, max-age=3600",
        "accept-ranges": "bytes",
        vary: "Accept-Encoding",
        "content-encoding": null,
        "content-range": null,
        "transfer-encoding": null,
      }),
    ],
    ["is asked for each time with maxAge 0", get("/fresh/hello.txt", "Hello, static", { "cache-control": "no-cache" })],
    [
      "has no lifetime where maxAge is negative",
      get("/silent/hello.txt", "Hello, static", { "cache-control": null, etag: HELLO_TAG }),
    ],
    [
      "answers HEAD with the same fields and no content",
      {
        ...get("/static/hello.txt", "", { "content-length": "13", "content-type": "text/plain; charset=utf-8" }),
        method: "HEAD",
      },
    ],
    ["may be empty", get("/static/empty.txt", "")],
    ["may have two dots in its name", get("/static/a..b.txt", "dots")],
    ["may have a percent sign in its name", get("/static/100%25.txt", "per cent")],
    ["is decoded once", get("/static/%2541.txt", "not decoded twice")],
    ["may have any name", get("/static/%C3%BC%20%E2%82%AC.txt", "name")],
    ["may have a plus sign in its name", get("/static/a+b%26c.txt", "plus")],
    [
      "has a type without an extension",
      get("/static/README", "no extension", { "content-type": "application/octet-stream" }),
    ],
    ["has nothing to do with the query", get("/static/hello.txt?v=3", "Hello, static")],
    ["is found below parameters", get("/users/ada/files/hello.txt", "Hello, static")],
    ["is found from the root of all files", get("/all/www/hello.txt", "Hello, static")],
    ["passes the middleware of its routes", get("/seen/hello.txt", "Hello, static", { "x-seen": "200" })],
    ["is served below .well-known", get("/static/.well-known/security.txt", "contact")],
  ],

  "a method other than GET and HEAD": ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"].flatMap((method) =>
    ["/static/hello.txt", "/static/nowhere", "/static/", "/static"].map((target): Case => [
      `is refused: ${method} ${target}`,
      { target, method, status: 405, fields: { allow: "GET, HEAD" } },
    ]),
  ),

  "a folder": [
    ["shows its index", get("/static/docs/", "<h1>docs</h1>", { "content-type": "text/html; charset=utf-8" })],
    ["is the mounted one, too", get("/static/", "<h1>www</h1>")],
    [
      "sends to the path with a slash",
      { target: "/static/docs", status: 301, text: "", fields: { location: "/static/docs/" } },
    ],
    [
      "keeps the query",
      { target: "/static/docs?a=b&c=%20", status: 301, fields: { location: "/static/docs/?a=b&c=%20" } },
    ],
    [
      "sends HEAD there",
      { target: "/static/docs", method: "HEAD", status: 301, fields: { location: "/static/docs/" } },
    ],
    ["keeps the encoding", { target: "/static/d%6fcs", status: 301, fields: { location: "/static/d%6fcs/" } }],
    ["sends there from the mounted one", { target: "/static", status: 301, fields: { location: "/static/" } }],
    ["sends there with its query", { target: "/static?x", status: 301, fields: { location: "/static/?x" } }],
    ["has no list of its files", { target: "/static/bare/", status: 404 }],
    ["is no index itself", { target: "/static/index-folder/", status: 404 }],
    ["is below parameters", { target: "/users/ada/files", status: 301, fields: { location: "/users/ada/files/" } }],
    [
      "shows its compressed index",
      {
        ...get("/static/docs/", "zipped docs", {
          "content-encoding": "gzip",
          "content-type": "text/html; charset=utf-8",
        }),
        headers: gzip,
      },
    ],
  ],

  "the app's own routes come first": [
    ["a file mounted at / is found", get("/style.css", "body {}", { "cache-control": "public, max-age=60" })],
    ["one below .well-known, too", get("/.well-known/acme", "token")],
    ["but / is the app's", get("/", "the app's own")],
    ["as is a file's path", get("/own/hello.txt", "own file")],
    ["or that of the folder, registered later", get("/own/", "own")],
    ["or by another method", { target: "/own/", method: "POST", status: 200, text: "posted" }],
    ["HEAD goes with GET", { target: "/own/", method: "HEAD", status: 200, fields: { "content-length": "3" } }],
    ["what is nowhere is 404", { target: "/nowhere.html", status: 404 }],
  ],

  "a path out of the folder, or to no file": [
    ...refused(
      403,
      "/static/../secret.txt",
      "/static/docs/./",
      "/static/docs/../hello.txt",
      "/static/docs/../../secret.txt",
      "/static/%2e%2e/secret.txt",
      "/static/.%2E/secret.txt",
      "/static/%2E./%2E./etc/passwd",
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/static/..",
      "/static/link.txt",
      "/static/up.txt",
      "/static/outside/passwd",
      "/static/outside",
      "/static/loop",
      "/all/fifo",
    ),
    ...refused(
      400,
      "/static/..%2fsecret.txt",
      "/static/%2e%2e%2Fsecret.txt",
      "/static/docs%2fx.txt",
      "/static/hello.txt%00",
      "/static/%00",
      "/static/hello.txt%00.png",
      "/static/..\\secret.txt",
      "/static/..%5csecret.txt",
      "/static/docs%5C..%5Csecret.txt",
      "/static/hello%0d%0aX:y",
      "/static/%7f",
      "/static/%",
      "/static/%4",
      "/static/%zz",
    ),
    ...refused(
      404,
      "/static/nowhere.txt",
      "/static/hello.txt/",
      "/static/hello.txt/x",
      "/static/HELLO.TXT",
      "/static//hello.txt",
      "/static/docs//index.html",
      "//hello.txt",
      "//docs",
      "/static/.env",
      "/static/%2eenv",
      "/static/.git/config",
      "/static/docs/.hidden",
      "/static/docs/.well-known/x",
      "/static/%252e%252e/secret.txt",
      "/static/%25%32%65%25%32%65/secret.txt",
      "/static/...",
      "/static/%c0%ae%c0%ae/secret.txt",
      "/static/%e0%80%ae/x",
      "/static/only.css.gz.gz",
      `/static/${"a".repeat(250)}`,
      `/static/${"a".repeat(256)}`,
      `/static/${"a/".repeat(2000)}`,
    ),
    ["a refusal passes the middleware, too", { target: "/seen/.env", status: 404, fields: { "x-seen": "404" } }],
  ],

  "a condition": [
    [
      "If-None-Match: 304 with what a 304 needs",
      condition(
        304,
        { "If-None-Match": HELLO_TAG },
        {
          text: "",
          fields: {
            etag: HELLO_TAG,
            "cache-control": "public, max-age=3600",
            vary: "Accept-Encoding",
            "content-type": null,
            "content-length": null,
            "accept-ranges": null,
          },
        },
      ),
    ],
    ["If-None-Match in a list", condition(304, { "If-None-Match": `"x", W/${HELLO_TAG}` })],
    ["If-None-Match: any", condition(304, { "If-None-Match": "*" })],
    ["If-None-Match of HEAD", condition(304, { "If-None-Match": HELLO_TAG }, { method: "HEAD" })],
    ["If-None-Match of another version", condition(200, { "If-None-Match": '"d-1"' }, { text: "Hello, static" })],
    [
      "If-None-Match of the compressed form",
      { target: "/static/app.js", headers: { "If-None-Match": APP_GZ_TAG }, status: 200 },
    ],
    [
      "If-None-Match of the compressed form, which the client takes",
      {
        target: "/static/app.js",
        headers: { ...gzip, "If-None-Match": APP_GZ_TAG },
        status: 304,
        fields: { etag: APP_GZ_TAG },
      },
    ],
    ["If-Modified-Since: not since", condition(304, { "If-Modified-Since": LAST_MODIFIED })],
    ["If-Modified-Since: since", condition(200, { "If-Modified-Since": "Tue, 14 Nov 2023 22:13:19 GMT" })],
    [
      "If-None-Match comes before If-Modified-Since",
      condition(200, { "If-None-Match": '"x"', "If-Modified-Since": LAST_MODIFIED }),
    ],
    ["If-Match", condition(200, { "If-Match": HELLO_TAG })],
    [
      "If-Match of another version: 412 in JSON",
      condition(412, { "If-Match": '"x"' }, { text: '{"error": "Precondition Failed", "code": 412}' }),
    ],
    ["If-Unmodified-Since", condition(412, { "If-Unmodified-Since": "Tue, 14 Nov 2023 22:13:19 GMT" })],
    [
      "is seen by middleware",
      { target: "/seen/hello.txt", headers: { "If-None-Match": "*" }, status: 304, fields: { "x-seen": "304" } },
    ],
    ["on what is missing is 404", { target: "/static/nowhere", headers: { "If-Match": '"x"' }, status: 404 }],
  ],

  "a range": [
    range("bytes=0-4", 206, "bytes 0-4/13", "Hello"),
    range("bytes=7-", 206, "bytes 7-12/13", "static"),
    range("bytes=-6", 206, "bytes 7-12/13", "static"),
    range("bytes=12-12", 206, "bytes 12-12/13", "c"),
    range("bytes=7-99", 206, "bytes 7-12/13", "static"),
    range("bytes=-99", 206, "bytes 0-12/13", "Hello, static"),
    range("bytes=13-", 416, "bytes */13", '{"error": "Range Not Satisfiable", "code": 416}'),
    range("bytes=-0", 416, "bytes */13"),
    range("bytes=0-0,2-2", 200, null, "Hello, static"),
    range("bytes=5-3", 200, null, "Hello, static"),
    range("lines=1-2", 200, null, "Hello, static"),
    range("bytes=x", 200, null, "Hello, static"),
    [
      "of HEAD is ignored",
      condition(
        200,
        { Range: "bytes=0-4" },
        { method: "HEAD", fields: { "content-length": "13", "content-range": null } },
      ),
    ],
    ["of an empty file", { target: "/static/empty.txt", headers: { Range: "bytes=0-" }, status: 416 }],
    ["If-Range of this version", condition(206, { Range: "bytes=0-4", "If-Range": HELLO_TAG }, { text: "Hello" })],
    ["If-Range of its date", condition(206, { Range: "bytes=0-4", "If-Range": LAST_MODIFIED }, { text: "Hello" })],
    [
      "If-Range of another version",
      condition(200, { Range: "bytes=0-4", "If-Range": '"x"' }, { text: "Hello, static" }),
    ],
    ["If-Range that is weak", condition(200, { Range: "bytes=0-4", "If-Range": `W/${HELLO_TAG}` })],
    [
      "has the fields of the whole",
      condition(
        206,
        { Range: "bytes=0-4" },
        {
          fields: {
            "content-length": "5",
            etag: HELLO_TAG,
            "last-modified": LAST_MODIFIED,
            "cache-control": "public, max-age=3600",
            "content-type": "text/plain; charset=utf-8",
          },
        },
      ),
    ],
    ["of a version that the client has", condition(304, { Range: "bytes=0-4", "If-None-Match": HELLO_TAG })],
    [
      "counts the bytes of the compressed form",
      {
        target: "/static/app.js",
        headers: { ...gzip, Range: "bytes=2-4" },
        status: 206,
        text: "ppe",
        fields: { "content-range": "bytes 2-4/7", "content-encoding": "gzip", etag: APP_GZ_TAG },
      },
    ],
  ],

  "a compressed form": [
    [
      "is sent to clients that take it, under the type of the file",
      {
        ...get("/static/app.js", "zipped!", {
          "content-encoding": "gzip",
          "content-type": "text/javascript; charset=utf-8",
          vary: "Accept-Encoding",
          etag: APP_GZ_TAG,
        }),
        headers: gzip,
      },
    ],
    [
      "is not sent to others",
      get("/static/app.js", "let app = 'plain'", { "content-encoding": null, vary: "Accept-Encoding", etag: APP_TAG }),
    ],
    [
      "is not sent where it is refused",
      { ...get("/static/app.js", "let app = 'plain'"), headers: { "Accept-Encoding": "gzip;q=0, *" } },
    ],
    [
      "is sent to all where there is nothing else",
      get("/static/only.css", "only zipped", { "content-encoding": "gzip", "content-type": "text/css; charset=utf-8" }),
    ],
    [
      "can be asked for as a file",
      {
        ...get("/static/app.js.gz", "zipped!", { "content-encoding": null, "content-type": "application/gzip" }),
        headers: gzip,
      },
    ],
    [
      "need not be there",
      { ...get("/static/hello.txt", "Hello, static", { "content-encoding": null }), headers: gzip },
    ],
  ],

  "Response.file": [
    [
      "is a file with validators, and without a lifetime",
      get("/one", "Hello, static", {
        etag: HELLO_TAG,
        "cache-control": null,
        "content-type": "text/plain; charset=utf-8",
      }),
    ],
    ["answers conditions", { target: "/one", headers: { "If-None-Match": HELLO_TAG }, status: 304 }],
    ["answers ranges", { target: "/one", headers: { Range: "bytes=-3" }, status: 206, text: "tic" }],
    [
      "has the type, lifetime and fields that it is given",
      get("/typed", "Hello, static", {
        "content-type": "text/x-greeting",
        "cache-control": "public, max-age=5",
        "x-more": "1",
      }),
    ],
    ["has the type that it is given as a field", get("/retyped", "Hello, static", { "content-type": "text/x-other" })],
    [
      "is sent whole under a status of its own",
      {
        target: "/missing",
        headers: { "If-None-Match": "*", Range: "bytes=0-1" },
        status: 404,
        text: "<h1>www</h1>",
        fields: { "content-type": "text/html; charset=utf-8", etag: null, "accept-ranges": null },
      },
    ],
    ["is 404 where there is none", { target: "/absent", status: 404, fields: { "content-type": "application/json" } }],
    ["is 403 outside of the files", { target: "/outside", status: 403 }],
    ["is 404 for a folder", { target: "/folder", status: 404 }],
    [
      "may be saved under a name",
      get("/report", "Hello, static", { "content-disposition": 'attachment; filename="report.txt"' }),
    ],
    [
      "may be the second of a handler",
      get("/two", "let app = 'plain'", { "content-type": "text/javascript; charset=utf-8" }),
    ],
  ],
};
