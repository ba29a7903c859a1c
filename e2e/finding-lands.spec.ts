import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { aws, awsExecutable } from "@/sandbox/testing/aws-cli";
import { connectAccount } from "./connect";
import { makeOrganization, signUp, stranger } from "./people";
import { controlSandbox, makeMultiRegion } from "./sandbox-aws";
import { settled } from "./settled";
import { demo } from "./start-product";

const account = { name: "acme-lands", awsAccountId: "333344445555", roleName: `PosturioLands${Date.now()}` };

/** Runs the first command that the page shows, as its owner would; without the AWS CLI the same call by the SDK. */
async function applyTheFix(page: Page): Promise<void> {
  // The stack's own tab is open: its trail is deployed by a tool.
  await page.getByRole("tab", { name: "AWS CLI" }).click();
  const code =
    (await page.getByRole("tabpanel", { name: "AWS CLI" }).locator("pre").first().textContent()) ?? "";
  const [command = ""] = code.split(/\n\s*\n/);
  const words = command.replaceAll("\\\n", " ").trim().split(/\s+/);
  expect(words.slice(0, 3)).toEqual(["aws", "cloudtrail", "update-trail"]);
  const executable = awsExecutable();
  if (executable === undefined) {
    const value = (option: string) => words[words.indexOf(option) + 1] ?? "";
    await makeMultiRegion(account.awsAccountId, value("--region"), value("--name"));
    return;
  }
  const answer = await aws(executable, demo().sandboxUrl, account.awsAccountId, words.slice(1));
  expect(answer.stderr).toBe("");
}

/** How far what is on the page moved by itself since it was loaded. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = window as unknown as { shifts: number };
    seen.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        if (!entry.hadRecentInput) seen.shifts += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: number }).shifts);
}

test("the fix lands on the finding's page, and a finding that comes back says what put it back", async ({
  page,
}) => {
  // As the stack deploys it, whatever became of the trail before.
  await controlSandbox("deploy", { account: account.awsAccountId, trail: "staging" });
  await signUp(page, stranger("Mina"));
  const organization = await makeOrganization(page, "Lands Freight");
  await connectAccount(page, organization, account);
  const address = `${demo().url}/o/${organization}/findings/PST-1`;
  const heading = page.getByRole("heading", { level: 1 });
  const strip = page.locator("main").getByRole("status").first();
  const receipt = page.getByRole("region", { name: "Priority" });
  await page.goto(address);
  await settled(page);

  await test.step("a failing finding: the command is on the first screen, and the page is short", async () => {
    await expect(heading).toContainText("16 of 17");
    await expect(page).toHaveTitle(/^◇ 16 of 17 not logged · acme-lands · PST-1/);
    const icon = page.locator('link[rel="icon"]').last();
    await expect(icon).toHaveAttribute("href", /\/state\/failing\.svg/);
    const command = await page.locator("#fix pre").first().boundingBox();
    expect((command?.y ?? 0) + (command?.height ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(900);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(2_400);
    await expect(page.getByRole("region", { name: "16 blind Regions" })).toBeVisible();
    await expect(receipt).toContainText(/16 of 17 Regions blind\s*\+24/);
    await receipt.getByRole("link", { name: /^severity/ }).click();
    await expect(page.locator("#severity")).toBeVisible();
    await page.goto(address);
    await settled(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  await test.step("on a phone: nothing scrolls sideways, the command ends within two screens", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    const shifts = await watchShifts(page);
    await settled(page);
    expect(await shifts()).toBeLessThanOrEqual(0.05);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const command = await page.locator("#fix pre").first().boundingBox();
    expect((command?.y ?? 0) + (command?.height ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(2 * 844);
    await expect(page.getByRole("button", { name: "Copy the fix" })).toBeInViewport();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step("the fix, applied in AWS, turns the verdict in place at the scan asked for here", async () => {
    await applyTheFix(page);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy the fix" }).click();
    // What the open tab shows, not what was open first.
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("aws cloudtrail update-trail");
    const shifts = await watchShifts(page);
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(strip).toContainText(
      /Starting a scan|waits for a worker|Asking AWS|Reading \d+ of|Evaluating/,
    );
    await expect(strip).toContainText("16 blind Regions → 0", { timeout: 45_000 });
    expect(page.url()).toBe(address);
    await expect(strip).toContainText(/failing for \d+ min/);
    // Nobody has claimed it, and it is proven by itself.
    await expect(heading).toContainText(/^(It passes\. We are looking for the proof|Verified)/);
    await expect(receipt).toHaveCount(0);
    await expect(page.getByText(/^(Awaiting verification|Verified)$/).first()).toBeVisible();
    await expect(page).toHaveTitle(/^● (17 of 17 logged|Verified) · acme-lands · PST-1/);
    await expect(
      page.getByRole("region", { name: "What this scan changed" }).getByText("Now logged").first(),
    ).toBeVisible();
    await expect(strip.getByRole("link", { name: "See all calls" })).toHaveAttribute("href", /\/scans\/\d+$/);
    expect(await shifts()).toBeLessThanOrEqual(0.05);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  await test.step("what the scan changed is of this visit only", async () => {
    await page.reload();
    await settled(page);
    await expect(page.getByText("Now logged")).toHaveCount(0);
    await expect(strip).toBeEmpty();
  });

  await test.step("a deploy sets it back: the next scan says so, with what differs, before the fix", async () => {
    await controlSandbox("deploy", { account: account.awsAccountId, trail: "staging" });
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(strip).toContainText("0 blind Regions → 16", { timeout: 45_000 });
    await expect(heading).toContainText(/^Back again\. 16 of 17/);
    await expect(page.getByText("Came back").first()).toBeVisible();
    await expect(receipt).toContainText(/came back once\s*\+4/);
    await expect(page).toHaveTitle(/^↻ Back again · acme-lands/);
    const cause = page.getByRole("region", { name: "What put it back" });
    await expect(cause.getByRole("row", { name: /Multi-Region Yes No/ })).toBeVisible();
    await expect(cause.getByRole("row", { name: /Regions logged 17 of 17 1 of 17/ })).toBeVisible();
    await expect(cause.getByRole("row", { name: /Log file validation/ })).toHaveCount(0);
    const fix = await page
      .getByRole("region", { name: /Convert/ })
      .first()
      .boundingBox();
    const box = await cause.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(Math.min(900, fix?.y ?? 0));
    const keep = page.getByRole("region", { name: "Keep it fixed" });
    await expect(keep.locator("pre").first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(2_400);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  await test.step("and the second time is counted", async () => {
    await applyTheFix(page);
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(strip).toContainText("16 blind Regions → 0", { timeout: 45_000 });
    await controlSandbox("deploy", { account: account.awsAccountId, trail: "staging" });
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(heading).toContainText(/^Back again, 2nd time\./, { timeout: 45_000 });
  });
});
