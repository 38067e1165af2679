/** A browser against the C host. */

import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { projectPath } from "../../host/build/project.js";
import { noBrowser, screenshot, visit, type Page, type VisitOptions } from "./browser.js";
import { chromiumProblem } from "./chromium.js";
import { serve, type Server } from "./server.js";

describe("Chromium", { skip: noBrowser }, () => {
  let server: Server;
  before(async () => {
    server = await serve("examples/conformance");
  });

  it("shows what the server sends", async () => {
    await visit(`${server.url}/json`, async (page) => {
      assert.deepEqual(JSON.parse(await page.innerText("body")), { message: "Hello" });
    });
  });

  it("fetches, and sends content", async () => {
    await visit(server.url, async (page) => {
      const echo = await page.evaluate(async () => (await fetch("/echo", { method: "POST", body: "grüße" })).text());
      assert.equal(echo, "grüße");
    });
  });
});

describe("visit()", { skip: noBrowser }, () => {
  /** Visits a page of this text; a path that it asks for is not there. */
  async function visitText(html: string, test: (page: Page) => Promise<void> = async () => {}, options?: VisitOptions) {
    const site = createServer((request, response) => {
      response.writeHead(request.url === "/" ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" }).end(html);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    try {
      await visit(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`, test, options);
    } finally {
      site.closeAllConnections();
      site.close();
    }
  }

  const broken: [name: string, html: string, reason: RegExp][] = [
    ["an error on the console", `<script>console.error("oh no")</script>`, /oh no/],
    ["an exception", `<script>null.x</script>`, /Cannot read properties of null/],
    ["a promise that nobody catches", `<script>Promise.reject(new Error("lost"))</script>`, /lost/],
    ["a file that is missing", `<script src="/missing.js"></script>`, /404.*missing\.js/],
  ];
  for (const [name, html, reason] of broken) {
    it(`fails on ${name}`, () => assert.rejects(visitText(html), { name: "AssertionError", message: reason }));
    it(`passes on ${name} that is expected`, () => visitText(html, undefined, { expected: [reason] }));
  }

  it("fails where the test does", async () => {
    const failing = (): Promise<void> => Promise.reject(new Error("as meant"));
    await assert.rejects(visitText("<p>x</p>", failing), /as meant/);
  });

  it("is a phone where that is asked for, in pictures too", async () => {
    const path = projectPath(`build/screenshot-${process.pid}.png`);
    after(() => rmSync(path, { force: true }));
    const width = async (page: Page): Promise<number> => {
      await screenshot(page, path);
      return readFileSync(path).readUInt32BE(16);
    };
    const html = `<meta name="viewport" content="width=device-width"><p>x</p>`;
    await visitText(html, async (page) => assert.equal(await width(page), 2 * 390), { mobile: true });
    await visitText(html, async (page) => assert.equal(await width(page), 1280));
  });

  it("keeps nothing for the next page", async () => {
    const cookie = async (page: Page): Promise<void> => {
      assert.equal(await page.evaluate(() => document.cookie), "");
      await page.evaluate(() => (document.cookie = "a=b"));
    };
    await visitText("<p>x</p>", cookie);
    await visitText("<p>x</p>", cookie);
  });
});

describe("a browser that cannot start", () => {
  it("says which package has the library that is missing", () => {
    const program = projectPath(`build/no-chromium-${process.pid}`);
    after(() => rmSync(program, { force: true }));
    const text = "error while loading shared libraries: libnss3.so: cannot open shared object file";
    writeFileSync(program, `#!/bin/sh\necho "chromium: ${text}" >&2\nexit 127\n`, { mode: 0o755 });
    assert.equal(chromiumProblem(program), "Chromium needs libnss3.so: apt-get install libnss3 libnspr4");
  });

  it("says what happened else", () => {
    assert.match(chromiumProblem("/nowhere/chromium") ?? "", /^Chromium does not start: .*ENOENT/);
    assert.equal(chromiumProblem("true"), null);
  });
});
