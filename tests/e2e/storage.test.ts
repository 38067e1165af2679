/** What an app keeps, in the C host: in memory, and in the file of --storage. */

import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { exchanges, refused, type Exchange } from "../contract/storage.js";
import { Host, run as runHost } from "./bare-host.js";
import { moduleOf } from "./module.js";
import { serve } from "./server.js";

const APP = "tests/apps/storage";
const APP_FOLDER = new URL("../../../tests/apps/storage", import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), "microserver-storage-"));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

/** A path where no file is, in a folder of its own. */
function fresh(): string {
  const inner = join(folder, String(++files));
  mkdirSync(inner);
  return join(inner, "storage");
}

async function ask(server: { url: string }, method: string, target: string, body?: string): Promise<string> {
  const response = await fetch(server.url + target, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: { connection: "close" },
  });
  assert.equal(response.status, 200, `${method} ${target}`);
  return response.text();
}

async function run(server: { url: string }, steps: readonly Exchange[]): Promise<void> {
  for (const { method, target, body, answer } of steps) {
    assert.equal(await ask(server, method, target, body), answer, `${method} ${target}`);
  }
}

describe("storage", () => {
  for (const [name, steps] of Object.entries(exchanges)) {
    it(name, async () => {
      const path = fresh();
      const server = await serve(APP, ["--storage", path]);
      await run(server, steps);
      assert.equal(await server.stop(), 0);
      assert.deepEqual(readdirSync(join(path, "..")), ["storage"]);
    });
  }

  it("is in memory without --storage, and goes on after a restart of the app", async () => {
    const server = await serve(APP);
    assert.equal(await ask(server, "GET", "/starts"), "1");
    await fetch(`${server.url}/restart`, { method: "POST", headers: { connection: "close" } });
    assert.equal(await ask(server, "GET", "/starts"), "2");
    assert.equal(await ask(await serve(APP), "GET", "/starts"), "1");
  });

  for (const [access, error] of [
    ["none", "UNSUPPORTED"],
    ["denied", "DENIED"],
  ] as const) {
    it(`is ${error} with --board storage=${access}`, async () => {
      const path = fresh();
      const server = await serve(APP, ["--storage", path, "--board", `storage=${access}`]);
      await run(server, refused(error));
      assert.deepEqual(server.log, []);
      assert.equal(existsSync(path), false);
    });
  }
});

describe("the file of --storage", () => {
  it("keeps values when the process has ended, for nobody else to read", async () => {
    const path = fresh();
    for (const starts of ["1", "2", "3"]) {
      const server = await serve(APP, ["--storage", path]);
      assert.equal(await ask(server, "GET", "/starts"), starts);
      await server.stop();
    }
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it("holds what was acknowledged when the process is killed", async () => {
    const path = fresh();
    let acknowledged = -1;
    for (let round = 0; round < 5; round++) {
      const server = await serve(APP, ["--storage", path]);
      const found = Number(await ask(server, "GET", "/int/42?key=n"));
      if (acknowledged >= 0) assert.ok(found === acknowledged || found === acknowledged + 1, `${found}`);
      const end = 20 + round * 7;
      for (acknowledged = 0; acknowledged < end; acknowledged++)
        await ask(server, "PUT", `/int/plus/${acknowledged}?key=n`);
      const last = fetch(`${server.url}/int/plus/${acknowledged}?key=n`, { method: "PUT" }).catch(() => null);
      acknowledged--;
      await server.stop("SIGKILL");
      await last;
    }
  });

  it("is not changed where it cannot be written, which is told", async () => {
    const path = fresh();
    const server = await serve(APP, ["--storage", path]);
    await ask(server, "PUT", "/value?key=name", "kitchen");
    mkdirSync(`${path}.new`);
    assert.equal(await ask(server, "PUT", "/value?key=name", "hall"), "false FAILED");
    assert.equal(await ask(server, "DELETE", "/value?key=name"), "false FAILED");
    assert.equal(await ask(server, "GET", "/value?key=name"), '"kitchen" NONE');
    await server.logged(/^ERROR storage: cannot write .*: Is a directory$/);
    rmSync(`${path}.new`, { recursive: true });
    assert.equal(await ask(server, "PUT", "/value?key=name", "hall"), "true NONE");
  });

  it("is FULL where the disk is", async () => {
    const module = await moduleOf(APP_FOLDER);
    const path = fresh();
    const host = await Host.start(module, ["--storage", path], "ulimit -f 2");
    const server = { url: `http://127.0.0.1:${host.port}` };
    assert.equal(await ask(server, "PUT", "/value?key=name", "kitchen"), "true NONE");
    assert.equal(await ask(server, "PUT", "/long/4000?key=long"), "false FULL");
    assert.equal(await ask(server, "GET", "/value?key=name"), '"kitchen" NONE');
    assert.deepEqual(readdirSync(join(path, "..")), ["storage"]);
  });

  it("may be there and empty", async () => {
    const path = fresh();
    writeFileSync(path, "");
    assert.equal(await ask(await serve(APP, ["--storage", path]), "GET", "/starts"), "1");
  });

  it("is refused where it is none, or damaged", async () => {
    const path = fresh();
    const server = await serve(APP, ["--storage", path]);
    await ask(server, "PUT", "/value?key=name", "kitchen");
    await server.stop();
    const whole = readFileSync(path);
    const refuses = (content: Uint8Array | string, why: string): void => {
      writeFileSync(path, content);
      const { status, stderr } = runHost("app.wasm", "--storage", path);
      assert.deepEqual([status, stderr], [1, `microserver: cannot use --storage ${path}: ${why}\n`]);
    };
    refuses("something else, of some length", "it is no storage of microserver");
    const magic = whole.indexOf("\n") + 1;
    for (let length = 1; length < whole.length; length++) {
      const boundary = length === magic || length === magic + 3 + "starts".length + 1;
      if (boundary) continue;
      refuses(
        whole.subarray(0, length),
        length < magic ? "it is no storage of microserver" : "it is damaged; remove it to begin anew",
      );
    }
    refuses(Buffer.concat([whole, Buffer.from([0, 0, 0])]), "it is damaged; remove it to begin anew");
    refuses(
      Buffer.concat([whole, Buffer.from([16, 0, 0]), Buffer.alloc(16, 97)]),
      "it is damaged; remove it to begin anew",
    );
    refuses(Buffer.concat([whole, Buffer.alloc(30_000)]), "it is damaged; remove it to begin anew");
  });

  it("is refused where it cannot be read", () => {
    const path = fresh();
    mkdirSync(path);
    const { status, stderr } = runHost("app.wasm", "--storage", path);
    assert.deepEqual([status, stderr], [1, `microserver: cannot use --storage ${path}: Is a directory\n`]);
  });
});
