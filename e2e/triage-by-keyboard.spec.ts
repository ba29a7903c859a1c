import { expect, type Page, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { colleague, signIn } from "./people";
import { demo } from "./start-product";

interface Listed {
  readonly key: string | null;
  readonly owner: { readonly name: string } | null;
  readonly dueDay: string | null;
}

/** Keys that are pressed; text that is typed is not counted. */
function counted(page: Page) {
  let strokes = 0;
  return {
    press: async (...keys: readonly string[]) => {
      for (const key of keys) {
        strokes += 1;
        await page.keyboard.press(key);
      }
    },
    strokes: () => strokes,
  };
}

test("every failing finding gets an owner and a day, and one a comment, by keyboard alone", async ({
  page,
  browser,
  request,
}) => {
  const { org } = await demoIds(request);
  await signIn(page, demo());
  await (await colleague(browser, page, "member", "Beatrice")).context().close();
  const failing = async () =>
    (await api<{ data: Listed[] }>(request, "/findings?observation=failing&limit=200")).data;
  const before = await failing();
  expect(before.length).toBeGreaterThanOrEqual(12);

  await page.goto(`${demo().url}/o/${org}/accounts`, { waitUntil: "networkidle" });
  const { press, strokes } = counted(page);
  await press("g", "f");
  await page.waitForURL(/\/findings$/);
  await page.waitForLoadState("networkidle");
  await press("b");
  await page.keyboard.type("Cause");
  await page.waitForURL(/group=cause/);
  await expect(page.locator("tr.group").first()).toBeVisible();
  await press("Escape", "Control+a");
  await expect(page.getByRole("toolbar", { name: "With the selected findings" })).toBeVisible();

  await press("a");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("option", { name: "Beatrice" })).toBeAttached();
  await page.keyboard.type("Beatrice");
  await press("Enter");
  await expect(dialog.getByRole("button", { name: /^Assign \d+ findings$/ })).toBeFocused();
  await press("Enter");
  await expect(page.getByText(/findings are now assigned to Beatrice/)).toBeVisible();

  await press("d");
  await expect(dialog.getByLabel("Due on")).toBeFocused();
  await page.keyboard.type("01202031");
  const reason = dialog.getByLabel("Why it changes");
  while (!(await reason.evaluate((node) => node === document.activeElement))) await press("Tab");
  await page.keyboard.type("Change freeze");
  await press("Enter");
  await expect(dialog.getByRole("button", { name: /^Set \d+ due dates$/ })).toBeFocused();
  await press("Enter");
  await expect(page.getByText(/findings are now due on 20 Jan 2031/)).toBeVisible();

  await press("Escape", "j", "Enter");
  await page.waitForURL(/\/findings\/PST-\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.waitForLoadState("networkidle");
  await press("c");
  await page.keyboard.type("All of these wait for the change freeze.");
  await press("Control+Enter");
  await expect(page.locator("#activity")).toContainText("All of these wait for the change freeze.");

  const after = await failing();
  const keys = new Set(before.map(({ key }) => key));
  const those = after.filter(({ key }) => keys.has(key));
  expect(those.map(({ owner }) => owner?.name)).toEqual(those.map(() => "Beatrice"));
  expect(those.map(({ dueDay }) => dueDay)).toEqual(those.map(() => "2031-01-20"));
  expect(strokes()).toBeLessThan(60);
});
