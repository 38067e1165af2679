/** Configuration: rows 1 to 4 of what the original does. Each option really acts, and a bad value stops the start. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { load, LoadError, parseResponse, type App, type Connection } from "../../host/sandbox/index.js";
import { request } from "../contract/case.js";

const CONFIGURATION = new URL("../../../tests/apps/configuration", import.meta.url).pathname;

let wasm: string;
before(async () => {
  wasm = (await buildApp(CONFIGURATION)).wasm;
});

/** An app with these options, as `maxFields=20`, a line each. */
const start = (options: string, argumentList = ""): Promise<App> =>
  load(wasm, { files: { "/options": options, "/arguments": argumentList } });

/** The status of the one answer that has come. */
const status = (c: Connection): number | undefined => parseResponse(c.output, { ended: true })?.response.status;

/** When a connection that was quiet since is closed, in ms. */
function patience(app: App, c: Connection): number {
  let ms = 0;
  for (; c.closed === "no" && ms < 100_000; ms += 500) app.advance({ ms: 500 });
  return ms;
}

describe("the options' defaults", () => {
  it("are those of the documents", async () => {
    assert.equal(
      (await (await start("")).fetch("/options")).text,
      "0 10 8192 5 100 10 30 30 8192 8192 50 16384 MicroServer",
    );
  });

  it("can be read back when they were set", async () => {
    const options =
      "port=8081\nmaxConns=3\nmaxBodySize=4096\nkeepAliveTimeout=7\nmaxKeepAliveRequests=9\nheadTimeout=1\nbodyTimeout=2\nsendTimeout=3\nmaxRequestLine=100\nmaxFieldLine=200\nmaxFields=64\nmaxHeadSize=65000\nserverName=Kiln";
    assert.equal((await (await start(options)).fetch("/options")).text, "8081 3 4096 7 9 1 2 3 100 200 64 65000 Kiln");
  });
});

describe("new MicroServer(port, maxConns)", () => {
  it("sets both", async () => {
    assert.match((await (await start("", "8081,2")).fetch("/options")).text, /^8081 2 /);
  });

  it("refuses what the options refuse", async () => {
    await assert.rejects(start("", "8081,0"), /^Error: maxConns must be 1 to 128, not 0/);
    await assert.rejects(start("", "70000,1"), /^Error: port must be 0 to 65535, not 70000/);
  });
});

describe("an option acts", () => {
  it("maxConns: who comes after gets 503", async () => {
    const app = await start("maxConns=2");
    for (let i = 0; i < 2; i++) app.open().write("GET ");
    assert.equal(status(app.open()), 503);
  });

  it("maxBodySize: 413 above, and 0 allows no content", async () => {
    for (const limit of [0, 10]) {
      const app = await start(`maxBodySize=${limit}`);
      assert.equal((await app.fetch("/content", { method: "POST", body: "x".repeat(limit) })).text, String(limit));
      assert.equal((await app.fetch("/content", { method: "POST", body: "x".repeat(limit + 1) })).status, 413);
    }
  });

  it("keepAliveTimeout: an idle connection is closed then, and told so", async () => {
    const app = await start("keepAliveTimeout=2");
    const c = app.open().write(request("GET", "/options"));
    assert.match(c.text, /\r\nKeep-Alive: timeout=2, max=99\r\n/);
    assert.equal(patience(app, c), 2000);
  });

  it("maxKeepAliveRequests: the last answer says close", async () => {
    const app = await start("maxKeepAliveRequests=2");
    const c = app.open().write(request("GET", "/options"));
    assert.match(c.take(), /\r\nKeep-Alive: timeout=5, max=1\r\n/);
    c.write(request("GET", "/options"));
    assert.match(c.text, /\r\nConnection: close\r\n/);
    assert.equal(c.closed, "fin");
  });

  it("headTimeout: 408", async () => {
    const app = await start("headTimeout=3");
    const c = app.open().write("GET /options HTTP/1.1\r\n");
    assert.deepEqual([patience(app, c), status(c)], [3000, 408]);
  });

  it("bodyTimeout: 408", async () => {
    const app = await start("bodyTimeout=4");
    const c = app.open().write("POST /content HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc");
    assert.deepEqual([patience(app, c), status(c)], [4000, 408]);
  });

  it("sendTimeout: a client that takes nothing is reset", async () => {
    const app = await start("sendTimeout=6");
    const c = app.open({ window: 10 }).write(request("GET", "/large"));
    assert.deepEqual([patience(app, c), c.closed], [6000, "reset"]);
  });

  for (const [option, longest, above] of [
    ["maxRequestLine", `GET /${"x".repeat(86)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
    ["maxFieldLine", `GET /x HTTP/1.1\r\nHost: x\r\nA: ${"x".repeat(97)}\r\n\r\n`, 431],
    ["maxHeadSize", `GET /x HTTP/1.1\r\nHost: x\r\nA: ${"x".repeat(67)}\r\n\r\n`, 431],
  ] as const) {
    it(`${option}: ${above}`, async () => {
      const app = await start(`${option}=100`);
      assert.equal(status(app.open().write(longest)), 404);
      assert.equal(status(app.open().write(longest.replace("xx", "xxx"))), above);
    });
  }

  it("maxFields: 431", async () => {
    const app = await start("maxFields=3");
    assert.equal(status(app.open().write(request("GET", "/options", "A: 1\r\nB: 2\r\n"))), 200);
    assert.equal(status(app.open().write(request("GET", "/options", "A: 1\r\nB: 2\r\nC: 3\r\n"))), 431);
  });

  for (const name of ["Kiln", "x", "k".repeat(64), "A b/1.0 (c)"]) {
    it(`serverName: ${name}`, async () => {
      assert.equal((await (await start(`serverName=${name}`)).fetch("/options")).headers.get("server"), name);
    });
  }
});

describe("a bad value stops the start", () => {
  const SECONDS = [1, 86_400] as const;
  for (const [option, low, high] of [
    ["port", 0, 65_535],
    ["maxConns", 1, 128],
    ["keepAliveTimeout", ...SECONDS],
    ["maxKeepAliveRequests", 1, 1_000_000],
    ["headTimeout", ...SECONDS],
    ["bodyTimeout", ...SECONDS],
    ["sendTimeout", ...SECONDS],
    ["maxBodySize", 0, 16_777_216],
    ["maxRequestLine", 1, 65_000],
    ["maxFieldLine", 1, 65_000],
    ["maxFields", 1, 64],
    ["maxHeadSize", 1, 65_000],
  ] as const) {
    it(`of ${option}, and says which it is`, async () => {
      for (const value of [low, high]) await start(`${option}=${value}`);
      for (const value of [low - 1, high + 1, -1, 2 ** 31 - 1]) {
        await assert.rejects(start(`${option}=${value}`), (error: Error) => {
          assert.ok(error instanceof LoadError);
          assert.ok(error.message.startsWith(`${option} must be ${low} to ${high}, not ${value} at `), error.message);
          assert.match(error.message, / near app\.ts:\d+$/);
          return true;
        });
      }
    });
  }

  for (const name of ["a\rX: y", "a\tb", "\x7f", "Zoë", "\0"]) {
    it(`of serverName: ${JSON.stringify(name)}`, async () => {
      await assert.rejects(start(`serverName=${name}`), /^Error: serverName must be printable ASCII: /);
    });
  }

  for (const name of ["", "k".repeat(65)]) {
    it(`of serverName: ${name.length} bytes`, async () => {
      await assert.rejects(
        start(`serverName=${name}`),
        new RegExp(`^Error: length of serverName must be 1 to 64, not ${name.length} `),
      );
    });
  }
});
