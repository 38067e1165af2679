/** Pages in a real Chromium. */

import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM, chromiumProblem, FONTS, unpackChromium } from "./chromium.js";

export type { Page } from "playwright-core";

export interface VisitOptions {
  /** A phone of 390 × 844 with touch; else a window of 1280 × 800. */
  readonly mobile?: boolean;
  /** Errors on the page's console that the test itself brings about. */
  readonly expected?: readonly RegExp[];
}

/** How long the browser waits for anything, in ms. */
const PATIENCE = 30_000;

await unpackChromium();
const problem = chromiumProblem();

/** Why tests in the browser are skipped, for `describe("…", { skip: noBrowser }, …)`; under CI they fail instead. */
export const noBrowser: string | false = problem !== null && process.env["CI"] === undefined ? problem : false;

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

function launch(): Promise<Browser> {
  if (problem !== null) throw new Error(problem);
  return chromium.launch({
    executablePath: CHROMIUM,
    env: { ...process.env, FONTCONFIG_FILE: FONTS },
    timeout: PATIENCE,
  });
}

/**
 * Opens a page by itself, with storage and cookies of its own, and closes it after `test`. Fails where the page has an
 * exception that nobody caught or an error on its console, such as a file that is missing.
 */
export async function visit(
  url: string,
  test: (page: Page) => Promise<void>,
  { mobile = false, expected = [] }: VisitOptions = {},
): Promise<void> {
  const screen = mobile
    ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }
    : { viewport: { width: 1280, height: 800 } };
  const context = await (await (browser ??= launch())).newContext(screen);
  context.setDefaultTimeout(PATIENCE);
  const errors: string[] = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    await page.goto(url);
    await test(page);
  } catch (error) {
    if (errors.length > 0) console.log(`errors of the page ${url}:`, errors);
    throw error;
  } finally {
    await context.close();
  }
  const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
  assert.deepEqual(unexpected, [], `errors of the page ${url}`);
}

/** Writes a picture of the whole page, as PNG. */
export async function screenshot(page: Page, path: string): Promise<void> {
  await page.screenshot({ path, fullPage: true });
}
