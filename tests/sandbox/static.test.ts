/** Static files and file responses, on the sandbox's files. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import {
  load,
  parseResponse,
  type App,
  type Connection,
  type LoadOptions,
  type Response,
} from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";
import { BIG, pattern } from "../contract/files.js";
import { checkStatic, makeStaticTree, staticCases } from "../contract/static.js";

const APP = new URL("../../../tests/apps/static", import.meta.url).pathname;

let wasm: string;
const tree = makeStaticTree();
before(async () => {
  wasm = (await buildApp(APP)).wasm;
});
after(() => tree.remove());

function start(options: LoadOptions = {}): Promise<App> {
  return load(wasm, { root: tree.root, ...options });
}

for (const [group, cases] of Object.entries(staticCases)) {
  describe(group, () => {
    let app: App;
    before(async () => {
      app = await start();
    });
    for (const [name, expected] of cases) {
      it(name, async () => {
        const { target, method = "GET", headers = {} } = expected;
        checkStatic(await app.fetch(target, { method, headers }), expected);
      });
    }
  });
}

/** The responses that have come on a connection, to requests of these methods. */
function responses(connection: Connection, ...methods: readonly string[]): Response[] {
  let output = connection.output;
  return methods.map((method) => {
    const found = parseResponse(output, { method, ended: connection.closed === "fin" });
    assert.ok(found, "no whole response");
    output = output.subarray(found.length);
    return found.response;
  });
}

function isBig(response: Response | undefined): boolean {
  return Buffer.from(response?.bytes ?? []).equals(pattern(BIG));
}

const HELLO = request("GET", "/static/hello.txt");
const BIG_FILE = request("GET", "/static/big.bin");

describe("requests for files", () => {
  it("are answered alike wherever they are cut", async () => {
    const app = await start();
    const bytes = request("GET", "/static/%68ello.txt?x", 'If-None-Match: "x"\r\nRange: bytes=0-4\r\n');
    for (let at = 1; at < bytes.length; at++) {
      const c = app.open().write(bytes.slice(0, at)).write(bytes.slice(at));
      assert.equal(responses(c, "GET")[0]?.text, "Hello", `cut at ${at}`);
      c.end();
    }
  });

  it("may be pipelined, and keep their order", async () => {
    const c = (await start()).open();
    c.write(
      BIG_FILE +
        request("HEAD", "/static/big.bin") +
        HELLO +
        request("GET", "/static/hello.txt", "If-None-Match: *\r\n") +
        request("GET", "/static/nowhere") +
        request("GET", "/") +
        BIG_FILE,
    );
    const found = responses(c, "GET", "HEAD", "GET", "GET", "GET", "GET", "GET");
    assert.deepEqual(
      found.map(({ status }) => status),
      [200, 200, 200, 304, 404, 200, 200],
    );
    assert.ok(isBig(found[0]) && isBig(found[6]));
    assert.equal(found[2]?.text, "Hello, static");
    assert.equal(c.closed, "no");
  });

  it("are answered by HTTP/1.0 with a length, and the end of the connection", async () => {
    const app = await start();
    const response = await app.fetch("/static/big.bin", { version: "1.0" });
    assert.equal(response.headers.get("content-length"), String(BIG));
    assert.equal(response.headers.get("connection"), "close");
    assert.ok(isBig(response));
  });

  it("find nothing where the host has no files", async () => {
    const app = await load(wasm);
    for (const target of ["/static/hello.txt", "/static/", "/one"]) assert.equal((await app.fetch(target)).status, 404);
  });

  it("are answered 500 where the storage fails, which is logged", async () => {
    const app = await start();
    app.files.broken = true;
    assert.equal((await app.fetch("/static/hello.txt")).status, 500);
    assert.deepEqual(app.log.at(-1), { level: "error", text: "cannot read the file /www/hello.txt" });
    app.files.broken = false;
    assert.equal((await app.fetch("/static/hello.txt")).status, 200);
  });

  it("are answered 503 while too many files are open", async () => {
    const app = await start();
    assert.equal((await app.fetch("/hoard")).text, "16");
    const response = await app.fetch("/static/hello.txt");
    assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "1"]);
    await app.fetch("/release");
    assert.equal((await app.fetch("/static/hello.txt")).status, 200);
  });

  it("are listed as routes", async () => {
    const routes = (await start()).routes().filter((line) => line.includes("/static"));
    assert.deepEqual(routes, ["GET /static/<path:path>", "GET /static/", "GET /static"]);
  });
});

describe("the time of a file", () => {
  const fields = ["etag", "last-modified"];
  async function timed(modified: number, startTime: number): Promise<(string | null)[]> {
    const app = await start({ startTime: new Date(startTime) });
    app.files.write("www/new.txt", "1234", new Date(modified));
    const response = await app.fetch("/static/new.txt");
    assert.equal(response.status, 200);
    return fields.map((field) => response.headers.get(field));
  }

  it("is not told where it is not known, nor is an entity tag", async () => {
    assert.deepEqual(await timed(0, Date.UTC(2026, 0, 1)), [null, null]);
  });

  it("is never after Date", async () => {
    const [etag, modified] = await timed(Date.UTC(2030, 0, 1), Date.UTC(2026, 0, 1));
    assert.deepEqual([etag, modified], ['"4-70dbd880"', "Thu, 01 Jan 2026 00:00:00 GMT"]);
  });

  it("is told where the server knows no time itself", async () => {
    const [, modified] = await timed(Date.UTC(2030, 0, 1), 0);
    assert.equal(modified, "Tue, 01 Jan 2030 00:00:00 GMT");
  });

  it("makes another version of a file that was written again", async () => {
    const app = await start({ files: { "www/note.txt": "first" } });
    const tag = (await app.fetch("/static/note.txt")).headers.get("etag") ?? "";
    const ask = () => app.fetch("/static/note.txt", { headers: { "If-None-Match": tag } });
    assert.equal((await ask()).status, 304);
    app.advance({ seconds: 1 });
    app.files.write("www/note.txt", "other");
    assert.equal((await ask()).text, "other");
  });
});

describe("an open file", () => {
  const [hello, conditional] = ["/static/hello.txt", { "If-None-Match": "*" }];
  const ways: readonly [name: string, send: (app: App) => unknown][] = [
    ["that was sent", (app) => app.fetch(hello)],
    ["of HEAD", (app) => app.fetch(hello, { method: "HEAD" })],
    ["that is empty", (app) => app.fetch("/static/empty.txt")],
    ["of a 304", (app) => app.fetch(hello, { headers: conditional })],
    ["of a 412", (app) => app.fetch(hello, { headers: { "If-Match": '"x"' } })],
    ["of a 416", (app) => app.fetch(hello, { headers: { Range: "bytes=99-" } })],
    ["whose answer is replaced", (app) => app.fetch("/replaced/hello.txt")],
    ["beside the one that is sent", (app) => app.fetch("/two")],
    ["whose handler traps", (app) => app.fetch("/trap")],
    ["whose client goes", (app) => app.open({ window: 1000 }).write(BIG_FILE).reset()],
    ["whose client goes before it has the head", (app) => app.open({ window: 10 }).write(BIG_FILE).reset()],
    [
      "whose client goes while the handler waits",
      (app) => app.open().write(request("GET", "/waiting/hello.txt")).reset(),
    ],
    ["that another takes the place of", (app) => Promise.all([app.fetch("/waiting/hello.txt"), app.fetch("/one")])],
  ];
  for (const [name, send] of ways) {
    it(`${name} is closed`, async () => {
      const app = await start();
      for (let i = 0; i < 40; i++) await send(app);
      assert.equal((await app.fetch(hello)).text, "Hello, static");
      assert.equal((await app.fetch("/hoard")).text, "16");
      app.advance({ minutes: 1 });
      assert.equal(app.connections, 0);
    });
  }

  it("whose answer is replaced does no harm", async () => {
    assert.equal((await (await start()).fetch("/replaced/hello.txt")).text, "replaced");
  });
});

describe("a file whose answer waits", () => {
  async function waiting(meanwhile: (app: App) => unknown): Promise<[status: number, text: string]> {
    const app = await start({ files: { "www/note.txt": "first", "www/note.txt.gz": "zipped" } });
    const c = app.open().write(request("GET", "/waiting/note.txt"));
    await meanwhile(app);
    app.advance({ ms: 100 });
    const [response] = responses(c, "GET");
    return [response?.status ?? 0, response?.text ?? ""];
  }

  it("is sent after that", async () => {
    assert.deepEqual(await waiting(() => {}), [200, "first"]);
  });

  it("is opened again where another file was sent meanwhile", async () => {
    const send = async (app: App) => assert.equal((await app.fetch("/static/app.js")).text, "let app = 'plain'");
    assert.deepEqual(await waiting(send), [200, "first"]);
  });

  for (const [what, change] of [
    ["is another one then", (app: App) => app.files.write("www/note.txt", "a longer one")],
    ["is another one of the same size", (app: App) => app.files.write("www/note.txt", "other", new Date("2030-01-01"))],
    ["is gone then", (app: App) => app.files.remove("www/note.txt")],
  ] as const) {
    it(`is 503 where it ${what}`, async () => {
      const [status] = await waiting(async (app) => {
        await app.fetch("/static/app.js");
        change(app);
      });
      assert.equal(status, 503);
    });
  }

  it("is sent to two clients at a time", async () => {
    const app = await start();
    const clients = ["hello.txt", "app.js", "hello.txt"].map((name) =>
      app.open().write(request("GET", `/waiting/${name}`)),
    );
    app.advance({ ms: 100 });
    const found = clients.map((client) => responses(client, "GET")[0]?.text);
    assert.deepEqual(found, ["Hello, static", "let app = 'plain'", "Hello, static"]);
  });
});

for (const [when, now] of [
  ["", 0],
  [" across the wrap of the clock", 2 ** 32 - 40_000],
] as const) {
  describe(`a client that takes its time${when}`, () => {
    for (const window of [1, 100, 400, 1000, 65_536, BIG]) {
      it(`gets the whole file, after ${window} bytes at first, while others are served`, async () => {
        const app = await start({ now });
        const c = app.open({ window }).write(BIG_FILE + HELLO);
        assert.equal((await app.fetch("/static/hello.txt")).text, "Hello, static");
        while (c.output.length < BIG) {
          c.window = 30_000;
          assert.equal((await app.fetch("/static/app.js")).text, "let app = 'plain'");
        }
        c.window = Infinity;
        const [big, hello] = responses(c, "GET", "GET");
        assert.ok(isBig(big));
        assert.equal(hello?.text, "Hello, static");
      });
    }

    it("is reset where it takes nothing for 30 s", async () => {
      const app = await start({ now });
      const c = app.open({ window: 1000 }).write(BIG_FILE);
      app.advance({ ms: 29_999 });
      assert.equal(c.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(c.closed, "reset");
      assert.equal(app.connections, 0);
    });

    it("is reset where it does not take the head for 30 s", async () => {
      const app = await start({ now });
      const c = app.open({ window: 100 }).write(BIG_FILE);
      app.advance({ ms: 29_999 });
      assert.equal(c.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(c.closed, "reset");
    });

    it("has as long as it takes 4 KiB every 30 s", async () => {
      const app = await start({ now });
      const c = app.open({ window: 1000 }).write(BIG_FILE);
      for (let taken = 1000; taken < BIG + 1000; taken += 4096) {
        assert.equal(c.closed, "no", `after ${taken} bytes`);
        c.window = 4096;
        app.advance({ seconds: 30 });
      }
      assert.ok(isBig(responses(c, "GET")[0]));
    });

    it("is reset where it takes less than that", async () => {
      const app = await start({ now });
      const c = app.open({ window: 1000 }).write(BIG_FILE);
      c.window = 4096;
      app.advance({ seconds: 30 });
      assert.equal(c.closed, "no");
      c.window = 4095;
      app.advance({ seconds: 30 });
      assert.equal(c.closed, "reset");
    });

    it("has the time of an idle connection after the file", async () => {
      const app = await start({ now });
      const c = app.open({ window: 1000 }).write(BIG_FILE);
      app.advance({ seconds: 29 });
      c.window = Infinity;
      app.advance({ ms: 4999 });
      assert.equal(c.closed, "no");
      app.advance({ ms: 1 });
      assert.equal(c.closed, "fin");
    });
  });
}

describe("while a file is sent", () => {
  it("it may be removed or get longer: what was announced is sent", async () => {
    const app = await start();
    const [first, second] = [1, 2].map(() => app.open({ window: 1000 }).write(BIG_FILE));
    app.files.write("www/big.bin", Buffer.concat([pattern(BIG), Buffer.from("more")]));
    if (first) first.window = Infinity;
    app.files.remove("www/big.bin");
    if (second) second.window = Infinity;
    for (const c of [first, second]) assert.ok(c && isBig(responses(c, "GET")[0]));
  });

  it("it may get shorter, which resets the connection", async () => {
    const app = await start();
    const c = app.open({ window: 1000 }).write(BIG_FILE);
    app.files.write("www/big.bin", pattern(BIG - 1));
    c.window = Infinity;
    assert.equal(c.closed, "reset");
    assert.equal(app.connections, 0);
    assert.ok(app.log.some(({ text }) => text.includes("has become shorter")));
    assert.equal((await app.fetch("/static/hello.txt")).text, "Hello, static");
  });

  it("it may change before the first byte: the connection is reset", async () => {
    const app = await start();
    const c = app.open({ window: 100 }).write(BIG_FILE);
    app.files.write("www/big.bin", "another");
    c.window = Infinity;
    assert.equal(c.closed, "reset");
  });

  it("the client may end its side", async () => {
    const app = await start();
    const c = app.open({ window: 1000 }).write(BIG_FILE).end();
    c.window = Infinity;
    assert.ok(isBig(responses(c, "GET")[0]));
    assert.equal(c.closed, "fin");
  });

  it("another handler may trap", async () => {
    const app = await start();
    const c = app.open({ window: 1000 }).write(BIG_FILE);
    assert.equal((await app.fetch("/trap")).status, 500);
    c.window = Infinity;
    assert.ok(isBig(responses(c, "GET")[0]));
  });

  it("the server may stop: the file is sent, and nothing after it", async () => {
    const app = await start();
    const c = app.open({ window: 1000 }).write(BIG_FILE + HELLO);
    app.stop();
    c.window = Infinity;
    assert.ok(isBig(responses(c, "GET")[0]));
    assert.equal(c.closed, "fin");
    assert.ok(!c.text.includes("Hello, static"));
  });
});

it("a file from a timer is sent whole, since no request's fields are there", async () => {
  const app = await start();
  const headers = { "Accept-Encoding": "gzip", Range: "bytes=0-1", "If-None-Match": "*" };
  const response = await app.fetch("/later", { headers });
  assert.deepEqual([response.status, response.text], [200, "let app = 'plain'"]);
  assert.equal((await app.fetch("/later", { method: "HEAD" })).headers.get("content-length"), "17");
});

describe("error pages", () => {
  const page = { "www/404.html": "<h1>not here</h1>", "www/a.txt": "12345" };
  async function open(files: Record<string, string> = page): Promise<App> {
    const { wasm: errors } = await buildApp(`${APP}/error-pages`);
    return load(errors, { files });
  }

  it("may be files, whatever the request's conditions", async () => {
    const app = await open();
    for (const [name, value] of [
      ["X-None", ""],
      ["If-None-Match", "*"],
      ["Range", "bytes=0-1"],
    ]) {
      const response = await app.fetch("/nowhere", { headers: [[name, value]] });
      assert.deepEqual([response.status, response.text], [404, "<h1>not here</h1>"]);
      assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    }
    assert.equal((await app.fetch("/nowhere", { method: "HEAD" })).headers.get("content-length"), "17");
    assert.deepEqual((await app.fetch("/.env")).status, 404);
  });

  it("are the server's own where the file is missing", async () => {
    const response = await (await open({})).fetch("/nowhere");
    assert.deepEqual([response.status, response.text], [404, '{"error": "Not Found", "code": 404}']);
  });

  it("stand in for all refusals", async () => {
    const app = await open();
    assert.equal((await app.fetch("/../x")).status, 403);
    assert.equal((await app.fetch("/../x")).text, "sorry");
    assert.equal((await app.fetch("/a%2fb")).text, "sorry");
    const response = await app.fetch("/a.txt", { headers: { "If-Match": '"x"' } });
    assert.deepEqual([response.status, response.text], [412, "sorry"]);
  });

  it("keep the fields that the server adds, about the file that was asked for", async () => {
    const response = await (await open()).fetch("/a.txt", { headers: { Range: "bytes=9-" } });
    assert.equal(response.status, 416);
    assert.equal(response.headers.get("content-range"), "bytes */5");
    assert.equal(response.text, "<h1>not here</h1>");
  });
});

describe("Response.download", () => {
  const names: readonly [name: string, value: string][] = [
    ["a b.csv", 'filename="a b.csv"'],
    ["Zoë €.csv", "filename=\"Zo_ _.csv\"; filename*=UTF-8''Zo%C3%AB%20%E2%82%AC.csv"],
    ["😀", "filename=\"__\"; filename*=UTF-8''%F0%9F%98%80"],
    ['a"b\\c', "filename=\"a_b_c\"; filename*=UTF-8''a%22b%5Cc"],
    ["a%41.txt", "filename=\"a_41.txt\"; filename*=UTF-8''a%2541.txt"],
    ["a\r\nX: y", "filename=\"a__X: y\"; filename*=UTF-8''a%0D%0AX%3A%20y"],
    ["", 'filename=""'],
  ];
  for (const [name, value] of names) {
    it(`names ${JSON.stringify(name)}`, async () => {
      const response = await (await start()).fetch(`/named?name=${encodeURIComponent(name)}`);
      assert.equal(response.headers.get("content-disposition"), `attachment; ${value}`);
      assert.equal(response.text, "1,2");
    });
  }
});
