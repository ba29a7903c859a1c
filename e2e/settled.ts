import { expect, type Page } from "@playwright/test";

/** Waits until a page shows what it has to show: no placeholders, its own fonts, times in the reader's zone. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator("main").getByText(/\d\d:\d\d UTC/)).toHaveCount(0);
}
