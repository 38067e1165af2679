/** Pins that tell their changes, in the C host: driven by the FIFO of --control. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { run as runHost } from "./bare-host.js";
import { serve, type Server } from "./server.js";

const APP = "tests/apps/pins";

const folder = mkdtempSync(join(tmpdir(), "microserver-pins-"));
after(() => rmSync(folder, { recursive: true }));
let fifos = 0;

/** A server with a board that can be driven. */
async function start(...flags: string[]): Promise<{ server: Server; fifo: string; drive: (text: string) => void }> {
  const fifo = join(folder, String(++fifos));
  const server = await serve(APP, ["--control", fifo, ...flags]);
  return { server, fifo, drive: (text) => appendFileSync(fifo, text) };
}

async function send(server: Server, method: string, target: string): Promise<Response> {
  return fetch(server.url + target, { method, headers: { connection: "close" } });
}

/** Collects what functions were called with until that many calls have come. */
async function told(server: Server, count: number): Promise<string> {
  const all: string[] = [];
  for (let i = 0; i < 1000 && all.length < count; i++) {
    const text = await (await send(server, "GET", "/told")).text();
    if (text !== "") all.push(...text.split(", "));
  }
  return all.join(", ");
}

describe("a change of a pin", () => {
  let board: Awaited<ReturnType<typeof start>>;
  before(async () => {
    board = await start();
  });

  it("is told, in order", async () => {
    board.drive("pin0=low\npin0=high\npin1=high,pin1=low,pin1=high\npin2=low\n");
    assert.equal(await told(board.server, 5), "0 low, 0 high, 1 high, 1 high, 2 low");
  });

  it("has an effect without a request", async () => {
    board.drive("pin9=high\n");
    await board.server.logged(/board: pin 20 high/);
  });

  it("is counted where many come too fast, and the last is told in any case", async () => {
    board.drive(`${"pin0=low,pin0=high,".repeat(25)}pin0=low\n`);
    const all = (await told(board.server, 33)).split(", ");
    assert.deepEqual([all.length, all[0], all[31], all[32]], [33, "0 low", "0 high", "0 low -18"]);
  });

  it("is told once it has settled where the app says so", async () => {
    board.drive("pin3=high,pin3=low,pin3=high\n");
    assert.equal(await told(board.server, 1), "3 high");
    board.drive("pin4=high,pin4=low\n");
    assert.equal(await told(board.server, 1), "4 high");
  });

  it("waits while the function for the one before waits", async () => {
    board.drive("pin5=high\npin5=low\n");
    assert.equal(await told(board.server, 4), "5 high, 5 done, 5 low, 5 done");
  });

  it("costs nobody else where its function fails", async () => {
    board.drive("pin6=high\npin7=high\npin6=low\npin0=high\n");
    assert.equal(await told(board.server, 3), "6, 6, 0 high");
    await board.server.logged(/^ERROR no pin 6 for me at app\.ts:/);
    await board.server.logged(/^ERROR out of fuel at app\.ts:/);
    board.drive("pin8=high\n");
    await board.server.logged(/the app starts anew/);
    board.drive("pin0=low\n");
    assert.equal(await told(board.server, 1), "0 low");
  });
});

describe("watching", () => {
  it("ends where the app says so, and where the pin is made something else", async () => {
    const { server, drive } = await start();
    await send(server, "DELETE", "/watch/0");
    await send(server, "PUT", "/input/1");
    drive("pin0=low\npin1=high\npin2=low\n");
    assert.equal(await told(server, 1), "2 low");
    await send(server, "PUT", "/watch/0");
    drive("pin0=high\n");
    assert.equal(await told(server, 1), "again 0 high");
  });

  it("goes on after a restart as top-level code says", async () => {
    const { server, drive } = await start();
    await send(server, "PUT", "/watch/10");
    await send(server, "POST", "/restart");
    assert.equal((await send(server, "GET", "/told")).status, 200);
    drive("pin10=high\npin0=low\n");
    assert.equal(await told(server, 1), "0 low");
  });

  it("is refused where the pin is none, is denied, or no input", async () => {
    const { server } = await start("--board", "pin11=denied");
    for (const [target, reason] of [
      ["/watch/49", /pin 49: the board has no such pin/],
      ["/watch/11", /pin 11: the host's configuration keeps it from apps/],
      ["/watch-output/12", /pin 12: it is no input/],
      ["/watch-pwm/13", /pin 13: it is no input/],
    ] as const) {
      assert.equal((await send(server, "PUT", target)).status, 500);
      await server.logged(reason);
    }
  });
});

describe("the FIFO of --control", () => {
  it("is made, for nobody else, and goes away with the host", async () => {
    const { server, fifo } = await start();
    assert.ok(statSync(fifo).isFIFO());
    assert.equal(statSync(fifo).mode & 0o777, 0o600);
    assert.equal(await server.stop(), 0);
    assert.equal(existsSync(fifo), false);
  });

  it("may be there before, and stays then", async () => {
    const fifo = join(folder, "mine");
    execFileSync("mkfifo", [fifo]);
    const server = await serve(APP, ["--control", fifo]);
    appendFileSync(fifo, "pin0=low\n");
    assert.equal(await told(server, 1), "0 low");
    await server.stop();
    assert.ok(existsSync(fifo));
  });

  it("takes lines in pieces, and tells what it does not understand", async () => {
    const { server, drive } = await start();
    for (const piece of ["\n\npin", "0=l", "ow", "\nhumidity=4\n", `${"x".repeat(600)}\n`, "pin0=high\n"]) drive(piece);
    assert.equal(await told(server, 2), "0 low, 0 high");
    await server.stop();
    assert.deepEqual(
      server.log.map((line) => line.slice(0, 84)),
      [
        "WARN  --control takes lines like pin0=low,adc34=1200, not 'humidity=4'",
        `WARN  --control takes lines like pin0=low,adc34=1200, not '${"x".repeat(25)}`,
      ],
    );
  });

  it("is refused where it is a file, or there is no folder for it", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const [path, why] of [
      [file, "there is a file that is no FIFO"],
      [join(folder, "no/fifo"), "No such file or directory"],
    ] as const) {
      const { status, stderr } = runHost("app.wasm", "--control", path);
      assert.deepEqual([status, stderr], [1, `microserver: cannot use --control ${path}: ${why}\n`]);
    }
  });
});
