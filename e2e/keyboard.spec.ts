import { expect, test } from "@playwright/test";
import { demoIds } from "./api";
import { signIn } from "./people";
import { demo } from "./start-product";

test("the focus is at the heading of each page one goes to, and every copy button says what it copies", async ({
  page,
  request,
}) => {
  const { org, findingKey } = await demoIds(request, { checkId: "cloudtrail.not_multi_region" });
  await signIn(page, demo());
  await page.goto(`${demo().url}/o/${org}/findings?q=${findingKey}`);
  const heading = page.getByRole("heading", { level: 1 });
  const link = page.getByRole("row").nth(1).getByRole("link");
  await link.focus();
  // The ring is there at once: it does not fade in from the color of the text.
  expect(
    await page
      .locator("button")
      .first()
      .evaluate((node) => getComputedStyle(node).transitionProperty),
  ).not.toContain("outline");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/findings\/PST-\d+/);
  await expect(heading).toBeFocused();

  const names = await page
    .getByRole("button", { name: /^Copy/ })
    .evaluateAll((buttons) => buttons.map((button) => button.textContent?.trim()));
  expect(names.length).toBeGreaterThan(0);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain("Copy");

  await page
    .getByRole("navigation", { name: "Main", exact: true })
    .getByRole("link", { name: "Accounts" })
    .click();
  await page.waitForURL(/\/accounts$/);
  await expect(heading).toBeFocused();
});
