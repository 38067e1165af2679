/** The file calls of the virtual host, tried with a guest that has nothing but the ABI. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { load, type App, type LoadOptions } from "../../host/sandbox/index.js";
import { BIG, fileCases, isAnswer, makeTree, noFiles, pattern, refusals, type Step } from "../contract/files.js";
import { filesGuest } from "./files-guest.js";

let wasm: Uint8Array;
const tree = makeTree();
before(async () => {
  wasm = await filesGuest();
});
after(() => tree.remove());

function start(options: LoadOptions): Promise<App> {
  return load(wasm, options);
}

/** Gives the guest a command on a connection of its own; its answer. */
function ask(app: App, ...command: readonly string[]): string {
  const connection = app.open().write(command.join("\n"));
  const answer = connection.text.replace(/\n$/, "");
  connection.end();
  return answer;
}

function run(app: App, steps: readonly Step[]): void {
  for (const [command, expected] of steps) {
    const answer = ask(app, ...command);
    assert.ok(isAnswer(answer, expected), `${JSON.stringify(command)}: ${answer}, not ${expected}`);
  }
}

describe("file calls in the sandbox", () => {
  for (const { name, steps } of [...refusals, ...fileCases]) {
    it(name, async () => run(await start({ root: tree.root }), steps));
  }

  it("finds nothing without files", async () => run(await start({}), noFiles));

  it("starts each app with the folder as it is: what another has changed stays in its memory", async () => {
    assert.equal(ask(await start({ root: tree.root }), "size", "hello.txt"), "13");
  });
});

describe("an app's files in memory", () => {
  it("has those it was given, at the time it was loaded", async () => {
    const app = await start({ files: { "/www/a.txt": "ä", "b.bin": new Uint8Array(3), "logs/": "" } });
    assert.deepEqual(app.files.paths, ["b.bin", "www/a.txt"]);
    assert.equal(ask(app, "open", "0", "www/a.txt"), "16 2 1767225600 0");
    assert.equal(ask(app, "open", "3", "logs/today"), "17 0 1767225600 0");
    assert.equal(ask(app, "open", "3", "www"), "-3");
  });

  it("has what the app writes, at the time it did", async () => {
    const app = await start({ files: {} });
    ask(app, "open", "2", "note");
    app.advance({ minutes: 1 });
    ask(app, "write", "16", "written");
    assert.equal(app.files.text("/note"), "written");
    assert.equal(ask(app, "open", "0", "note"), "17 7 1767225660 0");
  });

  it("lets a test write, read and remove", async () => {
    const app = await start({ files: { "a.txt": "old" } });
    ask(app, "open", "0", "a.txt");
    app.files.write("a.txt", "new text", new Date(5000));
    assert.equal(ask(app, "read", "16", "0", "99"), "8 new text");
    assert.equal(ask(app, "open", "0", "a.txt"), "17 8 5 0");
    assert.equal(app.files.remove("a.txt"), true);
    assert.equal(app.files.remove("a.txt"), false);
    assert.deepEqual([app.files.read("a.txt"), app.files.text("a.txt")], [null, null]);
    assert.equal(ask(app, "read", "16", "0", "99"), "8 new text");
    app.files.write("deep/er/b.txt", "b");
    assert.equal(ask(app, "size", "deep/er/b.txt"), "1");
  });

  it("covers a folder", async () => {
    const app = await start({ root: tree.root, files: { "hello.txt": "other" } });
    assert.equal(ask(app, "size", "hello.txt"), "5");
    assert.equal(ask(app, "size", "empty"), "0");
  });

  it("refuses a test what is no path, and a file in place of a folder", async () => {
    const app = await start({ files: { "a/b": "" } });
    assert.throws(() => app.files.write("../x", ""), /"..\/x" is no path of a file/);
    assert.throws(() => app.files.write("", ""), /is no path of a file/);
    assert.throws(() => app.files.write("a", ""), /a is a folder/);
    assert.throws(() => app.files.write("a/b/c", ""), /a\/b is no folder/);
    const bare = await start({});
    assert.throws(() => bare.files.write("a", ""), /the app has no files: load it with \{ files: \{\} \}/);
  });

  it("gets full", async () => {
    const app = await start({ files: {} });
    app.files.room = 5;
    ask(app, "open", "2", "note");
    assert.equal(ask(app, "write", "16", "123"), "3");
    assert.equal(ask(app, "write", "16", "456"), "-4");
    assert.equal(ask(app, "write", "16", "45"), "2");
    assert.equal(app.files.text("note"), "12345");
  });

  it("breaks", async () => {
    const app = await start({ files: { "a.txt": "text" } });
    ask(app, "open", "0", "a.txt");
    ask(app, "open", "2", "b.txt");
    app.files.broken = true;
    const answers = ["open\n0\na.txt", "read\n16\n0\n4", "write\n17\nx", "rename\na.txt\nc", "remove\na.txt"];
    for (const command of answers) assert.equal(ask(app, command), "-6");
  });

  it("knows sizes and times up to 32 bits", async () => {
    const app = await start({ files: {} });
    app.files.write("old", "", new Date("1950-01-01"));
    app.files.write("far", "", new Date("2200-01-01"));
    assert.equal(ask(app, "open", "0", "old"), "16 0 0 0");
    assert.equal(ask(app, "open", "0", "far"), "17 0 4294967295 0");
  });
});

describe("send_file in the sandbox", () => {
  it("sends a small file within the call", async () => {
    const app = await start({ root: tree.root });
    assert.equal(app.open().write("get\nhello.txt").text, "Hello, files!sent\n");
    assert.equal(app.open().write("get\nempty").text, "sent\n");
  });

  it("sends a part", async () => {
    const app = await start({ root: tree.root });
    const c = app.open();
    c.write("open\n0\nhello.txt").take();
    assert.equal(c.write("send\n16\n7\n5").take(), "filessent\n");
    assert.equal(c.write("read\n16\n0\n5").take(), "-6\n");
  });

  for (const window of [1, 1000, 65_536, 100_000, BIG - 1]) {
    it(`sends a large file to a client that takes ${window} bytes at a time`, async () => {
      const app = await start({ root: tree.root });
      const c = app.open({ window }).write("get\nbig.bin");
      const other = app.open();
      assert.equal(other.write("unsent\n0").take(), `${BIG - window}\n`);
      while (c.output.length + window + 10_000 < BIG) c.window = window + 10_000;
      c.window = Infinity;
      assert.deepEqual(Buffer.from(c.output.subarray(0, BIG)), pattern(BIG));
      assert.equal(Buffer.from(c.output.subarray(BIG)).toString(), "done\n");
      assert.equal(other.write("unsent\n0").take(), "0\n");
    });
  }

  it("lets others speak after 64 KiB, however much the client takes", async () => {
    const app = await start({ root: tree.root });
    const c = app.open().write("get\nbig.bin");
    assert.equal(Buffer.from(c.output.subarray(BIG)).toString(), "done\n");
  });

  it("accepts nothing else on the connection meanwhile", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 100 }).write("interrupt\nbig.bin");
    c.window = Infinity;
    assert.equal(Buffer.from(c.output.subarray(BIG)).toString(), "done\n");
    const twice = app.open({ window: 100 }).write("twice\nbig.bin");
    twice.window = Infinity;
    assert.equal(Buffer.from(twice.output.subarray(BIG)).toString(), "done\n");
  });

  it("closes the file whatever it answers", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 0 }).write("get\nbig.bin");
    for (let i = 0; i < 20; i++) {
      assert.equal(ask(app, "send-to", "0", "hello.txt"), "-5");
      assert.equal(ask(app, "send-to", "7", "hello.txt"), "-1");
      assert.equal(ask(app, "send-to", "-1", "hello.txt"), "-1");
    }
    ask(app, "open", "2", "note");
    assert.equal(ask(app, "send", "16", "0", "0"), "-6");
    assert.equal(ask(app, "write", "16", "x"), "-6");
    assert.equal(c.closed, "no");
  });

  it("resets the connection where the file becomes shorter", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 1000 }).write("get\nbig.bin");
    app.files.write("big.bin", pattern(5000));
    c.window = Infinity;
    assert.deepEqual([c.closed, c.output.length], ["reset", 5000]);
    assert.deepEqual(
      app.log.map((line) => line.text),
      [
        `a file that 127.0.0.1 is sent has become shorter, or cannot be read, with ${BIG - 5000} bytes to go: the connection is reset`,
        "closed 0",
      ],
    );
  });

  it("resets the connection where the file cannot be read any more", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 1000 }).write("get\nbig.bin");
    app.files.broken = true;
    c.window = Infinity;
    assert.deepEqual([c.closed, c.output.length, app.log.at(-1)?.text], ["reset", 1000, "closed 0"]);
  });

  it("resets the connection at once where less is there than asked for", async () => {
    const app = await start({ root: tree.root });
    const c = app.open();
    c.write("open\n0\nhello.txt").take();
    c.write("send\n16\n0\n14");
    assert.deepEqual([c.closed, app.log.at(-1)?.text], ["reset", "closed 0"]);
  });

  it("sends on what was removed or replaced meanwhile", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 1000 }).write("get\nbig.bin");
    app.files.remove("big.bin");
    app.files.write("big.bin", "other");
    c.window = Infinity;
    assert.deepEqual(Buffer.from(c.output.subarray(0, BIG)), pattern(BIG));
  });

  it("is ended by a client that goes", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 1000 }).write("get\nbig.bin");
    c.reset();
    assert.deepEqual([app.connections, app.log.at(-1)?.text], [0, "closed 0"]);
    assert.equal(ask(app, "unsent", "0"), "0");
  });

  it("makes a reset of a close before its end, so that no part is taken for the whole", async () => {
    const app = await start({ root: tree.root });
    assert.equal(app.open({ window: 1000 }).write("get-close\nbig.bin").closed, "reset");
    const whole = app.open().write("get-close\nhello.txt");
    assert.deepEqual([whole.closed, whole.text], ["fin", "Hello, files!sent\n"]);
  });

  it("is ended by a new instance, for the connection that trapped too", async () => {
    const app = await start({ root: tree.root });
    const [sending, idle] = [app.open({ window: 1000 }).write("get\nbig.bin"), app.open()];
    const trapping = app.open({ window: 1000 }).write("get-trap\nbig.bin");
    assert.deepEqual([sending.closed, idle.closed, trapping.closed], ["reset", "no", "reset"]);
    assert.equal(idle.write("size\nhello.txt").take(), "13\n");
  });

  it("is told how much is left, up to 32 bits", async () => {
    const app = await start({ root: tree.root });
    const c = app.open({ window: 0 });
    c.write("open\n0\nbig.bin");
    c.write("send\n16\n0\n4294967295");
    assert.equal(ask(app, "unsent", "0"), "4294967295");
    for (const conn of ["1", "99", "-1"]) assert.equal(ask(app, "unsent", conn), "0");
  });
});
