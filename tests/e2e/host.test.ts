import assert from "node:assert/strict";
import { once } from "node:events";
import { truncateSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Host, run } from "./bare-host.js";
import { compileEmptyGuest, compileGuest, writeTemporary } from "./guest-module.js";
import { network, ofKernel } from "./program.js";

let guest = "";
before(async () => {
  guest = await compileGuest();
});

/** One line on stderr, nothing on stdout, and that status. */
function refuses(args: string[], status: number, pattern: RegExp): void {
  const result = run(...args);
  assert.match(result.stderr, pattern);
  assert.equal(result.stderr.split("\n").length, 2, result.stderr);
  assert.match(result.stderr, /^microserver: /);
  assert.equal(result.stdout, "");
  assert.equal(result.status, status);
}

describe("C host: command line", () => {
  it("prints its usage", () => {
    const { status, stdout } = run("--help");
    assert.equal(status, 0);
    for (const flag of ["--port", "--host", "--root", "--board", "--max-conns", "--fuel", "--pool", "--routes"]) {
      assert.ok(stdout.includes(flag), flag);
    }
  });

  it("prints its version", () => {
    assert.match(run("--version").stdout, /^microserver \d+\.\d+\.\d+ \(ABI 1, WAMR \d+\.\d+\.\d+\)\n$/);
  });

  const mistakes: [string, string[], RegExp][] = [
    ["no module", [], /no module is named; see microserver --help/],
    ["two modules", ["a.wasm", "b.wasm"], /more than one module is named: b.wasm/],
    ["an unknown flag", ["a.wasm", "--prot", "1"], /unknown flag --prot/],
    ["a missing value", ["a.wasm", "--port"], /a value is missing after --port/],
    ["a port that is no number", ["a.wasm", "--port", "80x"], /--port must be a number from 0 to 65535, not 80x/],
    ["a port out of range", ["a.wasm", "--port", "65536"], /--port must be/],
    ["no connections", ["a.wasm", "--max-conns", "0"], /--max-conns must be a number from 1 to 128/],
    ["a root that is missing", ["a.wasm", "--root", "/nowhere"], /--root \/nowhere is no directory/],
  ];
  for (const [name, args, pattern] of mistakes) {
    it(`refuses ${name}`, () => refuses(args, 2, pattern));
  }
});

describe("C host: loading", () => {
  it("serves a guest that has all of the ABI", async () => {
    const host = await Host.start(await compileEmptyGuest("whole", "", ""));
    assert.match(host.stdout, new RegExp(`^listening on http://${host.host.replaceAll(".", "\\.")}:\\d+\n$`));
  });

  const files: [string, () => string, RegExp][] = [
    ["a missing file", () => "/nowhere/app.wasm", /cannot read \/nowhere\/app.wasm: No such file or directory/],
    ["a directory", () => tmpdir(), /it is no WebAssembly module/],
    ["an empty file", () => writeTemporary("empty", ""), /it is no WebAssembly module/],
    [
      "another file",
      () => writeTemporary("text.wasm", "(module)"),
      /no WebAssembly module: build one with npm run build/,
    ],
    [
      "a damaged module",
      () => writeTemporary("cut.wasm", Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 1])),
      /does not load/,
    ],
  ];
  for (const [name, path, pattern] of files) {
    it(`refuses ${name}`, () => refuses([path()], 1, pattern));
  }

  const guests: [string, string, string, RegExp][] = [
    [
      "another ABI version",
      "abi_version: i32 = 1",
      "abi_version: i32 = 2",
      /ABI version 2, this host has 1: build the app again/,
    ],
    ["an unknown feature", "abi_features: i32 = 1", "abi_features: i32 = 5", /needs features 0x4 that this host lacks/],
    ["a missing global", "export const abi_version", "const abi_version", /no global abi_version/],
    ["a mutable global", "export const abi_version", "export let abi_version", /abi_version must be an immutable i32/],
    ["a window outside its memory", "= <i32>space", "= 0x7ffffff0", /window is no aligned address in its memory/],
    ["a window that is not aligned", "= <i32>space", "= <i32>space + 1", /window is no aligned address/],
    ["a missing export", "export function on_end", "function on_end", /export on_end is missing/],
    ["an export of another type", "collect()", "collect(x: i64)", /export collect has another type than the ABI says/],
    [
      "an unknown import",
      "stop(): void {}",
      'stop(): void { teleport(); }\n@external("microserver", "teleport") declare function teleport(): void;',
      /imports microserver.teleport, which this host does not offer/,
    ],
    [
      "an import of another type",
      "stop(): void {}",
      'stop(): void { close(1); }\n@external("microserver", "close") declare function close(n: i64): void;',
      /imports microserver.close, which this host does not offer with that type/,
    ],
  ];
  for (const [name, pattern, replacement, message] of guests) {
    it(`refuses ${name}`, async () => {
      const module = await compileEmptyGuest(name.replaceAll(" ", "-"), pattern, replacement);
      refuses([module, "--port", "0"], 1, message);
    });
  }

  const starts: [string, string, RegExp][] = [
    ["top-level code that aborts", "103", /no way to start at tests\/e2e\/guests\/guest.ts:\d+:\d+/],
    ["top-level code that traps", "104", /unreachable/],
    [
      "an app without connections",
      "105",
      new RegExp(`the app serves 0 connections: it must be 1 to ${network.connections}`),
    ],
    ["a receive window outside its memory", "106", /receive window lies outside its memory/],
  ];
  for (const [name, fuel, message] of starts) {
    it(`refuses ${name}`, () => refuses([guest, "--port", "0", "--fuel", fuel], 1, message));
  }

  it("refuses a pool that is too small", () => {
    refuses([guest, "--port", "0", "--pool", "16"], 1, /pool is too small for it: give it more \(--pool KB\)/);
  });

  it("refuses a port in use", ofKernel, async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    refuses([guest, "--port", String(port)], 1, new RegExp(`port ${port} is in use: choose another one`));
    other.close();
  });

  it("refuses what is no address of its own", ofKernel, () => {
    refuses([guest, "--port", "0", "--host", "no.such.host.invalid"], 1, /is no address: try --host 127.0.0.1/);
    refuses([guest, "--port", "0", "--host", "192.0.2.1"], 1, /192.0.2.1 is no address of this machine/);
  });

  it("needs the file no longer once it listens", async () => {
    const copy = await compileEmptyGuest("copy", "", "");
    const host = await Host.start(copy);
    truncateSync(copy);
    const client = await host.connect();
    client.socket.end();
    host.signal("SIGTERM");
    assert.equal(await host.status(), 0);
  });
});

describe("C host: serving", () => {
  it("passes bytes both ways", async () => {
    const client = await (await Host.start(guest)).connect();
    await client.ask("e hello", "e hello");
  });

  it("prints the routes on request", async () => {
    const host = await Host.start(guest, ["--routes"]);
    await host.logged(/^INFO {2}GET \/routes$/m);
  });

  it("offers what AssemblyScript's own library imports", async () => {
    const host = await Host.start(guest);
    await (await host.connect()).ask("k", "told");
    await host.logged(/trace.*\n/);
    assert.equal(host.log, "INFO  log ü€😀\nWARN  warn?line\nERROR error\nDEBUG debug\nDEBUG trace 1.5 -3\n");
  });

  it("ignores numbers of connections that are not open", async () => {
    await (await (await Host.start(guest)).connect()).ask("f", "ignored");
  });

  it("tells the peer's address, cut to the room there is", async () => {
    const client = await (await Host.start(guest)).connect();
    const address = client.socket.localAddress ?? "";
    await client.ask("q", address);
    await client.ask("Qe", address.slice(0, 3));
  });

  it("collects garbage when asked to", async () => {
    const client = await (await Host.start(guest)).connect();
    await client.ask("g", "soon");
    await client.ask("s", "starts 1 collected 1");
  });

  it("keeps time", async () => {
    const client = await (await Host.start(guest)).connect();
    const start = performance.now();
    await client.ask("t", "tick");
    assert.ok(performance.now() - start >= 28);
  });

  it("stops reading while the guest wants nothing", async () => {
    const client = await (await Host.start(guest)).connect();
    await client.ask("h", "held");
    client.write("e later");
    await client.take("tick");
    await client.take("e later");
  });

  it("sends what a slow reader has room for, and goes on when there is more", async () => {
    const host = await Host.start(guest);
    const slow = await host.connect();
    slow.socket.pause();
    slow.write("b");
    await (await host.connect()).ask("e others", "e others");
    slow.socket.resume();
    assert.equal(await slow.ended(), "fin");
    assert.equal(slow.count, 8 << 20);
  });

  it("answers a peer that has sent its FIN", async () => {
    const client = await (await Host.start(guest)).connect();
    client.socket.end("e half");
    await client.take("e half");
    await client.take("end");
    assert.equal(await client.ended(), "fin");
  });

  it("tells the guest of a reset", async () => {
    const host = await Host.start(guest);
    const client = await host.connect();
    await client.ask("e", "e");
    client.socket.resetAndDestroy();
    await sleep(50);
    await (await host.connect()).ask("s", "closed 1");
  });

  it("tells the guest of a reset while it does not read", async () => {
    const host = await Host.start(guest);
    const client = await host.connect();
    await client.ask("h", "held");
    client.socket.resetAndDestroy();
    await sleep(20);
    await (await host.connect()).ask("s", "closed 1");
  });

  it("drains what a peer still sends after the answer, so that no reset destroys it", async () => {
    const client = await (await Host.start(guest)).connect();
    client.write("c");
    await client.take("bye");
    client.write(Buffer.alloc(32_000));
    assert.equal(await client.ended(), "fin");
    client.socket.end();
    await sleep(50);
    assert.equal(await client.ended(), "fin");
  });

  it("does not drain for ever", async () => {
    const client = await (await Host.start(guest)).connect();
    client.write("c");
    await client.take("bye");
    client.socket.write(Buffer.alloc(16 << 20));
    await once(client.socket, "error");
  });

  it("resets on request", async () => {
    const client = await (await Host.start(guest)).connect();
    client.write("x");
    assert.equal(await client.ended(), "ECONNRESET");
  });
});

describe("C host: room", () => {
  it("gives up an idle connection for a new one", async () => {
    const host = await Host.start(guest, ["--max-conns", "1"]);
    const first = await host.connect();
    await first.ask("e", "e");
    const second = await host.connect();
    assert.equal(await first.ended(), "fin");
    await second.ask("e", "e");
  });

  it("refuses a connection where all are at work", async () => {
    const host = await Host.start(guest, ["--max-conns", "1"]);
    const first = await host.connect();
    await first.ask("w", "at work");
    const second = await host.connect();
    await second.take("full");
    assert.equal(await second.ended(), "fin");
    await first.ask("e still", "e still");
  });

  it("waits for a descriptor where none is left, and goes on", ofKernel, async () => {
    const taken = [3, 4, 5, 6, 7, 8, 9].map((fd) => `${fd}</dev/null`).join(" ");
    const host = await Host.start(guest, [], `ulimit -n 16; exec ${taken}`);
    const clients = await Promise.all([1, 2, 3].map(() => host.connect()));
    for (const client of clients) await client.ask("w", "at work");
    const waiting = await host.connect();
    waiting.write("e room");
    await host.logged(/WARN {2}out of sockets: new connections wait until one is free/);
    await sleep(200);
    assert.equal(host.log.split("\n").length, 2, host.log);
    clients[0].socket.destroy();
    await waiting.take("e room");
  });

  it("serves no more connections than it may have descriptors", ofKernel, async () => {
    const host = await Host.start(guest, [], "ulimit -n 12");
    await (await host.connect()).ask("w", "at work");
    await (await host.connect()).take("full");
  });
});

describe("C host: faults", () => {
  it("logs an abort with its place, and goes on with the same instance", async () => {
    const host = await Host.start(guest);
    const client = await host.connect();
    await client.ask("a", "fault");
    await host.logged(/^ERROR told to abort at tests\/e2e\/guests\/guest.ts:\d+:\d+, in on_data$/m);
    await client.ask("e on", "e on");
  });

  it("calls a fault handler that aborts once more", async () => {
    const host = await Host.start(guest);
    await (await host.connect()).ask("B", "fault");
    await host.logged(/told to abort at .*, in on_data\nERROR told to abort once more at .*, in on_fault\n/);
  });

  it("resets a connection whose fault handler aborts again", async () => {
    const host = await Host.start(guest);
    const client = await host.connect();
    client.write("A");
    assert.equal(await client.ended(), "ECONNRESET");
    await (await host.connect()).ask("e on", "e on");
  });

  const traps: [string, string, RegExp][] = [
    ["a read out of bounds", "m", /out of bounds memory access, in on_data/],
    ["endless recursion", "r", /stack overflow, in on_data/],
    ["unreachable code", "u", /unreachable, in on_data/],
    ["division by zero", "d", /integer divide by zero, in on_data/],
    ["sending from outside its memory", "p", /out of bounds memory access/],
    ["sending a negative length", "n", /out of bounds memory access/],
    ["logging from outside its memory", "l", /out of bounds memory access/],
    ["a buffer outside its memory", "o", /out of bounds memory access/],
  ];
  for (const [name, command, pattern] of traps) {
    it(`starts the guest anew after ${name}`, async () => {
      const host = await Host.start(guest);
      const idle = await host.connect();
      const busy = await host.connect();
      const client = await host.connect();
      await idle.ask("e", "e");
      await busy.ask("w", "at work");
      await client.ask("e", "e");
      await client.ask(command, "fault");
      await host.logged(pattern);
      await host.logged(/the app starts anew, 2 connections go on, 1 are reset/);
      assert.equal(await busy.ended(), "ECONNRESET");
      await idle.ask("e idle", "e idle");
      await client.ask("e same", "e same");
    });
  }

  it("goes on after a trap in collect", async () => {
    const host = await Host.start(guest);
    const client = await host.connect();
    client.write("G");
    await host.logged(/unreachable, in collect: the app starts anew/);
    await client.ask("s", "collected 0");
  });

  it("does not spin on a timer that aborts: after 16 in a row it waits", async () => {
    const host = await Host.start(guest);
    const client = await host.connect();
    client.write("T");
    await host.logged(/(in on_timer[^]*){16}/);
    await sleep(200);
    assert.equal(host.log.match(/in on_timer/g)?.length, 16, host.log);
    await client.ask("e on", "e on");
  });

  it("resets a connection whose fault handler traps", async () => {
    const host = await Host.start(guest, ["--fuel", "101"]);
    const other = await host.connect();
    await other.ask("e", "e");
    const client = await host.connect();
    client.write("u");
    assert.equal(await client.ended(), "ECONNRESET");
    await host.logged(/unreachable, in on_fault: the connection is reset/);
    await other.ask("e on", "e on");
  });

  it("ends where the guest cannot start again", async () => {
    const host = await Host.start(guest, ["--fuel", "102"]);
    const client = await host.connect();
    client.write("u");
    assert.equal(await host.status(), 1);
    assert.match(host.log, /^ERROR the app does not start again: unreachable$/m);
  });
});

describe("C host: signals", () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends on ${signal} when open requests are done`, async () => {
      const host = await Host.start(guest);
      const idle = await host.connect();
      const busy = await host.connect();
      await idle.ask("e", "e");
      await busy.ask("w", "at work");
      host.signal(signal);
      await idle.take("stopping");
      assert.equal(await idle.ended(), "fin");
      idle.socket.end();
      await busy.ask("e still", "e still");
      busy.socket.destroy();
      assert.equal(await host.status(), 0);
    });
  }

  it("ends at once on a second signal", async () => {
    const host = await Host.start(guest);
    const busy = await host.connect();
    await busy.ask("w", "at work");
    host.signal("SIGINT");
    await busy.take("stopping");
    host.signal("SIGINT");
    assert.equal(await host.status(), 130);
  });

  it("waits no longer than five seconds", async () => {
    const host = await Host.start(guest);
    const busy = await host.connect();
    await busy.ask("w", "at work");
    const start = performance.now();
    host.signal("SIGINT");
    assert.equal(await host.status(), 0);
    assert.ok(performance.now() - start > 4_500);
  });
});
