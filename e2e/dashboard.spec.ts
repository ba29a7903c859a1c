import { expect, test } from "@playwright/test";
import { colleague, signIn } from "./people";
import { settled } from "./settled";
import { demo } from "./start-product";

/** The three ways in which a Region is blind. */
const blindCell = /^(Not logged|Partly logged|Delivery failing)$/;

test("a lead begins at the dashboard: the sentence, what is open, coverage by account, and how figures are made", async ({
  page,
}) => {
  await signIn(page, demo());
  const root = `${demo().url}/o/${demo().organization}`;
  await expect(page).toHaveURL(`${root}/dashboard`);
  const sentence = page.getByRole("heading", { level: 1 });
  // The demo's first scans may still be on their way.
  await expect(async () => {
    await page.reload();
    await expect(sentence).toContainText(/^\d+ of \d+ accounts? ha(s|ve) blind Regions\./, {
      timeout: 1_000,
    });
  }).toPass({ timeout: 90_000 });
  const blind = Number(/^\d+/.exec((await sentence.textContent()) ?? "")?.[0]);
  expect(await sentence.getByRole("link").first().getAttribute("href")).toBe(
    `/o/${demo().organization}/findings?checkId=cloudtrail.not_multi_region&observation=failing&status=open,in_progress,awaiting_verification,reopened`,
  );
  await expect(page.getByRole("list", { name: "Figures" }).getByRole("listitem")).toHaveCount(4);

  // One line for each account: as many are marked blind as the sentence says.
  const strip = page.getByRole("region", { name: "Coverage by account" });
  const lines = strip.getByRole("link").filter({ hasText: "Today:" });
  expect(await lines.count()).toBeGreaterThanOrEqual(Math.min(blind, 14));

  // Each decision leads to where it is made.
  const decisions = page.getByRole("region", { name: "Needs a decision" }).getByRole("listitem");
  for (const decision of await decisions.all()) {
    const button = decision.getByRole("link");
    await expect(button).toHaveCount(1);
    expect(await button.getAttribute("href")).toMatch(/\/(findings\/PST-\d+|accounts\/[0-9a-f-]{36})$/);
  }

  // The drawer is the browser's own: it opens and closes by keyboard and gives the focus back.
  const button = page.getByRole("button", { name: "Definitions" });
  await button.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "How these figures are made" });
  await expect(drawer).toContainText("they never count as covered");
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(button).toBeFocused();

  await lines.first().click();
  await page.waitForURL(/\/findings\/PST-\d+/);
});

test("the matrix of a check: a row for each account, a bar on a phone, Regions enabled nowhere folded", async ({
  page,
}) => {
  await signIn(page, demo());
  const root = `${demo().url}/o/${demo().organization}`;
  await page.goto(`${root}/checks/cloudtrail.not_multi_region`);
  await settled(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CloudTrail is not multi-Region");
  const table = page.getByRole("table", { name: "Accounts and Regions" });
  const rows = table.locator("tbody").getByRole("row");
  expect(await rows.count()).toBeGreaterThan(5);
  // Most blind first; in which way the first one is blind depends on what was scanned last.
  await expect(rows.first().getByRole("cell", { name: blindCell }).first()).toBeVisible();
  await expect(table.getByRole("cell", { name: "Not logged", exact: true }).first()).toBeVisible();
  const columns = await table.getByRole("columnheader").count();
  const fold = page.getByRole("link", { name: /^Show \d+ Regions? enabled nowhere$/ });
  const folded = Number(/\d+/.exec((await fold.textContent()) ?? "")?.[0]);
  await fold.click();
  await page.waitForURL(/regions=all$/);
  await expect.poll(() => table.getByRole("columnheader").count()).toBeGreaterThanOrEqual(columns + folded);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(table).toBeHidden();
  await page
    .getByRole("region", { name: "Accounts and Regions" })
    .getByRole("listitem")
    .first()
    .getByRole("link")
    .click();
  await page.waitForURL(/\/findings\/PST-\d+/);

  expect((await page.goto(`${root}/checks/no.such_check`))?.status()).toBe(404);
});

test("a member begins at their own work, and may read the dashboard", async ({ page, browser }) => {
  await signIn(page, demo());
  const member = await colleague(browser, page, "member");
  await member.goto(`${demo().url}/o/${demo().organization}`);
  await expect(member).toHaveURL(/\/my-work$/);
  await member.goto(`${demo().url}/o/${demo().organization}/dashboard`);
  await expect(member.getByRole("list", { name: "Figures" })).toBeVisible();
  await member.context().close();
});
