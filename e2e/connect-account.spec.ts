import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makeOrganization, signUp, stranger } from "./people";
import { demo } from "./start-product";

/** Begins a connection on a phone and answers its page, with the form of the test. */
async function begin(page: Page): Promise<void> {
  await signUp(page, stranger("Cora"));
  const organization = await makeOrganization(page, "Corals");
  await page.goto(`${demo().url}/o/${organization}/connect`);
  await page.getByLabel("Name", { exact: true }).fill("corals-prod");
  await page.getByLabel("AWS account id").fill("222233334444");
  await expect(page.getByLabel("Environment")).toHaveValue("");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Environment")).toHaveAccessibleDescription("Choose one of the environments.");
  await page.getByLabel("Environment").selectOption("production");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/connect\/[0-9a-f-]{36}$/);
}

test.use({ viewport: { width: 390, height: 844 } });

test("a test shows its clock and can be stopped; an older result does not answer a refused form", async ({
  page,
}) => {
  await begin(page);
  await expect(page.getByText(/^Show the template, \d+ lines$/)).toBeVisible();
  await expect(page.getByRole("region", { name: "CloudFormation template" })).toBeHidden();

  // There is no such role: the first step tries for a quarter of a minute.
  const arn = page.getByLabel("Role ARN");
  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByRole("timer")).toHaveText(/^0:\d\d of 0:15$/);
  const stop = page.getByRole("button", { name: "Stop" });
  await stop.scrollIntoViewIfNeeded();
  const bar = await page.getByRole("navigation", { name: "Main, bottom" }).boundingBox();
  const box = await stop.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  await stop.click();
  const stopped = page.getByText(/stopped it after 0 of 6 steps\. Nothing was stored\./);
  await expect(stopped).toBeVisible();
  await expect(page.getByRole("timer")).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await arn.fill("not an ARN");
  await page.getByRole("button", { name: "Test again" }).click();
  await expect(arn).toBeFocused();
  await expect(stopped).toBeHidden();
});
