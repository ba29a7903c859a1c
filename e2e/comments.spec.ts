import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { colleague, signIn } from "./people";
import { demo } from "./start-product";

const lines = (page: Page) => page.locator("ol.activity > li");
const box = (page: Page) => page.getByLabel("Comment", { exact: true });
const filter = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Show in the activity" }).getByRole("link", { name, exact: true });

test("a draft outlives a reload, a member is mentioned, and the comment stands at the end of the activity", async ({
  page,
  browser,
  request,
}) => {
  const { org, findingKey } = await demoIds(request, { accountName: "acme-prod" });
  const address = `${demo().url}/o/${org}/findings/${findingKey}`;
  await signIn(page, demo());
  const olga = await colleague(browser, page, "member", "Olga Nowak");
  const auditor = await colleague(browser, page, "auditor", "Ada Auditor");
  await page.goto(address);

  await box(page).pressSequentially("Have a look, @Ol");
  await expect(page.getByRole("option", { name: "Olga Nowak" })).toBeVisible();
  expect((await new AxeBuilder({ page }).include("#activity").analyze()).violations).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("Have a look, @Olga Nowak ");
  await box(page).pressSequentially("at **acme-audit** <b>first</b>");
  await page.reload();
  await expect(box(page)).toHaveValue("Have a look, @Olga Nowak at **acme-audit** <b>first</b>");
  expect(page.url()).toBe(address);

  await page.getByRole("button", { name: "Post comment" }).click();
  await expect(lines(page).last()).toContainText("Have a look, @Olga Nowak at acme-audit <b>first</b>");
  await expect(lines(page).last().locator("strong")).toHaveText("acme-audit");
  await expect(box(page)).toHaveValue("");
  await page.reload();
  await expect(box(page)).toHaveValue("");
  const { data } = await api<{ data: { body: string; mentions: { name: string }[] }[] }>(
    request,
    `/findings/${findingKey}/comments`,
  );
  expect(data[0]?.mentions.map(({ name }) => name)).toEqual(["Olga Nowak"]);

  // Olga answers with the keyboard alone; her box holds nothing of what somebody else wrote.
  await olga.goto(address);
  await expect(lines(olga).last()).toContainText("@Olga Nowak");
  await box(olga).fill("Converting it now.");
  await box(olga).press("Control+Enter");
  await expect(lines(olga).last()).toContainText("Olga Nowak");
  await expect(lines(olga).last()).toContainText("Converting it now.");

  await filter(page, "Scans").click();
  await expect(page).toHaveURL(/activity=scans/);
  await expect(page.locator("#activity")).not.toContainText("Converting it now.");
  await filter(page, "People").click();
  await expect(lines(page).last()).toContainText("Converting it now.");
  await expect(page.locator("#activity")).not.toContainText("Detected");

  await auditor.goto(address);
  await expect(lines(auditor).first()).toBeVisible();
  await expect(auditor.locator("#activity")).not.toContainText("Converting it now.");
  await expect(box(auditor)).toHaveCount(0);
  await olga.context().close();
  await auditor.context().close();
});

test("a comment that could not be sent stays in the box, and is posted once when its answer got lost", async ({
  page,
  request,
}) => {
  const { org, findingKey } = await demoIds(request, { accountName: "acme-staging" });
  const address = `${demo().url}/o/${org}/findings/${findingKey}`;
  await signIn(page, demo());
  await page.goto(address);
  const comments = async () =>
    (await api<{ data: { body: string }[] }>(request, `/findings/${findingKey}/comments`)).data.map(
      ({ body }) => body,
    );

  // The server posts it, and the browser never hears of it.
  await page.route("**/findings/**", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    return route.abort();
  });
  await box(page).fill("Only once.");
  await page.getByRole("button", { name: "Post comment" }).click();
  await expect(page.getByText("The server did not answer.")).toBeVisible();
  await expect(box(page)).toHaveValue("Only once.");
  expect(await comments()).toEqual(["Only once."]);

  await page.unroute("**/findings/**");
  await page.reload();
  await expect(box(page)).toHaveValue("Only once.");
  await page.getByRole("button", { name: "Post comment" }).click();
  await expect(box(page)).toHaveValue("");
  expect(await comments()).toEqual(["Only once."]);
  await expect(lines(page).filter({ hasText: "Only once." })).toHaveCount(1);
});
