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

for (const { name, viewport } of [
  { name: "desktop", viewport: { width: 1440, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
]) {
  test(`the box and its buttons are on the first screen, ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    for (const slug of ["cloudtrail-not-multi-region", "iam-root-mfa-disabled"]) {
      await page.goto(`${demo().url}/checks/${slug}/try`);
      for (const thing of [
        page.getByRole("button", { name: "Copy the command" }),
        page.getByLabel("Output of the command"),
        page.locator("form").getByRole("button", { name: /^Check/ }),
        page.getByRole("button", { name: "Use an example account" }),
      ]) {
        await expect(thing, slug).toBeInViewport({ ratio: 1 });
      }
    }
  });
}

test("the command is copied without being shown", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.getByRole("button", { name: "Copy the command" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("describe-trails --include-shadow-trails");
  await page.getByText("Show it").click();
  expect(copied).toBe(
    await page.getByRole("region", { name: "Read-only command" }).locator("pre").textContent(),
  );
});

test("one answer of describe-trails gives a partial answer, and never a pass", async ({ page }) => {
  const { requests, refused } = await open(page);
  const box = page.getByLabel("Output of the command");
  const check = async (text: string) => {
    await box.fill(text);
    await box.press("Control+Enter");
  };
  const arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";

  await check('{\n    "trailList": []\n}\n');
  await expect(page.getByText("You are affected")).toBeVisible();
  await expect(page.getByText("Failing")).toBeVisible();
  await expect(page.getByText("Partial answer, from one call")).toBeVisible();

  await check(`${arn}\tTrue`);
  await expect(page.getByText("main is a multi-Region trail, home Region eu-west-1")).toBeVisible();
  await expect(page.getByText("Failing")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Next command" })).toContainText(
    `aws cloudtrail get-trail-status --name ${arn} --region eu-west-1`,
  );

  await check('$ aws cloudtrail describe-trails --no-include-shadow-trails\n{"trailList": []}');
  await expect(page.getByRole("alert").filter({ hasText: "cannot give a verdict" })).toContainText(
    "hides trails",
  );
  await expect(page.getByText("Passing")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
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
