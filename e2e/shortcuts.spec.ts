import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { commands } from "@/components/keys/commands";
import { demoIds } from "./api";
import { signIn } from "./people";
import { demo } from "./start-product";

let root: string;
let key: string;

test.beforeEach(async ({ page, request }) => {
  const { org, findingKey } = await demoIds(request, { checkId: "cloudtrail.not_multi_region" });
  root = `${demo().url}/o/${org}`;
  key = findingKey;
  await signIn(page, demo());
});

/** The page listens: keys typed before that are lost, as clicks are. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(root + path, { waitUntil: "networkidle" });
}

/** Types once the palette has the focus: keys before that are the page's. */
async function say(page: Page, text: string): Promise<void> {
  await expect(page.locator("[cmdk-input]")).toBeFocused();
  await page.keyboard.type(text);
}

test("the palette finds pages, findings and what the page can do", async ({ page }) => {
  await open(page, "/scans");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or run a command" });
  await expect(palette).toBeVisible();
  expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);
  await say(page, "account");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/accounts$/);

  await page.keyboard.press("Control+k");
  await say(page, key.replace("PST-", ""));
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/findings/${key}$`));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Search or run" }).click();
  await say(page, "assign");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Assign" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  await say(page, "no such thing, surely");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/findings\?q=no%20such%20thing/);
});

test("keys go to pages and through rows, and press what the page shows", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/scans");
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await page.waitForURL(/\/findings$/);
  await expect(page.getByRole("heading", { level: 1, name: "Findings" })).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = page.locator("tbody tr a").first();
  await expect(first).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/findings\/PST-\d+/);

  await open(page, `/findings/${key}`);
  await page.keyboard.press(".");
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("aws cloudtrail");
  await page.keyboard.press("y");
  await expect(page.getByText("Link copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${root}/findings/${key}`);
  await page.keyboard.press("2");
  await expect(page.getByRole("tab", { selected: true })).not.toHaveText("AWS CLI");
  await page.keyboard.press("d");
  await expect(page.getByRole("dialog", { name: "Change the due date" })).toBeVisible();
  // Nothing happens below an open dialog.
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog")).toHaveCount(1);
});

test("the second key of a sequence is not a key of its own, and typing is typing", async ({ page }) => {
  await open(page, `/findings/${key}`);
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL(/\/accounts$/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goto(`${root}/findings`, { waitUntil: "networkidle" });
  await page.keyboard.press("/");
  await page.keyboard.type("g fa?");
  await expect(page.getByRole("searchbox")).toHaveValue("g fa?");
  await expect(page).toHaveURL(/\/findings$/);
});

test("the sheet shows every shortcut, and switches single keys off", async ({ page }) => {
  await open(page, "/accounts");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Shortcuts" });
  for (const { label } of commands) await expect(sheet.getByText(label, { exact: true })).toBeVisible();
  expect((await new AxeBuilder({ page }).include("[role=dialog]").analyze()).violations).toEqual([]);
  await sheet.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/accounts$/);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search or run a command" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(`${demo().url}/account`);
  await page.getByRole("checkbox", { name: /single-key shortcuts/ }).check();
  await open(page, "/accounts");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL(/\/scans$/);
});
