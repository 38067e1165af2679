/** The dashboard of examples/sse, in a browser, against the C host. */

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { projectPath } from "../../host/build/project.js";
import { faintTexts, fits, shows } from "./browser-checks.js";
import { noBrowser, visit } from "./browser.js";
import { serve, type Server } from "./server.js";

const APP = "examples/sse";

describe("the page of examples/sse", { skip: noBrowser }, () => {
  let server: Server;
  before(async () => {
    server = await serve(APP, ["--root", projectPath(APP)]);
  });

  it("shows what goes on in the background", async () => {
    await visit(`${server.url}/`, async (page) => {
      await shows(page, "#link", /^live$/);
      await shows(page, "#temperature", /^\d\d\.\d °C$/);
      await shows(page, "#ticks", /^3 s$/);
    });
  });

  it("shows on one page what was set on another", async () => {
    await visit(`${server.url}/`, (page) =>
      visit(`${server.url}/`, async (other) => {
        await shows(page, "#target-value", /°C$/);
        await shows(other, "#target-value", /°C$/);
        await other.getByLabel("Target").press("End");
        await shows(page, "#target-value", /^30\.0 °C$/);
        await other.getByRole("button", { name: "Heat" }).click();
        await shows(page, "#heater", /^boosted$/);
      }),
    );
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`fits a screen of 320 px, and can be read in ${colorScheme} colors`, async () => {
      await visit(`${server.url}/`, async (page) => {
        await page.emulateMedia({ colorScheme });
        await shows(page, "#temperature", /°C$/);
        assert.ok(await fits(page, 320));
        assert.deepEqual(await faintTexts(page), []);
      });
    });
  }
});
