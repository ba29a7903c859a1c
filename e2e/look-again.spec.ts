import { expect, test } from "@playwright/test";
import { demoIds } from "./api";
import { signIn } from "./people";
import { demo } from "./start-product";

test("after a repair a person has the finding looked at again, leaves, comes back and stops it", async ({
  page,
  request,
}) => {
  const { findingKey } = await demoIds(request, {
    accountName: "acme-eu-retail",
    checkId: "cloudtrail.not_multi_region",
  });
  await signIn(page, demo());
  const address = `${demo().url}/o/${demo().organization}/findings/${findingKey}`;
  await page.goto(address);
  const offer = page.getByRole("button", { name: "Look again every 5 minutes for an hour" });
  await expect(page.getByText("The new selectors show within a few minutes.")).toBeVisible();
  await offer.click();
  const going = page.getByText("Looking again every 5 minutes");
  await expect(going).toBeVisible();
  await expect(offer).toBeHidden();

  await page.goto(`${demo().url}/o/${demo().organization}/findings`);
  await page.goto(address);
  await expect(going).toBeVisible();
  await page.getByRole("button", { name: "Stop looking" }).click();
  await expect(page.getByText("Looking again ended")).toBeVisible();
  await expect(offer).toBeVisible();
});
