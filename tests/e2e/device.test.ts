/** The device calls on the C host's simulated board. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { mortalSource, rawLines, rawSource, refusals, restlessSource, tells } from "../contract/device.js";
import { Host, run } from "./bare-host.js";
import { compileEmptyGuest } from "./guest-module.js";
import { serve, type Server } from "./server.js";

const APP = "tests/apps/device";

/** Sends a request on a connection of its own: a restart closes idle ones, which fetch might be about to use. */
function send(server: Server, target: string, method = "GET"): Promise<Response> {
  return fetch(server.url + target, { method, headers: { connection: "close" } });
}

async function text(server: Server, target: string, method = "GET"): Promise<string> {
  const response = await send(server, target, method);
  assert.equal(response.status, 200, server.log.at(-1));
  return response.text();
}

describe("the simulated board", () => {
  let server: Server;
  before(async () => {
    server = await serve(APP);
  });

  it("logs each change of an output, and only changes", async () => {
    for (const [state, level] of [
      ["on", "high"],
      ["on", "high"],
      ["off", "low"],
      ["off", "low"],
    ]) {
      assert.equal(await text(server, `/led/${state}`, "PUT"), level);
    }
    assert.equal(await text(server, "/led/toggle", "POST"), "high");
    assert.equal(await text(server, "/drain/5/on", "PUT"), "high");
    await text(server, "/pwm/4/5000/0.25", "PUT");
    await server.logged(/25 % of/);
    assert.deepEqual(
      server.log.filter((line) => line.includes("board")),
      [
        "INFO  board: pin 2 high",
        "INFO  board: pin 2 low",
        "INFO  board: pin 2 high",
        "INFO  board: pin 5 high",
        "INFO  board: pin 4 25 % of 5000 Hz",
      ],
    );
  });

  it("reads pulls where nothing is connected", async () => {
    for (const [pull, level] of [
      ["up", "high"],
      ["down", "low"],
      ["none", "low"],
    ]) {
      assert.equal(await text(server, `/pull/7/${pull}`), level);
    }
  });

  it("has sensors with plausible values", async () => {
    const celsius = Number((await text(server, "/temperature")).replace("true ", ""));
    assert.ok(celsius > 20 && celsius < 28, String(celsius));
    const millivolts = Number(await text(server, "/adc/34"));
    assert.ok(millivolts > 0 && millivolts < 3300, String(millivolts));
  });

  it("tells what it is", async () => {
    assert.equal(await text(server, "/name"), "simulated board");
    assert.equal(await text(server, "/reset-reason"), "1");
    assert.equal(await text(server, "/host-memory"), "-1 -1");
    assert.match(await text(server, "/uptime"), /^\d{1,3}$/);
    assert.notEqual(await text(server, "/random"), await text(server, "/random"));
  });

  it("knows which pins it has", async () => {
    for (const pin of [0, 48]) assert.equal(await text(server, `/is-pin/${pin}`), "true");
    assert.equal(await text(server, "/is-pin/49"), "false");
    for (const pin of [1, 10, 32, 39]) assert.equal(await text(server, `/is-adc/${pin}`), "true");
    for (const pin of [0, 11, 31, 40, 49]) assert.equal(await text(server, `/is-adc/${pin}`), "false");
    assert.equal(await text(server, "/is-pwm/48"), "true");
    assert.equal(await text(server, "/is-pwm/49"), "false");
  });

  it("keeps levels where the app goes on in a new instance", async () => {
    assert.equal(await text(server, "/led/on", "PUT"), "high");
    assert.equal((await send(server, "/trap")).status, 500);
    assert.equal(await text(server, "/led"), "high");
  });
});

describe("a board that is set up by --board", () => {
  let server: Server;
  before(async () => {
    server = await serve(APP, [
      "--board",
      "temperature=-12.25,adc34=1200,pin0=low,pin7=high,pin6=denied,freeHeap=200000,largestBlock=110592",
    ]);
  });

  it("has these values", async () => {
    assert.equal(await text(server, "/temperature"), "true -12.25");
    assert.equal(await text(server, "/adc/34"), "1200");
    assert.equal(await text(server, "/button"), "low");
    assert.equal(await text(server, "/pull/7/down"), "high");
    assert.equal(await text(server, "/host-memory"), "200000 110592");
    assert.deepEqual([await text(server, "/is-pin/6"), await text(server, "/is-adc/6")], ["false", "false"]);
    assert.equal(await text(server, "/is-pwm/6"), "false");
  });

  it("tells each mistake", async () => {
    for (const [method, target, reason] of refusals) {
      assert.equal((await send(server, target, method)).status, 500, `${target}: ${reason}`);
    }
    await text(server, "/led/on", "PUT");
    await server.logged(/pin 2 high/);
    const errors = server.log.filter((line) => line.startsWith("ERROR "));
    assert.equal(errors.length, refusals.length);
    refusals.forEach(([, , reason], index) => assert.ok(tells(errors[index] ?? "", reason), errors[index]));
  });

  for (const state of ["none", "denied"]) {
    it(`may have no sensor of temperature for apps: temperature=${state}`, async () => {
      assert.equal(await text(await serve(APP, ["--board", `temperature=${state}`]), "/temperature"), "false NaN");
    });
  }

  for (const board of [
    "",
    "temperature",
    "temperature=",
    "temperature=warm",
    "temperature=21.5C",
    "temperature=-300",
    "temperature=inf",
    "temperature=1,",
    "humidity=4",
    "adc=1",
    "adc49=1",
    "adc34=-1",
    "adc34=5001",
    "adc34=1.5",
    "pin49=high",
    "pin-1=high",
    "pin1=up",
    "pinx=high",
    "freeHeap=2147483648",
    "storage=yes",
    "storage=",
  ]) {
    it(`is refused: --board '${board}'`, () => {
      const { status, stderr } = run("app.wasm", "--board", board);
      assert.equal(status, 2);
      assert.equal(
        stderr,
        `microserver: --board takes temperature=21.5,adc34=1200,pin0=high and the like, not '${board}'; see microserver --help\n`,
      );
    });
  }
});

describe("calls that the library does not make", () => {
  it("are answered with errors", async () => {
    const host = await Host.start(await compileEmptyGuest("raw", "const space", `${rawSource}\nconst space`));
    host.signal("SIGTERM");
    assert.equal(await host.status(), 0);
    assert.deepEqual(
      host.log.trimEnd().split("\n"),
      rawLines.map((line) => `INFO  ${line}`),
    );
  });
});

describe("a restart", () => {
  it("answers, and starts the app anew in the same process", async () => {
    const server = await serve(APP, ["--board", "pin0=low"]);
    await text(server, "/led/on", "PUT");
    assert.deepEqual([await text(server, "/visits"), await text(server, "/visits")], ["1", "2"]);
    assert.equal(await text(server, "/restart", "POST"), "bye");
    assert.equal(await text(server, "/visits"), "1");
    assert.equal(await text(server, "/reset-reason"), "2");
    assert.deepEqual([await text(server, "/led"), await text(server, "/button")], ["low", "low"]);
    assert.equal(await server.stop(), 0);
    assert.equal(server.log.filter((line) => line === "INFO  the app restarts").length, 1);
  });

  it("works again and again, also where the handler traps behind the call", async () => {
    const server = await serve(APP);
    for (let i = 0; i < 20; i++) {
      assert.equal(await text(server, "/restart", "POST"), "bye");
      assert.equal(await text(server, "/visits"), "1");
      assert.equal((await send(server, "/restart-and-trap", "POST")).status, 500);
      assert.equal(await text(server, "/visits"), "1");
    }
  });

  it("is ignored where the app asks for it while it starts", async () => {
    const host = await Host.start(await compileEmptyGuest("restless", "const space", `${restlessSource}\nconst space`));
    host.signal("SIGTERM");
    assert.equal(await host.status(), 0);
    assert.equal(host.log, "WARN  the app restarts while it starts: ignored, it would never end\n");
  });

  it("ends the host where the app does not start again", async () => {
    const host = await Host.start(
      await compileEmptyGuest(
        "mortal",
        "export function on_open(conn: i32): void {}",
        `${mortalSource}\nexport function on_open(conn: i32): void { device_restart(); }`,
      ),
    );
    (await host.connect()).socket.resetAndDestroy();
    assert.equal(await host.status(), 1);
    assert.match(
      host.log,
      /^INFO {2}the app restarts\nERROR the app does not start again: one life at empty\.ts:\d+:\d+\n$/,
    );
  });
});
