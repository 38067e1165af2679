/** Files of multipart/form-data forms, stored while they come: `req.saveUploads`. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, parseResponse, type App, type Connection } from "../../host/sandbox/index.js";
import { withContent } from "../contract/case.js";
import { offsets } from "../contract/pieces.js";

const UPLOADS = new URL("../../../tests/apps/uploads", import.meta.url).pathname;
const TYPE = "Content-Type: multipart/form-data; boundary=B\r\n";

let wasm: string;
before(async () => {
  wasm = (await buildApp(UPLOADS)).wasm;
});

const start = (): Promise<App> => load(wasm, { files: { "/up/": "", "/up/old.txt": "old" } });

const field = (name: string, value: string): string =>
  `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, filename: string, content: string, type = "text/plain"): string =>
  `--B\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n` +
  `${type === "" ? "" : `Content-Type: ${type}\r\n`}\r\n${content}\r\n`;
const form = (...parts: string[]): string => `${parts.join("")}--B--\r\n`;
const post = (body: string, path = "/store"): string => withContent("POST", path, body, TYPE);

function outcome(c: Connection): [status: number, text: string] {
  const found = parseResponse(Buffer.from(c.output), { ended: c.closed !== "no" });
  assert.equal(found?.length, c.output.length);
  return [found.response.status, found.response.text];
}

const error = (status: number, text: string): [number, string] => [status, `{"error": "${text}", "code": ${status}}`];

/** What a form is answered with. */
const send = (app: App, body: string, path = "/store"): [status: number, text: string] =>
  outcome(app.open().write(post(body, path)));

describe("a form", () => {
  const content = "line\r\n--\r\n--A\r\n\r\n--B!\r".repeat(20);
  const whole = post(
    `preamble\r\n${form(field("a", "1"), file("f", "x.txt", content), field("b", ""), file("g", "y.bin", "", ""))}end`,
  );
  // "--B!" is no delimiter, so this form is malformed there: a line end before it makes it one.
  const good = whole.replaceAll("--B!", "-B!");

  it("is stored, cut anywhere", async () => {
    const message = good.replace(
      /Content-Length: \d+/,
      `Content-Length: ${good.length - good.indexOf("\r\n\r\n") - 4}`,
    );
    const stored = content.replaceAll("--B!", "-B!");
    const app = await start();
    const expected = `a=1;b=;f:/up/x.txt:${stored.length}:text/plain;g:/up/y.bin:0:;`;
    for (const cut of [0, ...offsets(message.length)]) {
      const c = app.open().write(message.slice(0, cut)).write(message.slice(cut));
      assert.deepEqual(outcome(c), [201, expected], `cut at ${cut}`);
      assert.equal(app.files.text("/up/x.txt"), stored, `cut at ${cut}`);
      assert.deepEqual(app.files.paths, ["up/old.txt", "up/x.txt", "up/y.bin"]);
      app.files.remove("/up/x.txt");
      app.files.remove("/up/y.bin");
      c.end();
    }
    const c = app.open();
    for (const byte of message) c.write(byte);
    assert.deepEqual(outcome(c), [201, expected]);
  });

  it("is stored where its content is there already", async () => {
    const app = await start();
    const body = form(field("a", "1"), file("f", "x.txt", "hello"));
    assert.deepEqual(send(app, body, "/store-whole"), [201, "a=1;f:/up/x.txt:5:text/plain;"]);
    assert.equal(app.files.text("/up/x.txt"), "hello");
  });

  it("may come in chunks", async () => {
    const app = await start();
    const body = form(file("f", "x.txt", "hello"));
    const chunks = body.replace(/[^]{1,7}/g, (text) => `${text.length.toString(16)}\r\n${text}\r\n`);
    const c = app.open();
    c.write(`POST /store HTTP/1.1\r\nHost: x\r\n${TYPE}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    assert.deepEqual(outcome(c), [201, "f:/up/x.txt:5:text/plain;"]);
    assert.equal(app.files.text("/up/x.txt"), "hello");
  });

  it("with large files needs no memory for them", async () => {
    const app = await start();
    const files = ["x", "y"].map((name) => file(name, name, name.repeat(100_000)));
    assert.deepEqual(send(app, form(...files)), [201, "x:/up/x:100000:text/plain;y:/up/y:100000:text/plain;"]);
    assert.equal(app.files.text("/up/y"), "y".repeat(100_000));
  });

  it("replaces files of the same names, when it is whole", async () => {
    const app = await start();
    const body = form(file("f", "old.txt", "new"), field("a", "1"));
    const c = app.open().write(post(body).slice(0, -20));
    assert.equal(app.files.text("/up/old.txt"), "old");
    c.write(body.slice(-20));
    assert.equal(outcome(c)[0], 201);
    assert.deepEqual([app.files.text("/up/old.txt"), app.files.paths], ["new", ["up/old.txt"]]);
  });

  it("of several clients at a time is kept apart", async () => {
    const app = await start();
    const all = ["a", "b", "c"].map((name) => ({
      name,
      c: app.open(),
      left: post(form(file("f", name, name.repeat(500)))),
    }));
    while (all.some(({ left }) => left !== "")) {
      for (const client of all) {
        client.c.write(client.left.slice(0, 30));
        client.left = client.left.slice(30);
      }
    }
    for (const { name, c } of all) {
      assert.equal(outcome(c)[0], 201);
      assert.equal(app.files.text(`/up/${name}`), name.repeat(500));
    }
  });
});

describe("the name of a stored file", () => {
  const long = "x".repeat(100);
  const cases: [given: string, stored: string][] = [
    ["a-Z_0.tar.gz", "a-Z_0.tar.gz"],
    ["my photo (1).png", "my_photo__1_.png"],
    ["Übersicht 日本.pdf", "Übersicht_日本.pdf"],
    ["😀.png", "😀.png"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["C:\\temp\\x.txt", "x.txt"],
    ["/up/old.txt", "old.txt"],
    ["..", "file"],
    [".", "file"],
    ["dir/", "file"],
    [".htaccess", "_htaccess"],
    ["...", "_.."],
    ["a%2fb", "a_2fb"],
    ["a\tb", "a_b"],
    ["a:b|c?d*e<f>g&h;i'j`k$l~m#n", "a_b_c_d_e_f_g_h_i_j_k_l_m_n"],
    ["a\u202etxt.exe", "a_txt.exe"],
    ["a\u200bb\ufeffc\u0085d", "a_b_c_d"],
    ["\ufffd", "_"],
    [`${long}.jpeg`, `${"x".repeat(59)}.jpeg`],
    [long, "x".repeat(64)],
    [`x.${long}`, `x.${"x".repeat(62)}`],
    [`${"x".repeat(63)}😀`, "x".repeat(63)],
  ];
  for (const [given, stored] of cases) {
    it(`"${given.length > 40 ? `${given.slice(0, 3)}… of ${given.length}` : given}"`, async () => {
      const app = await start();
      const name = Buffer.from(given.replaceAll("\\", "\\\\")).toString("latin1");
      const c = app.open().write(Buffer.from(post(form(file("f", name, "hi"))), "latin1"));
      assert.deepEqual(outcome(c), [201, `f:/up/${stored}:2:text/plain;`]);
      assert.equal(app.files.text(`/up/${stored}`), "hi");
    });
  }

  it("is another one for each file of a form", async () => {
    const app = await start();
    assert.equal(
      send(app, form(file("f", "a b.txt", "1"), file("f", "a_b.txt", "2")))[1],
      "f:/up/a_b.txt:1:text/plain;f:/up/a_b-2.txt:1:text/plain;",
    );
    assert.equal(send(app, form(file("f", "", "1"), file("f", "file", "2")))[1].includes("/up/file-2:"), true);
  });

  it("is not needed where a browser sends an empty file field", async () => {
    const app = await start();
    assert.deepEqual(send(app, form(file("f", "", "", "application/octet-stream"))), [201, ""]);
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
  });
});

describe("a form is refused, and leaves nothing behind", () => {
  const part = (lines: string): string => `--B\r\n${lines}\r\n\r\nx\r\n`;
  const cases: [name: string, body: string, status: number, reason: string][] = [
    ["that ends early", form(file("f", "x", "hello")).slice(0, -8), 400, "the form ends early"],
    ["that is empty", "", 400, "the form ends early"],
    ["with another boundary", form(file("f", "x", "hello")).replaceAll("--B", "--C"), 400, "the form ends early"],
    ["with a part without a name", form(file("a", "a", "1"), part("X: y")), 400, "a part has no name"],
    ["with a malformed boundary", `${file("a", "a", "1")}--Bx\r\n`, 400, "malformed boundary"],
    [
      "with a transfer encoding",
      form(file("a", "a", "1"), part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64')),
      400,
      "unknown transfer encoding of a part",
    ],
    [
      "with long field lines",
      form(file("a", "a", "1"), part(`X: ${"x".repeat(2000)}`)),
      400,
      "field lines of a part are too long",
    ],
    ["with too many files", form(...["a", "b", "c"].map((n) => file(n, n, n))), 413, "too many files"],
    [
      "with too many fields",
      form(file("f", "f", "1"), ...["a", "b", "c"].map((n) => field(n, n))),
      413,
      "too many fields",
    ],
    ["with a file that is too large", form(file("f", "f", "x".repeat(100_001))), 413, "a file is too large"],
    [
      "with a field that is too large",
      form(file("f", "f", "1"), field("a", "x".repeat(17))),
      413,
      "a field is too large",
    ],
  ];
  for (const [name, body, status, reason] of cases) {
    it(name, async () => {
      const app = await start();
      const message = post(body);
      for (const c of [app.open().write(message), slowly(app.open(), message)]) {
        assert.deepEqual(outcome(c), error(status, reason));
        assert.deepEqual(app.files.paths, ["up/old.txt"]);
      }
    });
  }

  it("of another type: 415", async () => {
    const app = await start();
    const reason = "the content must be multipart/form-data with a boundary";
    for (const type of ["", "Content-Type: text/plain\r\n", "Content-Type: multipart/form-data\r\n"])
      assert.deepEqual(outcome(app.open().write(withContent("POST", "/store", "x", type))), error(415, reason));
  });

  it("where the storage is full: 507", async () => {
    const app = await start();
    app.files.room = 1000;
    assert.deepEqual(
      send(app, form(file("a", "a", "x"), file("f", "f", "x".repeat(5000)))),
      error(507, "no room for the upload"),
    );
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
    assert.equal(app.log.at(-1)?.text, "no room for an upload to /up: file error -4");
  });

  it("where the folder is missing, or storage fails: 500", async () => {
    const app = await start();
    assert.deepEqual(send(app, form(file("a", "a", "x")), "/nowhere"), error(500, "the upload cannot be stored"));
    assert.equal(app.log.at(-1)?.text, "cannot store an upload in /nowhere: file error -1");
    app.files.broken = true;
    assert.deepEqual(send(app, form(file("a", "a", "x"))), error(500, "the upload cannot be stored"));
  });

  it("where a folder has the name", async () => {
    const app = await load(wasm, { files: { "/up/b/": "" } });
    assert.deepEqual(
      send(app, form(file("a", "a", "x"), file("b", "b", "x"))),
      error(500, "the upload cannot be stored"),
    );
    assert.deepEqual(app.files.paths, []);
  });

  const half = post(form(file("f", "f", "x".repeat(500)))).slice(0, -100);

  it("where the client ends, or is gone", async () => {
    const app = await start();
    const c = app.open().write(half);
    assert.equal(app.files.paths.length, 2);
    assert.deepEqual(outcome(c.end()), error(400, "request ends early"));
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
    app.open().write(half).reset();
    app.advance({ ms: 0 });
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
  });

  it("where the client takes too long", async () => {
    const app = await start();
    const c = app.open().write(half);
    app.advance({ seconds: 31 });
    assert.deepEqual(outcome(c), error(408, "request takes too long"));
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
  });

  it("where memory is short", async () => {
    const app = await start();
    assert.equal(send(app, form(file("f", "f", "1"), field("a", "x".repeat(60_000))), "/greedy")[0], 503);
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
    assert.equal(send(app, form(file("f", "f", "1")))[0], 201);
  });

  it("again and again", async () => {
    const app = await start();
    for (let i = 0; i < 1000; i++) {
      const c = app.open().write(half);
      if (i % 2) c.reset();
      else c.end().reset();
      app.advance({ ms: 1 });
    }
    assert.deepEqual(app.files.paths, ["up/old.txt"]);
    assert.equal(send(app, form(file("f", "f", "1"), file("g", "g", "1")))[0], 201);
  });
});

/** Sends a message in pieces of 100 bytes, as long as the server takes it. */
function slowly(c: Connection, message: string): Connection {
  for (let at = 0; at < message.length && c.closed === "no"; at += 100) c.write(message.slice(at, at + 100));
  return c;
}
