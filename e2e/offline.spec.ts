import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { signIn } from "./people";
import { controlSandbox } from "./sandbox-aws";
import { demo } from "./start-product";

test("offline the page stays, says so and sends nothing; online it goes on", async ({
  page,
  context,
  request,
}) => {
  const { org, findingKey } = await demoIds(request);
  await signIn(page, demo());
  await page.goto(`${demo().url}/o/${org}/findings/${findingKey}`);
  const verdict = await page.getByRole("heading", { level: 1 }).textContent();
  const stays = async () => {
    await expect(page.getByText("You are offline. Nothing was sent.")).toBeVisible();
    await expect(page).toHaveURL(/\/findings\/PST-\d+/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(verdict ?? "");
  };

  await context.setOffline(true);
  await expect(page.getByText("You are offline. This page stays as it is.")).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole("button", { name: "Scan now" }).click();
  await stays();
  await page
    .getByRole("navigation", { name: "Main", exact: true })
    .getByRole("link", { name: "Accounts" })
    .click();
  await stays();
  await page.getByText("Demo admin").first().click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await stays();

  await context.setOffline(false);
  await expect(page.getByText("You are offline")).toHaveCount(0);
  await page.getByRole("button", { name: "Scan now" }).click();
  await expect(page.getByText(/^Scan #\d+ finished:/)).toBeVisible({ timeout: 45_000 });
  await expect(page).toHaveURL(/\/findings\/PST-\d+/);
});

test("a form whose server does not answer keeps what was typed", async ({ page, request }) => {
  const { org, accountId } = await demoIds(request);
  await signIn(page, demo());
  await page.goto(`${demo().url}/o/${org}/accounts/${accountId}`);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("typed while the server was away");
  await page.route("**/accounts/**", (route) =>
    route.request().method() === "POST" ? route.abort("connectionrefused") : route.continue(),
  );
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The server did not answer." })).toBeFocused();
  await expect(name).toHaveValue("typed while the server was away");
});

test("a live scan says that its connection is lost, and comes back by itself", async ({
  page,
  context,
  request,
}) => {
  const { org, findingKey } = await demoIds(request);
  const { awsAccountId } = await api<{ awsAccountId: string }>(request, `/findings/${findingKey}`);
  await controlSandbox("faults", {
    id: `slow-${Date.now()}`,
    kind: "latency",
    account: awsAccountId,
    api: "cloudtrail:DescribeTrails",
    latencyMs: 6000,
    first: 1,
  });
  await signIn(page, demo());
  await page.goto(`${demo().url}/o/${org}/findings/${findingKey}`);
  await page.getByRole("button", { name: "Scan now" }).click();
  await page.getByRole("link", { name: "See all calls" }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  await expect(page.getByText(/AWS calls so far/).first()).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("The live view lost its connection")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("The live view lost its connection")).toHaveCount(0);
  await expect(page.getByRole("link", { name: findingKey }).first()).toBeVisible({ timeout: 45_000 });
});
