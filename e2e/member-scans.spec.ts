import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { api, demoIds, type FindingSummary } from "./api";
import { colleague, signIn } from "./people";
import { demo } from "./start-product";

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
