import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { colleague, signIn } from "./people";
import { demo } from "./start-product";

interface Listed {
  readonly key: string | null;
  readonly accountName: string;
  readonly owner: { readonly name: string } | null;
  readonly dueAt: string | null;
}

const bar = (page: Page) => page.getByRole("toolbar", { name: "With the selected findings" });
const box = (page: Page, key: string) => page.getByRole("checkbox", { name: `Select ${key}`, exact: true });

test("several findings get an owner and a day at once, after a preview of what is skipped and why", async ({
  page,
  browser,
  request,
}) => {
  const { org } = await demoIds(request);
  await signIn(page, demo());
  const member = await colleague(browser, page, "member", "Beryl");
  await member.context().close();
  // Others than those whose owners another test is about.
  const query = "observation=failing&severity=MEDIUM";
  const { data } = await api<{ data: Listed[] }>(request, `/findings?${query}`);
  const keys = data.flatMap(({ key }) => (key === null ? [] : [key])).slice(0, 3);
  expect(keys).toHaveLength(3);
  const [first = "", second = "", third = ""] = keys;
  const rows = async () => {
    const listed = await api<{ data: Listed[] }>(request, `/findings?${query}`);
    return keys.map((wanted) => listed.data.find(({ key }) => key === wanted));
  };

  await page.goto(`${demo().url}/o/${org}/findings?${query}`);
  await expect(bar(page)).toHaveCount(0);
  await box(page, first).check();
  await expect(page.getByText("1 selected", { exact: true }).first()).toBeAttached();
  await box(page, third).click({ modifiers: ["Shift"] });
  await expect(box(page, second)).toBeChecked();
  await expect(bar(page)).toContainText("3 selected");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const dialog = page.getByRole("dialog");
  await bar(page).getByRole("button", { name: "Assign" }).click();
  // By key alone: the field has the focus, a name is typed, and Enter asks what will happen.
  await expect(dialog.getByLabel("Owner")).toBeFocused();
  await expect(dialog.getByRole("option", { name: "Beryl" })).toBeAttached();
  await page.keyboard.type("Beryl");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("3 findings will be assigned to Beryl.");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // Nothing has happened yet.
  expect((await rows()).map((row) => row?.owner?.name)).not.toContain("Beryl");
  const confirm = dialog.getByRole("button", { name: "Assign 3 findings" });
  await expect(confirm).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 findings are now assigned to Beryl.")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: first })).toContainText("Beryl");
  expect((await rows()).map((row) => row?.owner?.name)).toEqual(["Beryl", "Beryl", "Beryl"]);

  // What is so already is skipped, and named.
  await bar(page).getByRole("button", { name: "Assign" }).click();
  await dialog.getByLabel("Owner").selectOption({ label: "Beryl" });
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog).toContainText("Nothing would change.");
  await dialog.getByText("3 skipped: 3 assigned that way already").click();
  await expect(dialog.getByRole("link", { name: second, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  await bar(page).getByRole("button", { name: "Due date" }).click();
  await dialog.getByLabel("Due on").fill("2031-01-15");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(
    dialog.getByText("Say why the due date changes: it goes into the history.").first(),
  ).toBeVisible();
  await expect(dialog.getByLabel("Due on")).toHaveValue("2031-01-15");
  await dialog.getByLabel("Why it changes").fill("Change freeze");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog).toContainText("3 findings will be due on 15 Jan 2031.");

  // The change is made and its answer lost on the way: nothing typed is gone, and sent again it is made once.
  await page.route("**/findings?**", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    return route.abort("failed");
  });
  await dialog.getByRole("button", { name: "Set 3 due dates" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The server did not answer.");
  await page.unroute("**/findings?**");
  await dialog.getByRole("button", { name: "Set 3 due dates" }).click();
  await expect(page.getByText("3 findings are now due on 15 Jan 2031.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: third })).toContainText("15 Jan");
  expect((await rows()).map((row) => row?.dueAt?.slice(0, 10))).toEqual(Array(3).fill("2031-01-15"));
  const { history } = await api<{ history: { kind: string }[] }>(request, `/findings/${first}`);
  expect(history.filter(({ kind }) => kind === "due_changed")).toHaveLength(1);

  const downloading = page.waitForEvent("download");
  await bar(page).getByRole("link", { name: "Export CSV" }).click();
  const file = readFileSync(await (await downloading).path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(file).toHaveLength(4);
  expect(file.slice(1).map((line) => line.split(",")[0])).toEqual(keys);

  // Another filter is another selection.
  await page.locator("select[name=severity]").selectOption("HIGH");
  await page.waitForURL(/severity=HIGH/);
  await expect(bar(page)).toHaveCount(0);
});

test("all of a page is selected at once, and an auditor exports and changes nothing", async ({
  page,
  browser,
  request,
}) => {
  const { org } = await demoIds(request);
  await signIn(page, demo());
  const auditor = await colleague(browser, page, "auditor");
  await auditor.goto(`${demo().url}/o/${org}/findings?observation=failing`);
  await auditor.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(bar(auditor)).toContainText(/\d+ selected/);
  // By its name for everybody: beside it the button shows a key.
  await expect(bar(auditor).getByRole("button")).toHaveCount(1);
  await expect(bar(auditor).getByRole("button")).toHaveAccessibleName("Clear");
  await expect(bar(auditor).getByRole("link", { name: "Export CSV" })).toBeVisible();
  await bar(auditor).getByRole("button", { name: "Clear" }).click();
  await expect(bar(auditor)).toHaveCount(0);
  await expect(auditor.getByRole("checkbox", { name: "Select all on this page" })).not.toBeChecked();
  await auditor.context().close();
});
