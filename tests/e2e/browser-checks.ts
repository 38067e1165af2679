/** What tests ask of a page. */

import type { Page } from "./browser.js";

/** Waits until an element has a text that matches. */
export async function shows(page: Page, selector: string, text: RegExp): Promise<void> {
  await page.locator(selector, { hasText: text }).waitFor();
}

/** Whether a screen of so many px shows the page without scrolling to the side. */
export async function fits(page: Page, width: number): Promise<boolean> {
  await page.setViewportSize({ width, height: 568 });
  return page.evaluate((screen) => document.documentElement.scrollWidth <= screen, width);
}

/** Texts that are hard to read: their contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3). */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const numbers = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = numbers(color).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (element === null) return "rgb(255, 255, 255)";
      const color = getComputedStyle(element).backgroundColor;
      return numbers(color)[3] === 0 ? behind(element.parentElement) : color;
    };
    const contrast = (element: Element): number => {
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    const texts = Array.from(document.querySelectorAll("h1, h2, dt, dd, p, label, button, select, li, [placeholder]"));
    return texts
      .filter((element) => !element.matches(":disabled") && contrast(element) < 4.5)
      .map((element) => `${element.outerHTML} ${contrast(element).toFixed(1)}`);
  });
}
