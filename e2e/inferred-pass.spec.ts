import { expect, test } from "@playwright/test";
import { api, type FindingSummary } from "./api";
import { signIn } from "./people";
import { demo } from "./start-product";

test("a pass that rests on Regions nobody read is told from one that was seen everywhere", async ({
  page,
  request,
}) => {
  const { data } = await api<{ data: FindingSummary[] }>(request, "/findings?assurance=INFERRED");
  const inferred = data.find(({ checkId }) => checkId === "cloudtrail.not_multi_region");
  await signIn(page, demo());
  await page.goto(`${demo().url}/o/${demo().organization}/findings`);
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: `Inferred pass ${data.length}` })
    .click();
  await page.waitForURL(/observation=passing&assurance=INFERRED/);
  await expect(page.getByRole("row")).toHaveCount(data.length + 1);
  await expect(page.getByRole("row").nth(1)).toContainText("Inferred pass");
  await page
    .getByRole("row")
    .filter({ hasText: inferred?.accountName ?? "" })
    .filter({ hasText: /\d+ of \d+ logged/ })
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /covers all \d+ enabled Regions\. We read \d+; \d+ are closed to us by a service control policy\./,
  );
  await expect(page.getByText(/^Passing · inferred, \d+ Regions closed$/)).toBeVisible();
  const passing = await api<{ data: FindingSummary[] }>(request, "/findings?observation=passing&limit=200");
  await page.goto(
    `${demo().url}/o/${demo().organization}/findings?observation=passing&assurance=VERIFIED,PENDING`,
  );
  await expect(page.getByRole("row")).toHaveCount(passing.data.length - data.length + 1);
});
