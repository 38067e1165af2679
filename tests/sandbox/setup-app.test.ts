/** firmware/apps/setup: the page of the access point. */

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { buildApp } from "../../host/build/app.js";
import { projectPath } from "../../host/build/project.js";
import { Board, load, type App, type Response } from "../../host/sandbox/index.js";

const SCAN = "4 lock Home\n3 open Café <1>\n1 lock Garden shed\n";
const PORTAL = "http://192.168.4.1/";

let board: Board;
let app: App;

async function start(keys: Record<string, string> = { scan: SCAN }): Promise<App> {
  const { wasm } = await buildApp(projectPath("firmware/apps/setup"));
  board = new Board();
  for (const [key, value] of Object.entries(keys)) board.storage.write(key, value);
  return load(wasm, { board });
}

function join(fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(fields).toString();
  return app.fetch("/join", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body,
  });
}

/** What the firmware will find: name and password, null where none is kept. */
function kept(): [string | null, string | null] {
  return [board.storage.text("ssid"), board.storage.text("password")];
}

function restarts(): number {
  return app.log.filter(({ text }) => text === "the app restarts").length;
}

describe("a phone at the access point", () => {
  beforeEach(async () => {
    app = await start();
  });

  const probes = {
    Android: ["/generate_204", "/gen_204"],
    "iOS and macOS": ["/hotspot-detect.html", "/library/test/success.html"],
    Windows: ["/connecttest.txt", "/ncsi.txt", "/redirect"],
    Firefox: ["/canonical.html", "/success.txt?ipv4"],
    "somebody who types an address": ["/some/page?x=1"],
  };
  for (const [who, targets] of Object.entries(probes)) {
    it(`is led to the page: ${who}`, async () => {
      for (const target of targets) {
        for (const method of ["GET", "HEAD"]) {
          const response = await app.fetch(target, { method, headers: { Host: "connectivitycheck.example" } });
          assert.equal(response.status, 302, target);
          assert.equal(response.headers.get("location"), PORTAL);
        }
      }
    });
  }

  it("finds style and script, and the page allows no others", async () => {
    const page = await app.fetch("/");
    assert.match(
      page.headers.get("content-security-policy") ?? "",
      /^default-src 'none'; style-src 'self'; script-src 'self'/,
    );
    assert.equal(page.headers.get("cache-control"), "no-store");
    assert.match((await app.fetch("/style.css")).headers.get("content-type") ?? "", /^text\/css/);
    assert.match((await app.fetch("/script.js")).headers.get("content-type") ?? "", /^text\/javascript/);
  });
});

describe("the list of networks", () => {
  it("is in the order of the scan, with their signal", async () => {
    app = await start();
    const { text } = await app.fetch("/");
    const values = [...text.matchAll(/name="ssid" value="([^"]*)"/g)].map(([, value]) => value);
    assert.deepEqual(values, ["Home", "Café &lt;1&gt;", "Garden shed", ""]);
    assert.deepEqual(
      [...text.matchAll(/signal (\d) of 4/g)].map(([, bars]) => bars),
      ["4", "3", "1"],
    );
  });

  it("escapes names: a neighbour chooses them", async () => {
    app = await start({ scan: `4 lock "><script>alert('x')</script>&\n` });
    const { text } = await app.fetch("/");
    assert.ok(text.includes("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"));
    assert.equal(text.includes("<script>alert"), false);
  });

  for (const [what, scan] of Object.entries({
    "no scan": undefined,
    "an empty scan": "",
    "lines that are none": "\n\nx\n9 lock Nine\n4lock\n4 lock \n",
  })) {
    it(`can be typed where there is ${what}`, async () => {
      app = await start(scan === undefined ? {} : { scan });
      const { status, text } = await app.fetch("/");
      assert.equal(status, 200);
      assert.match(text, /None was found/);
      assert.match(text, /value="" checked/);
    });
  }

  for (const [failure, told] of [
    ["password", /Garden shed refused the password/],
    ["absent", /Garden shed is not within reach/],
    ["other", /Garden shed could not be joined: it is not within reach, or the password is wrong/],
  ] as const) {
    it(`says why a network could not be joined: ${failure}`, async () => {
      app = await start({ scan: SCAN, ssid: "Garden shed", password: "wrong one", failure });
      assert.match((await app.fetch("/")).text, told);
    });
  }

  it("says nothing of a failure where nothing was tried", async () => {
    app = await start({ scan: SCAN, failure: "password" });
    assert.equal((await app.fetch("/")).text.includes("alert"), false);
  });

  it("says which network could not be joined", async () => {
    app = await start({ scan: SCAN, ssid: "Garden shed", password: "wrong one" });
    const { text } = await app.fetch("/");
    assert.match(text, /Garden shed could not be joined/);
    assert.match(text, /value="Garden shed" checked/);
    assert.equal(text.includes("wrong one"), false);
  });
});

describe("searching again", () => {
  it("restarts the device, which then looks around, and keeps what was known", async () => {
    app = await start({ scan: SCAN, ssid: "Home", password: "correct horse" });
    const { status, text } = await app.fetch("/search", { method: "POST" });
    assert.equal(status, 200);
    assert.match(text, /looks around/);
    app.advance({ seconds: 3 });
    assert.equal(restarts(), 1);
    assert.deepEqual(kept(), ["Home", "correct horse"]);
  });

  it("takes a form: no link that a phone looks at in advance restarts it", async () => {
    app = await start();
    assert.notEqual((await app.fetch("/search")).status, 200);
    app.advance({ seconds: 3 });
    assert.equal(restarts(), 0);
  });
});

describe("joining", () => {
  beforeEach(async () => {
    app = await start();
  });

  for (const [what, fields, expected] of [
    ["a network of the list", { ssid: "Home", other: "", password: "correct horse" }, ["Home", "correct horse"]],
    ["one that is typed", { ssid: "", other: "Hidden", password: "correct horse" }, ["Hidden", "correct horse"]],
    ["one without a password", { ssid: "Café <1>", password: "" }, ["Café <1>", ""]],
    ["a password of 8 characters", { ssid: "Home", password: "12345678" }, ["Home", "12345678"]],
    ["a password of 63 characters", { ssid: "Home", password: "x".repeat(63) }, ["Home", "x".repeat(63)]],
    ["a key of 64 digits", { ssid: "Home", password: "0123abCD".repeat(8) }, ["Home", "0123abCD".repeat(8)]],
    ["a name of 32 bytes", { ssid: "ü".repeat(16), password: "" }, ["ü".repeat(16), ""]],
  ] as const) {
    it(`keeps ${what}, and restarts`, async () => {
      const response = await join(fields);
      assert.equal(response.status, 200);
      assert.match(response.text, /Saved/);
      assert.deepEqual(kept(), expected);
      app.advance({ seconds: 5 });
      assert.equal(restarts(), 1);
    });
  }

  for (const [what, fields, reason] of [
    ["nothing", {}, /Choose a network/],
    ["no name", { ssid: "", other: "", password: "12345678" }, /Choose a network/],
    ["a name of 33 bytes", { ssid: `${"ü".repeat(16)}x`, password: "" }, /at most 32 bytes/],
    ["a password of 7 characters", { ssid: "Home", password: "1234567" }, /at least 8/],
    ["a password of 64 characters", { ssid: "Home", password: "x".repeat(64) }, /at most 63/],
    ["a password with an accent", { ssid: "Home", password: "pässword" }, /without accents/],
    ["a password with a line end", { ssid: "Home", password: "1234567\n8" }, /without accents/],
  ] as const) {
    it(`refuses ${what}, keeps nothing, and does not restart`, async () => {
      const response = await join(fields);
      assert.equal(response.status, 400);
      assert.match(response.text, reason);
      assert.deepEqual(kept(), [null, null]);
      app.advance({ seconds: 5 });
      assert.equal(restarts(), 0);
    });
  }

  it("shows again what was chosen, never the password", async () => {
    const { text } = await join({ ssid: "Home", password: "short" });
    assert.match(text, /value="Home" checked/);
    assert.equal(text.includes("short"), false);
  });

  it("says that storage failed, and does not restart", async () => {
    board.storage.broken = true;
    const response = await join({ ssid: "Home", password: "correct horse" });
    assert.equal(response.status, 500);
    assert.match(response.text, /storage failed/);
    app.advance({ seconds: 5 });
    assert.equal(restarts(), 0);
  });
});
