import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { demo } from "./start-product";

const path = "/checks/cloudtrail-not-multi-region/try";

/** What the page asks of anyone once it has loaded, and what the browser refuses it. */
async function open(page: Page): Promise<{ requests: string[]; refused: string[] }> {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(String(error)));
  await page.goto(demo().url + path, { waitUntil: "networkidle" });
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  return { requests, refused };
}

test("an account is judged in the browser: no request after load, no CSP violation", async ({ page }) => {
  const answer = await page.request.get(demo().url + path);
  expect(answer.headers()["content-security-policy"]).toContain("connect-src 'none'");
  const { requests, refused } = await open(page);

  await page.getByRole("button", { name: "Use an example account" }).click();
  await expect(page.getByText("11 of 17").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Region coverage" })).toBeVisible();
  await expect(page.getByText("--is-multi-region-trail").first()).toBeVisible();

  const saved = await page.getByLabel("Output of the command").inputValue();
  const lines = saved.split("\n");
  await page.getByLabel("Output of the command").fill(lines.slice(0, 20).join("\n"));
  await page.getByLabel("Output of the command").press("Control+Enter");
  const problems = page.getByRole("alert").filter({ hasText: "cannot give a verdict" });
  await expect(problems).toContainText("The text ends here");
  await expect(problems).toContainText("enabled Regions are missing");
  await problems
    .getByRole("button", { name: /^Line / })
    .first()
    .click();
  await expect(page.getByLabel("Output of the command")).toBeFocused();

  await page.getByLabel("Choose the file").setInputFiles({
    name: "posturio-answers.json",
    mimeType: "application/json",
    buffer: Buffer.from(saved),
  });
  await expect(page.getByText("11 of 17").first()).toBeVisible();
  await page.mouse.move(200, 30);
  await page.waitForTimeout(1500);

  expect(requests).toEqual([]);
  expect(refused).toEqual([]);
});

test("the browser itself would refuse a page that tried to send something", async ({ page }) => {
  await open(page);
  const sent = await page.evaluate(() =>
    fetch("/api/health").then(
      () => "sent",
      () => "refused",
    ),
  );
  expect(sent).toBe("refused");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the verdict has no axe violation, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await page.getByRole("button", { name: "Use an example account" }).click();
    await expect(page.getByText("11 of 17").first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual(
      [],
    );
  });
}

test("a check without Regions is judged the same way, and draws none", async ({ page }) => {
  await page.goto(`${demo().url}/checks/iam-root-mfa-disabled/try`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Use an example account" }).click();
  await expect(page.getByText("has no second factor").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Root user" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Region coverage" })).toHaveCount(0);
});

test("the page of the check can be read without JavaScript", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${demo().url}/checks/cloudtrail-not-multi-region`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Can we exclude some Regions?" })).toBeVisible();
  await expect(page.getByText("Only with a documented risk acceptance")).toBeVisible();
  await context.close();
});
