import { expect, test } from "@playwright/test";
import { api, type FindingSummary } from "./api";
import { shifts, watchShifts } from "./layout-shifts";
import { signIn } from "./people";
import { demo } from "./start-product";

const list = () => `${demo().url}/o/${demo().organization}/findings`;

test("filters apply as they are chosen, keep the focus, and are undone together", async ({
  page,
  request,
}) => {
  const { data } = await api<{ data: FindingSummary[] }>(
    request,
    "/findings?limit=200&severity=HIGH,MEDIUM&environment=production&observation=failing",
  );
  await signIn(page, demo());
  await watchShifts(page);
  await page.goto(list());
  await expect(page.getByRole("button", { name: "Apply" })).toBeHidden();
  await page.getByRole("link", { name: /^Failing \d/ }).click();
  await page.waitForURL(/\?observation=failing$/);
  // What follows takes lines out of the list and puts others in, as it is asked to.
  expect((await shifts(page)).reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.05);
  const environment = page.getByRole("combobox", { name: "Environment" });
  await environment.focus();
  await environment.selectOption("production");
  await page.waitForURL(/environment=production/);
  await expect(environment).toBeFocused();
  await expect(environment).toHaveValue("production");
  await page.goto(`${page.url()}&severity=HIGH,MEDIUM&obs=failing`);
  await expect(page.getByText("Ignored unknown filters: obs=failing")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Severity" })).toHaveValue("HIGH,MEDIUM");
  await expect(page.locator("tbody tr")).toHaveCount(data.length);
  expect(data.length).toBeGreaterThan(0);

  await page.getByRole("combobox", { name: "Group" }).selectOption("cause");
  await page.waitForURL(/group=cause/);
  const heads = page.getByRole("rowheader");
  await expect(heads.first()).toBeVisible();
  const counted = await heads.locator("span").allTextContents();
  expect(counted.map(Number).reduce((sum, n) => sum + n, 0)).toBe(data.length);

  await page.getByRole("link", { name: "Clear 2 filters" }).click();
  await page.waitForURL(/\?observation=failing&group=cause$/);
  await expect(environment).toHaveValue("");
});

test("what nothing matches says so, and a filter without a control can be taken away", async ({ page }) => {
  await signIn(page, demo());
  await page.goto(`${list()}?q=no-such-account&cause=no-trail`);
  await expect(page.getByRole("heading", { name: "No finding matches" })).toBeVisible();
  await page.getByRole("link", { name: /^Cause: No trail/ }).click();
  await page.waitForURL(/\?q=no-such-account$/);
  await page.goto(`${list()}?sort=due&cursor=bm90LW91cnM`);
  await expect(page.getByText(/^Ignored unknown filters: cursor/)).toBeVisible();
  await expect(page.locator("tbody tr").first()).toBeVisible();
});

test("on a phone a row is two lines, and filters are in a sheet that says what it would show", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, demo());
  await page.goto(list());
  const row = await page.locator("tbody tr").first().boundingBox();
  expect(row?.height).toBeLessThan(72);
  const opener = page.getByRole("button", { name: "Filter", exact: true });
  const severity = page.getByRole("combobox", { name: "Severity" });
  await expect(severity).toBeHidden();
  await opener.click();
  await severity.selectOption("HIGH");
  await page.waitForURL(/severity=HIGH/);
  const total = await page.locator("tbody tr").count();
  await page.getByRole("button", { name: `Show ${total}` }).click();
  await expect(severity).toBeHidden();
  await expect(page.getByRole("button", { name: "Filter · 1" })).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the filters are a form", async ({ page, context, browser }) => {
    const signedIn = await browser.newContext();
    const other = await signedIn.newPage();
    await signIn(other, demo());
    await context.addCookies(await signedIn.cookies());
    await signedIn.close();
    await page.goto(`${list()}?observation=failing`);
    await page.getByRole("combobox", { name: "Severity" }).selectOption("HIGH");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.waitForURL(/observation=failing.*severity=HIGH/);
    await expect(page.getByRole("link", { name: "Clear 1 filter" })).toBeVisible();
    await expect(page.getByText(/^Ignored/)).toBeHidden();
  });
});
