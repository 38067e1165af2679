/** The file calls of the C host, with a guest that has nothing but the ABI, on real files and sockets. */

import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { BIG, fileCases, isAnswer, makeTree, noFiles, pattern, refusals, type Step } from "../contract/files.js";
import { filesGuest } from "../sandbox/files-guest.js";
import { Host } from "./bare-host.js";
import { FileSession } from "./file-session.js";
import { writeTemporary } from "./guest-module.js";
import { allClosed, openFiles } from "./open-files.js";
import { until } from "./until.js";

/** More than the kernel keeps for a socket. */
const HUGE = 100 << 20;

let guest = "";
before(async () => {
  guest = writeTemporary("files.wasm", await filesGuest());
});

const trees: { remove: () => void }[] = [];
after(() => trees.forEach((tree) => tree.remove()));

/** A folder with files, for one test. */
function makeRoot(): string {
  const tree = makeTree();
  trees.push(tree);
  return tree.root;
}

/** For a host with an address sanitizer, which keeps freed memory back. */
const FREE_AT_ONCE = "export ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0";

async function start(root = makeRoot(), shell = ""): Promise<{ host: Host; root: string; client: FileSession }> {
  const host = await Host.start(guest, ["--root", root], shell);
  return { host, root, client: await FileSession.open(host) };
}

async function runSteps(client: FileSession, steps: readonly Step[]): Promise<void> {
  for (const [command, expected] of steps) {
    const answer = await client.ask(...command);
    assert.ok(isAnswer(answer, expected), `${JSON.stringify(command)}: ${answer}, not ${expected}`);
  }
}

/** The most memory the host has used so far, in bytes. */
function peakMemory(host: Host): number {
  const status = readFileSync(`/proc/${host.pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** Waits until a client that takes nothing holds a file up; how much of it is left. */
async function stall(other: FileSession, conn: number): Promise<number> {
  let last = -1;
  for (let times = 0; times < 10; await sleep(30)) {
    const left = Number(await other.ask("unsent", String(conn)));
    times = left > 0 && left === last ? times + 1 : 0;
    last = left;
  }
  return last;
}

function makeHuge(root: string): void {
  writeFileSync(join(root, "huge"), pattern(1 << 20));
  truncateSync(join(root, "huge"), HUGE);
}

describe("file calls of the C host", () => {
  let shared: FileSession;
  before(async () => {
    shared = (await start()).client;
  });
  for (const { name, steps } of refusals) {
    it(name, () => runSteps(shared, steps));
  }

  for (const { name, steps } of fileCases) {
    it(name, async () => {
      const { host, client } = await start();
      await runSteps(client, steps);
      await host.kill();
    });
  }

  it("finds nothing without a root", async () => {
    await runSteps(await FileSession.open(await Host.start(guest)), noFiles);
  });

  it("leaves no file open behind a refusal", async () => {
    const { host, root, client } = await start();
    for (const { steps } of refusals) await runSteps(client, steps);
    await allClosed(host, root);
  });

  it("writes what is then on the disk", async () => {
    const { root, client } = await start();
    assert.match(await client.ask("open", "3", "www/ü.log"), /^16 0 \d+ 0$/);
    assert.equal(await client.ask("write", "16", "grüße\t"), "8");
    assert.equal(readFileSync(join(root, "www/ü.log"), "utf8"), "grüße\t");
    assert.equal(await client.ask("rename", "www/ü.log", "logs/2"), "0");
    assert.equal(readFileSync(join(root, "logs/2"), "utf8"), "grüße\t");
  });

  it("refuses sockets, and follows no link that appears on the way", async () => {
    const { root, client } = await start();
    const socket = createServer().listen(join(root, "socket"));
    for (const mode of ["0", "1", "2", "3"]) assert.equal(await client.ask("open", mode, "socket"), "-2");
    socket.close();
    assert.equal(await client.ask("size", "www/index.html"), "4");
    renameSync(join(root, "www"), join(root, "moved"));
    symlinkSync("moved", join(root, "www"));
    assert.equal(await client.ask("open", "0", "www/index.html"), "-2");
  });

  it("answers FULL where there is no room, and goes on", async () => {
    const { root, client } = await start(makeRoot(), "ulimit -f 8");
    await client.ask("open", "2", "full");
    let answer = "900";
    for (let i = 0; i < 20 && answer === "900"; i++) answer = await client.ask("write", "16", "x".repeat(900));
    assert.equal(answer, "-4");
    assert.equal(readFileSync(join(root, "full"), "utf8"), "x".repeat(4096));
    await client.ask("open", "2", "other");
    assert.equal(await client.ask("write", "17", "small"), "5");
  });

  it("answers BUSY where the process may open no more", async () => {
    const { host, client } = await start(makeRoot(), "ulimit -n 16");
    const answer = await client.ask("all", ...Array<string>(16).fill("hello.txt"));
    assert.equal(answer, "-5");
    assert.equal(await client.ask("trap"), "fault");
    assert.equal(await client.ask("size", "hello.txt"), "13");
    await host.logged(/\n/);
    assert.equal(host.log.split("\n").length, 2);
  });

  it("refuses files of more than 4 GiB - 1", async () => {
    const { root, client } = await start();
    writeFileSync(join(root, "vast"), "");
    truncateSync(join(root, "vast"), 2 ** 32 - 1);
    assert.match(await client.ask("open", "0", "vast"), /^16 4294967295 \d+ 0$/);
    assert.equal(await client.ask("read", "16", "4294967290", "9"), "5 \0\0\0\0\0");
    truncateSync(join(root, "vast"), 2 ** 32);
    assert.equal(await client.ask("open", "0", "vast"), "-6");
  });
});

describe("send_file of the C host", () => {
  it("sends small files within the call", async () => {
    const { host, root, client } = await start();
    assert.equal(await client.ask("get", "hello.txt"), "Hello, files!sent");
    assert.equal(await client.ask("get", "empty"), "sent");
    await client.ask("open", "0", "hello.txt");
    assert.equal(await client.ask("send", "48", "7", "5"), "filessent");
    await allClosed(host, root);
  });

  it("sends a large file, and tells when it is sent", async () => {
    const { host, root, client } = await start();
    for (let i = 0; i < 3; i++) {
      client.tell("get", "big.bin");
      assert.deepEqual(await client.bytes(BIG), pattern(BIG));
      // Not "sent": after 64 KiB it is another connection's turn.
      assert.equal(await client.line(), "done");
    }
    await allClosed(host, root);
  });

  it("sends 100 MB to a client that takes its time, in no more memory, while others are served", async () => {
    const { host, root, client } = await start(makeRoot(), FREE_AT_ONCE);
    makeHuge(root);
    const other = await FileSession.open(host);
    await other.ask("size", "hello.txt");
    const before = peakMemory(host);
    client.tell("get", "huge").pause();
    await stall(other, 0);
    assert.equal(await other.ask("get", "hello.txt"), "Hello, files!sent");
    client.resume();
    assert.deepEqual(await client.bytes(1 << 20), pattern(1 << 20));
    await client.skip(HUGE - (1 << 20));
    assert.equal(await client.line(), "done");
    assert.equal(await other.ask("unsent", "0"), "0");
    assert.ok(peakMemory(host) - before < 256 * 1024, `${peakMemory(host) - before} bytes more`);
    await allClosed(host, root);
  });

  it("serves several in turn", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    const sessions = [client, await FileSession.open(host), await FileSession.open(host)];
    for (const session of sessions) session.tell("get", "huge");
    await Promise.all(sessions.map((session) => session.skip(HUGE)));
    for (const session of sessions) assert.equal(await session.line(), "done");
  });

  it("accepts nothing else on the connection meanwhile", async () => {
    const { root, client } = await start();
    makeHuge(root);
    client.tell("interrupt", "huge").pause();
    await sleep(20);
    client.resume();
    await client.skip(HUGE);
    assert.equal(await client.line(), "done");
  });

  it("closes the file whatever it answers", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    client.tell("get", "huge").pause();
    const other = await FileSession.open(host);
    await stall(other, 0);
    for (let i = 0; i < 20; i++) {
      assert.equal(await other.ask("send-to", "0", "hello.txt"), "-5");
      assert.equal(await other.ask("send-to", "7", "hello.txt"), "-1");
      assert.equal(await other.ask("send-to", "-1", "hello.txt"), "-1");
    }
    assert.deepEqual(openFiles(host, root), ["huge"]);
  });

  it("resets the connection where the file becomes shorter", async () => {
    const { host, root, client } = await start();
    const address = client.client.socket.localAddress;
    makeHuge(root);
    client.tell("get", "huge").pause();
    const other = await FileSession.open(host);
    const left = await stall(other, 0);
    truncateSync(join(root, "huge"), HUGE - left);
    client.resume();
    assert.ok(await client.wasReset());
    await host.logged(/closed 0/);
    assert.match(
      host.log,
      new RegExp(
        `^WARN {2}a file that ${address} is sent has become shorter, or cannot be read, with ${left} bytes to go: the connection is reset\\nINFO {2}closed 0\\n$`,
      ),
    );
    await allClosed(host, root);
    assert.equal(await other.ask("size", "hello.txt"), "13");
  });

  it("resets the connection at once where less is there than asked for", async () => {
    const { host, client } = await start();
    await client.ask("open", "0", "hello.txt");
    client.tell("send", "16", "0", "14");
    assert.ok(await client.wasReset());
    await host.logged(/with 1 bytes to go: the connection is reset\nINFO {2}closed 0\n/);
  });

  it("sends on what was removed meanwhile", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    client.tell("get", "huge").pause();
    await stall(await FileSession.open(host), 0);
    rmSync(join(root, "huge"));
    client.resume();
    await client.skip(HUGE);
    assert.equal(await client.line(), "done");
  });

  it("closes the files of clients that go, in any way", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    for (let i = 0; i < 10; i++) {
      const [first, second] = [await FileSession.open(host), await FileSession.open(host)];
      first.tell("get", "huge").pause();
      second.tell("get-pause", "huge").pause();
      await until("both are sent", () => openFiles(host, root).length === 2);
      await Promise.all([first.reset(), second.reset()]);
      await until("both are closed", () => openFiles(host, root).length === 0);
    }
    await until("all are told", () => host.log.match(/closed/g)?.length === 20);
    assert.equal(await client.ask("all", ...Array<string>(16).fill("hello.txt")), "0");
  });

  it("makes a reset of a close before its end, so that no part is taken for the whole", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    client.tell("get-close", "huge");
    assert.ok(await client.wasReset());
    const whole = await FileSession.open(host);
    whole.tell("get-close", "hello.txt");
    assert.deepEqual(await whole.rest(), { bytes: Buffer.from("Hello, files!sent\n"), end: "fin" });
    await allClosed(host, root);
  });

  it("is ended by a new instance, for the connection that trapped too", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    const [idle, trapping] = [await FileSession.open(host), await FileSession.open(host)];
    client.tell("get", "huge").pause();
    await stall(idle, 0);
    trapping.tell("get-trap", "huge");
    assert.ok(await trapping.wasReset());
    client.resume();
    assert.ok(await client.wasReset());
    await host.logged(/the app starts anew, 1 connections go on, 2 are reset/);
    assert.equal(await idle.ask("size", "hello.txt"), "13");
    await allClosed(host, root);
  });

  it("does not keep the host from ending", async () => {
    const { host, root, client } = await start();
    makeHuge(root);
    client.tell("get", "huge").pause();
    await stall(await FileSession.open(host), 0);
    host.signal("SIGTERM");
    assert.equal(await host.status(), 0);
    assert.ok(await client.resume().wasReset());
  });
});
