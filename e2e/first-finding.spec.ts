import { expect, test } from "@playwright/test";
import { connectAccount } from "./connect";
import { makeOrganization, signUp, stranger } from "./people";
import { makeMultiRegion } from "./sandbox-aws";

const staging = { name: "Staging", awsAccountId: "333344445555", roleName: "PosturioAtlas" };

test("a stranger signs up, connects an account, sees the finding, fixes it, and the observation turns", async ({
  page,
}) => {
  await signUp(page, stranger("Ada"));
  const organization = await makeOrganization(page, "Atlas Freight");
  await expect(page).toHaveURL(/\/connect$/);

  await test.step("connect: the checklist ticks", async () => {
    await connectAccount(page, organization, staging);
    for (const [title, result] of [
      [/assume/i, "passed"],
      [/without/i, "passed"],
      [/wrong/i, "passed"],
      [/account/i, "passed"],
      [/Regions/, "passed"],
      [/trails/i, "passed"],
    ] as const) {
      const item = page.getByRole("listitem").filter({ hasText: title }).filter({ hasText: result });
      await expect(item.first()).toBeVisible();
    }
  });

  await test.step("the first scan ends with a finding", async () => {
    await page.getByRole("link", { name: "Watch the first scan" }).click();
    await expect(page.getByRole("link", { name: "PST-1" }).first()).toBeVisible({ timeout: 30_000 });
    await page.getByRole("link", { name: "PST-1" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("16 of 17");
    await expect(page.getByText("Failing").first()).toBeVisible();
  });

  await test.step("the change the page suggests, made in AWS, turns the observation at the next scan", async () => {
    const ways = page.getByRole("tablist", { name: "Ways to make this change" });
    await ways.getByRole("tab", { name: /CLI/ }).click();
    const command = page.getByRole("tabpanel", { name: /CLI/ });
    await expect(command).toContainText("update-trail");
    await expect(command).toContainText("--is-multi-region-trail");
    await makeMultiRegion(staging.awsAccountId, "us-east-1", "staging");

    await page.getByRole("button", { name: "Scan now" }).click();
    // It passes, which nobody has claimed: it is proven by itself.
    await expect(page.getByText(/^(Awaiting verification|Verified)$/).first()).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByRole("region", { name: "Proof" })).toBeVisible();
  });
});
