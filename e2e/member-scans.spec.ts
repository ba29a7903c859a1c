import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { api, demoIds, type FindingSummary } from "./api";
import { type Person, signIn, stranger } from "./people";
import { demo } from "./start-product";

/** A person of this role in the demo's organization, signed in. */
async function colleague(browser: Browser, admin: Page, role: string): Promise<Page> {
  const person: Person = stranger(role);
  await admin.goto(`${demo().url}/o/${demo().organization}/settings/members`);
  await admin.getByLabel("E-mail address").fill(person.email);
  await admin.locator("form").getByLabel("Role", { exact: true }).last().selectOption(role);
  await admin.getByRole("button", { name: "Create invite link" }).click();
  const link = await admin.getByText(/\/invite\//).textContent();
  const page = await (await browser.newContext()).newPage();
  await page.goto(link?.trim() ?? "");
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign up and join" }).click();
  await page.waitForURL("**/o/**");
  return page;
}

test("a member scans a failing finding from its page; where a role may not, the page says whom to ask", async ({
  page,
  browser,
  request,
}) => {
  const { org, findingKey } = await demoIds(request);
  const { data } = await api<{ data: FindingSummary[] }>(request, "/findings?observation=passing&limit=1");
  const passing = (data[0] as FindingSummary & { id: string }) ?? { id: "" };
  await signIn(page, demo());
  const address = (key: string) => `${demo().url}/o/${org}/findings/${key}`;

  const auditor = await colleague(browser, page, "auditor");
  await auditor.goto(address(findingKey));
  await expect(auditor.getByText(/Members, leads and admins can scan this account\. Ask .+\./)).toBeVisible();
  await expect(auditor.getByRole("button", { name: "Scan now" })).toHaveCount(0);
  expect((await new AxeBuilder({ page: auditor }).analyze()).violations).toEqual([]);

  const member = await colleague(browser, page, "member");
  await member.goto(address(passing.id));
  await expect(member.getByText(/Leads and admins can scan a finding that passes\. Ask .+\./)).toBeVisible();
  await member.goto(address(findingKey));
  await member.getByRole("button", { name: "Scan now" }).click();
  await expect(member.getByText(/^Scan #\d+ finished:/)).toBeVisible({ timeout: 45_000 });
  await member.getByRole("link", { name: "See all calls" }).click();
  await member.waitForURL(/\/scans\/\d+$/);
  await expect(member.getByText("member", { exact: true }).first()).toBeVisible();
  await expect(member.getByRole("link", { name: findingKey }).first()).toBeVisible();
  await auditor.context().close();
  await member.context().close();
});
