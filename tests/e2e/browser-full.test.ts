/** The page of examples/full, in a browser, against the C host. */

import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { projectPath } from "../../host/build/project.js";
import { faintTexts, fits, shows } from "./browser-checks.js";
import { noBrowser, visit } from "./browser.js";
import { serve, type Server } from "./server.js";

const APP = "examples/full";

const folder = mkdtempSync(join(tmpdir(), "microserver-full-"));
after(() => rmSync(folder, { recursive: true }));

function start(port = 0, ...flags: string[]): Promise<Server> {
  return serve(APP, ["--root", projectPath(APP), "--port", String(port), ...flags]);
}

describe("the page of examples/full", { skip: noBrowser }, () => {
  it("shows values with their units, and they move", async () => {
    const server = await start();
    await visit(`${server.url}/`, async (page) => {
      await shows(page, "#link", /^live$/);
      await shows(page, "#temperature", /^\d\d\.\d °C$/);
      await shows(page, "#light", /^\d,?\d{3} mV$/);
      await shows(page, "#memory", /^\d+\.\d KiB$/);
      await shows(page, "#clients", /^1 page$/);
      const uptime = await page.innerText("#uptime");
      assert.match(uptime, /^\d+ s$/);
      await page.waitForFunction((before) => document.querySelector("#uptime")?.textContent !== before, uptime);
    });
  });

  it("switches the LED: the page, the API and the board agree", async () => {
    const server = await start();
    const led = async (): Promise<unknown> => (await fetch(`${server.url}/api/led`)).json();
    await visit(`${server.url}/`, async (page) => {
      const light = page.getByRole("switch", { name: "LED" });
      await light.check();
      await server.logged(/board: pin 2 high/);
      assert.deepEqual(await led(), { on: true });
      await light.uncheck();
      await server.logged(/board: pin 2 low/);
      assert.deepEqual(await led(), { on: false });
    });
  });

  it("shows that the button is pressed and let go, and what it does", async () => {
    const fifo = join(folder, "board");
    const server = await start(0, "--control", fifo);
    await visit(`${server.url}/`, async (page) => {
      await shows(page, "#button", /^pressed 0 times$/);
      appendFileSync(fifo, "pin0=low\n");
      await shows(page, "#button", /^pressed$/);
      await page.locator("#led:checked").waitFor();
      appendFileSync(fifo, "pin0=high\n");
      await shows(page, "#button", /^pressed once$/);
    });
  });

  it("shows what others change", async () => {
    const server = await start();
    await visit(`${server.url}/`, (page) =>
      visit(`${server.url}/`, async (other) => {
        await shows(page, "#clients", /^2 pages$/);
        await other.check("#led");
        await page.locator("#led:checked").waitFor();
        await other.selectOption("#interval", { label: "5 s" });
        await page.waitForFunction(() => document.querySelector<HTMLSelectElement>("#interval")?.value === "5");
      }),
    );
  });

  it("gets an echo", async () => {
    const server = await start();
    await visit(`${server.url}/`, async (page) => {
      const log = page.getByRole("log");
      await log.getByText(/^Welcome to /).waitFor();
      await page.getByLabel("Message").fill("grüße");
      await page.getByLabel("Message").press("Enter");
      await log.getByText("Echo: grüße", { exact: true }).waitFor();
    });
  });

  it("restarts the board for those who have the token", async () => {
    const server = await start();
    const expected = [/401/, /ERR_CONNECTION|ERR_INCOMPLETE|WebSocket|ERR_EMPTY/];
    await visit(
      `${server.url}/`,
      async (page) => {
        await shows(page, "#link", /^live$/);
        await page.check("#led");
        await page.getByLabel("Token").fill("wrong");
        await page.getByRole("button", { name: "Restart" }).click();
        await shows(page, "#restart-note", /refused/);
        await page.getByLabel("Token").fill("change-me");
        await page.getByRole("button", { name: "Restart" }).click();
        await shows(page, "#restart-note", /restarts/);
        await page.locator("#led:not(:checked):enabled").waitFor();
      },
      { expected },
    );
  });

  it("reconnects by itself once the server is back", async () => {
    const first = await start();
    const expected = [/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/];
    await visit(
      `${first.url}/`,
      async (page) => {
        await shows(page, "#link", /^live$/);
        await first.stop("SIGKILL");
        await shows(page, "#link", /^reconnecting$/);
        assert.ok(await page.isDisabled("#led"));
        const second = await start(first.port);
        await shows(page, "#link", /^live$/);
        await page.check("#led");
        await second.logged(/board: pin 2 high/);
        await page.getByRole("button", { name: "Send" }).and(page.locator(":enabled")).waitFor();
        await page.fill("#echo-text", "again");
        await page.press("#echo-text", "Enter");
        await page.getByRole("log").getByText("Echo: again", { exact: true }).waitFor();
      },
      { expected },
    );
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`fits a screen of 320 px, and can be read in ${colorScheme} colors`, async () => {
      const server = await start();
      await visit(`${server.url}/`, async (page) => {
        await page.emulateMedia({ colorScheme });
        await shows(page, "#link", /^live$/);
        assert.ok(await fits(page, 320));
        assert.deepEqual(await faintTexts(page), []);
      });
    });
  }

  it("is under 20 KB, and asks for nothing else", async () => {
    const server = await start();
    await visit("about:blank", async (page) => {
      const sizes = new Map<string, Promise<number>>();
      page.on("response", (response) => {
        const isStream = new URL(response.url()).pathname.startsWith("/api/");
        if (!isStream)
          sizes.set(
            response.url(),
            response.body().then((body) => body.length),
          );
      });
      await page.goto(`${server.url}/`);
      await shows(page, "#link", /^live$/);
      for (const url of sizes.keys()) assert.ok(url.startsWith(server.url), url);
      const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
      assert.ok(total > 5_000 && total < 20_000, `${total} bytes`);
    });
  });
});
