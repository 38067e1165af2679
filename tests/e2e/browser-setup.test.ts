/** The pages that the firmware brings with it, in a browser, against the C host. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { faintTexts, fits, shows } from "./browser-checks.js";
import { noBrowser, screenshot, visit } from "./browser.js";
import { serve } from "./server.js";

const folder = mkdtempSync(join(tmpdir(), "microserver-setup-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes a file for --storage, as firmware/port/posix/storage_entries.h has it. */
function storage(name: string, entries: Record<string, string>): string {
  const parts = Object.entries(entries).map(([key, value]) => {
    const head = Buffer.alloc(3);
    head.writeUInt8(key.length, 0);
    head.writeUInt16LE(Buffer.byteLength(value), 1);
    return Buffer.concat([head, Buffer.from(key + value)]);
  });
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([Buffer.from("microserver storage 1\n"), ...parts]));
  return path;
}

const SCAN = "4 lock Home\n3 lock Home 5 GHz\n3 open Café\n2 lock FRITZ!Box 7590 AB\n1 lock Garden shed\n";

describe("the setup page", { skip: noBrowser }, () => {
  it("takes network and password from a phone, and says what happens next", async () => {
    const path = storage("join", { scan: SCAN });
    const server = await serve("firmware/apps/setup", ["--storage", path]);
    await visit(
      `${server.url}/`,
      async (page) => {
        await screenshot(page, "build/setup.png");
        await page.getByLabel("Café").check();
        await page.getByLabel("Home", { exact: true }).check();
        await page.getByLabel("Password").fill("correct horse");
        assert.equal(await page.getAttribute("#password", "type"), "password");
        await page.getByLabel("Show it").check();
        assert.equal(await page.getAttribute("#password", "type"), "text");
        await page.getByRole("button", { name: "Join" }).click();
        await shows(page, ".card", /joins Home/);
        await screenshot(page, "build/setup-saved.png");
      },
      { mobile: true },
    );
    await server.logged(/the app restarts/);
    const kept = readFileSync(path, "latin1");
    assert.ok(kept.includes("ssidHome") && kept.includes("passwordcorrect horse"));
  });

  it("takes a name that is typed", async () => {
    const path = storage("typed", {});
    const server = await serve("firmware/apps/setup", ["--storage", path]);
    await visit(`${server.url}/`, async (page) => {
      await page.getByLabel("Its name").fill("Hidden");
      await page.getByRole("button", { name: "Join" }).click();
      await shows(page, ".card", /joins Hidden/);
    });
  });

  it("searches again", async () => {
    const server = await serve("firmware/apps/setup", ["--storage", storage("again", { scan: SCAN })]);
    await visit(
      `${server.url}/`,
      async (page) => {
        await page.getByRole("button", { name: "Search again" }).click();
        await shows(page, ".card", /looks around/);
      },
      { mobile: true },
    );
    await server.logged(/the app restarts/);
  });

  it("says what is wrong, and keeps the choice", async () => {
    const server = await serve("firmware/apps/setup", ["--storage", storage("wrong", { scan: SCAN })]);
    const expected = [/400/];
    await visit(
      `${server.url}/`,
      async (page) => {
        await page.getByLabel("Garden shed").check();
        await page.getByLabel("Password").fill("short");
        await page.getByRole("button", { name: "Join" }).click();
        await shows(page, "[role=alert]", /at least 8 characters/);
        assert.ok(await page.getByLabel("Garden shed").isChecked());
      },
      { expected },
    );
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`fits a screen of 320 px, and can be read in ${colorScheme} colors`, async () => {
      const entries = { scan: SCAN, ssid: "Garden shed", password: "12345678" };
      const server = await serve("firmware/apps/setup", ["--storage", storage(colorScheme, entries)]);
      await visit(`${server.url}/`, async (page) => {
        await page.emulateMedia({ colorScheme });
        await shows(page, "[role=alert]", /Garden shed could not be joined/);
        assert.ok(await fits(page, 320));
        assert.deepEqual(await faintTexts(page), []);
      });
    });
  }
});

describe("the recovery page", { skip: noBrowser }, () => {
  it("says why it is there, and starts the app again", async () => {
    const reason = "The firmware crashed several times in a row.";
    const server = await serve("firmware/apps/recovery", ["--storage", storage("recovery", { reason })]);
    await visit(
      `${server.url}/`,
      async (page) => {
        await shows(page, "[role=alert]", /crashed several times/);
        await screenshot(page, "build/recovery.png");
        assert.ok(await fits(page, 320));
        assert.deepEqual(await faintTexts(page), []);
        await page.getByRole("button", { name: "Start the app" }).click();
        await shows(page, ".card", /restarts/);
      },
      { mobile: true },
    );
    await server.logged(/the app restarts/);
  });
});
