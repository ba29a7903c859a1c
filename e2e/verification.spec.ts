import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { connectAccount } from "./connect";
import { makeOrganization, signUp, stranger } from "./people";
import { controlSandbox, makeMultiRegion } from "./sandbox-aws";
import { settled } from "./settled";
import { demo } from "./start-product";

const account = {
  name: "acme-proves",
  awsAccountId: "333344445555",
  roleName: `PosturioProves${Date.now()}`,
};

/** A line of the facts beside a finding. */
const fact = (page: Page, term: string) =>
  page.locator("dl.facts > div").filter({ hasText: new RegExp(`^${term}`) });

/** Both themes, and a phone: nothing is hard to read, and nothing is wider than the window. */
async function judge(page: Page): Promise<void> {
  for (const [colorScheme, width] of [
    ["light", 1440],
    ["dark", 1440],
    ["light", 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    expect((await new AxeBuilder({ page }).analyze()).violations, `${colorScheme} ${width}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function claim(page: Page): Promise<void> {
  await page.keyboard.press("v");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What you did (optional)").fill("Converted the trail");
  await dialog.getByRole("button", { name: "Claim fixed" }).click();
  await expect(dialog).toHaveCount(0);
}

test("a claim that does not hold comes back and is counted; a fix is proven, Region by Region", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await controlSandbox("deploy", { account: account.awsAccountId, trail: "staging" });
  await signUp(page, stranger("Mina"));
  const organization = await makeOrganization(page, "Proven Freight");
  await connectAccount(page, organization, account);
  const address = `${demo().url}/o/${organization}/findings/PST-1`;
  const heading = page.getByRole("heading", { level: 1 });
  const proof = page.getByRole("region", { name: "Proof" });
  await page.goto(address);
  await settled(page);

  await test.step("before the first claim there is no proof, and the fix stands first", async () => {
    await expect(proof).toHaveCount(0);
    const command = await page.locator("#fix pre").first().boundingBox();
    expect((command?.y ?? 0) + (command?.height ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(900);
  });

  await test.step("claimed without a fix it comes back, with the failing Regions first", async () => {
    await claim(page);
    await expect(proof.getByRole("heading", { name: "The claim did not hold" })).toBeVisible({
      timeout: 60_000,
    });
    await expect(proof.getByText("Not logged").first()).toBeVisible();
    await expect(proof).toContainText("1 claim did not hold in this episode");
    await expect(fact(page, "Status")).toContainText("One claim did not hold");
    // The fix is still what there is to do: above the proof, and on the first screen.
    const [command, panel] = [
      await page.locator("#fix pre").first().boundingBox(),
      await proof.boundingBox(),
    ];
    expect((command?.y ?? 0) + (command?.height ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(900);
    expect(panel?.y).toBeGreaterThan(command?.y ?? Number.POSITIVE_INFINITY);
    await judge(page);
  });

  await test.step("fixed and claimed, its Regions tick in without a reload", async () => {
    await makeMultiRegion(account.awsAccountId, "us-east-1", "staging");
    await claim(page);
    await expect(heading).toContainText("says this is fixed", { timeout: 60_000 });
    await expect(proof).toContainText("You can leave this page");
    await expect(proof).toContainText("New Regions will be logged", { timeout: 60_000 });
    await expect(proof.getByRole("table", { name: "Both keys, Region by Region" })).toBeVisible();
    await expect(proof.getByRole("row", { name: /us-east-1/ })).toContainText("Holds");
    await expect(page.getByRole("button", { name: "Verify now" })).toHaveCount(0);
    await judge(page);
  });

  await test.step("who leaves and comes back, without scripts even, finds it as far as it is", async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    const other = await context.newPage();
    await other.goto(address);
    await expect(other.getByRole("region", { name: "Proof" })).toContainText(/Region/);
    await context.close();
  });

  await test.step("both keys turn before the reader's eyes", async () => {
    await expect(proof.locator("p.word").filter({ hasText: /^Verified$/ })).toBeVisible({ timeout: 120_000 });
    await expect(heading).toContainText(/^Verified \d+ \w+, all 17 Regions delivered\./);
    await expect(heading).toContainText("The next Region you enable inherits it.");
    await expect(fact(page, "Status")).toContainText("Verified");
    await expect(proof).toContainText("Level: delivered");
    await expect(proof.getByRole("link", { name: /scan #\d+/ }).first()).toHaveAttribute(
      "href",
      /\/scans\/\d+$/,
    );
    await expect(page).toHaveTitle(/^● Verified · acme-proves · PST-1/);
    await page.reload();
    await settled(page);
    await proof.getByText("Both keys, Region by Region").click();
    await expect(proof.getByRole("row", { name: /us-east-1/ })).toContainText("Delivered");
    await judge(page);
    await page.reload();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(2_400);
    const html = await (await page.request.get(address)).text();
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(120_000);
  });

  await test.step("the list, the history and the inbox say so too", async () => {
    await expect(page.locator("ol.activity")).toContainText("Verified:");
    await page.goto(`${demo().url}/o/${organization}/findings?status=resolved`);
    await expect(page.getByRole("row", { name: /PST-1/ })).toContainText("Verified");
  });

  await test.step("by key it is proven again, and stays Verified meanwhile", async () => {
    await page.goto(address);
    await settled(page);
    await page.keyboard.press("v");
    await expect(proof).toContainText("You can leave this page", { timeout: 30_000 });
    await expect(fact(page, "Status")).toContainText("Verified");
    await expect(proof.locator("p.word").filter({ hasText: /^Verified$/ })).toBeVisible({ timeout: 120_000 });
  });
});
