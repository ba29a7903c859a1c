import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { colleague, signIn } from "./people";
import { demo } from "./start-product";

interface Triage {
  readonly triage: { readonly version: number; readonly owner: { readonly id: string } | null };
}

/** Changes a finding as a customer's program does. */
async function change(request: APIRequestContext, key: string, data: object): Promise<void> {
  const { version } = (await api<Triage>(request, `/findings/${key}`)).triage;
  const answer = await request.patch(`${demo().url}/api/v1/findings/${key}`, {
    headers: { authorization: `Bearer ${demo().apiToken}` },
    data: { version, ...data },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function idOf(request: APIRequestContext, name: string): Promise<string> {
  const { data } = await api<{ data: { id: string; name: string }[] }>(request, "/members?limit=200");
  const found = data.find((member) => member.name === name);
  expect(found, name).toBeDefined();
  return found?.id ?? "";
}

const violations = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test("a member lands on their work, is told of what is theirs, claims it, and hands it over when they leave", async ({
  page,
  browser,
  request,
}) => {
  const { org, findingKey } = await demoIds(request, { accountName: "acme-dev" });
  await signIn(page, demo());
  const member = await colleague(browser, page, "member", "Ines");
  const successor = await colleague(browser, page, "member", "Paula");
  await successor.context().close();

  await expect(member).toHaveURL(/\/my-work$/);
  await expect(member.getByRole("heading", { level: 1 })).toHaveText("Nothing is waiting for you.");
  await expect(member.getByText("Nothing yet. Findings that are assigned to you")).toBeVisible();
  expect(await violations(member)).toEqual([]);

  await change(request, findingKey, {
    ownerId: await idOf(request, "Ines"),
    dueAt: inDays(1),
    dueReason: "Audit",
  });
  await member.reload();
  await expect(member.getByRole("heading", { level: 1 })).toHaveText("One fix is due tomorrow.");
  const card = member.getByRole("article");
  await expect(card).toContainText("Due tomorrow");
  await expect(card).toContainText("acme-dev");
  await expect(card.getByRole("link", { name: `Open fix of ${findingKey}` })).toHaveAttribute(
    "href",
    `/o/${org}/findings/${findingKey}#fix`,
  );
  await expect(card.getByRole("button", { name: /^Copy the command/ })).toBeVisible();
  const nav = member.getByRole("navigation", { name: "Main", exact: true });
  await expect(nav.getByRole("link", { name: /^My work/ })).toHaveText(/1 to fix/);

  const inbox = member.getByRole("region", { name: "Inbox" });
  await expect(inbox).toContainText("acme-dev was assigned to you");
  await expect(inbox).toContainText("You own this finding");
  await expect(inbox).toContainText("1 new");
  expect(await violations(member)).toEqual([]);
  await member.setViewportSize({ width: 390, height: 844 });
  expect(await fits(member)).toBe(true);
  expect(await violations(member)).toEqual([]);
  await member.setViewportSize({ width: 1440, height: 900 });
  await inbox.getByRole("button", { name: /^Mark read/ }).click();
  await expect(inbox).toContainText("nothing new");
  await expect(inbox.getByRole("button")).toHaveCount(0);

  await card.getByRole("button", { name: /^Claim fixed/ }).click();
  // Nothing was fixed, which the scan of the claim sees: it is theirs to fix again.
  await expect
    .poll(
      async () => {
        await member.reload();
        const claimed = await api<{ history: { kind: string }[] }>(request, `/findings/${findingKey}`);
        return [claimed.history.some(({ kind }) => kind === "claim_refuted"), await card.count()];
      },
      { timeout: 60_000 },
    )
    .toEqual([true, 1]);

  await member.goto(`${demo().url}/o/${org}/findings/${findingKey}`);
  await page.goto(`${demo().url}/o/${org}/findings/${findingKey}`);
  const more = page.getByRole("button", { name: "More actions" });
  await more.click();
  await page.getByRole("menuitem", { name: "Watch", exact: true }).click();
  await more.click();
  await expect(page.getByRole("menuitem", { name: "Stop watching" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto(`${demo().url}/o/${org}/my-work`);
  await expect(page.getByRole("region", { name: "You watch" })).toContainText(findingKey);

  await page.goto(`${demo().url}/o/${org}/settings/members`);
  const row = page.getByRole("row").filter({ hasText: "Ines" });
  await row.getByText("Change Ines").click();
  await row.getByLabel("Who takes over the findings of Ines").selectOption({ label: "Paula" });
  expect(await violations(page)).toEqual([]);
  await row.getByRole("button", { name: "Remove Ines" }).click();
  await expect(row).toHaveCount(0);
  const paula = await idOf(request, "Paula");
  expect((await api<Triage>(request, `/findings/${findingKey}`)).triage.owner?.id).toBe(paula);
  await change(request, findingKey, { ownerId: null });
  await member.context().close();
});
