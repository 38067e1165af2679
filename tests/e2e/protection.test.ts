/** Code that does not come to an end: what no fuel bounds, the watchdog ends. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Host, run } from "./bare-host.js";
import { compileEmptyGuest } from "./guest-module.js";

const ENDLESS = "while (true) store<u32>(0, load<u32>(0) + 1);";
const BITTEN = 3;

/** A module whose export loops for ever, and pays for nothing: no build of ours made it. */
function looping(name: string): Promise<string> {
  const body = new RegExp(`(export function ${name}\\(.*\\{)`);
  return compileEmptyGuest(`looping-${name}`, body, `$1 ${ENDLESS}`);
}

describe("watchdog", () => {
  it("ends the program where a call does not come to an end, and names the export", async () => {
    const host = await Host.start(await looping("on_data"), ["--watchdog", "1"]);
    (await host.connect()).write("hello");
    assert.equal(await host.status(), BITTEN);
    assert.match(host.log, /^ERROR the app's on_data has not come to an end in 1 s: the watchdog ends the program$/m);
  });

  it("watches the start of the app, too", async () => {
    const { status, stderr } = run(await looping("boot"), "--port", "0", "--watchdog", "1");
    assert.equal(status, BITTEN);
    assert.match(stderr, /^ERROR the app's boot has not come to an end in 1 s/);
  });

  it("lets a server wait for as long as it likes", async () => {
    const host = await Host.start(await compileEmptyGuest("idle", "", ""), ["--watchdog", "1"]);
    await sleep(1500);
    assert.equal(host.log, "");
    host.signal("SIGINT");
    assert.equal(await host.status(), 0);
  });

  for (const seconds of ["-1", "3601", "soon"]) {
    it(`refuses --watchdog ${seconds}`, () => {
      const { status, stderr } = run("app.wasm", "--watchdog", seconds);
      assert.equal(status, 2);
      assert.match(stderr, /--watchdog must be a number from 0 to 3600/);
    });
  }
});
