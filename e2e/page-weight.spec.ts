import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { api, demoIds, type FindingSummary } from "./api";
import { signIn } from "./people";
import { everyRoute, fill } from "./routes";
import { settled } from "./settled";
import { demo } from "./start-product";

/** Kilobytes (1,000 bytes) of HTML, with the framework's copy of the page in it. What a page costs the server follows. */
const most = { raw: 120, gzip: 30 };

test("no page for members is heavier than its budget", async ({ page, request }) => {
  const ids = await demoIds(request);
  const { data } = await api<{ data: FindingSummary[] }>(request, "/findings?limit=200");
  const keyed = data.filter(({ key }) => key !== null);
  const paths = new Set([
    ...everyRoute()
      .filter(({ kind, isPublic }) => kind === "page" && !isPublic)
      .map(({ pattern }) => fill(pattern, ids)),
    // One finding's page is longer than another's, and so is the page of its account.
    ...keyed.map(({ key }) => `/o/${ids.org}/findings/${key}`),
    ...keyed.map(({ accountId }) => `/o/${ids.org}/accounts/${accountId}`),
  ]);
  await signIn(page, demo());
  const tooHeavy: string[] = [];
  for (const path of paths) {
    const answer = await page.request.get(demo().url + path);
    expect(answer.status(), path).toBe(200);
    const html = await answer.body();
    const raw = html.length / 1_000;
    const gzip = gzipSync(html).length / 1_000;
    if (raw > most.raw || gzip > most.gzip) {
      tooHeavy.push(`${path}: ${raw.toFixed(1)} kB, ${gzip.toFixed(1)} kB gzip`);
    }
  }
  expect(tooHeavy).toEqual([]);
});

test("no page is read ahead, and one that takes long is said to be on its way", async ({ page, request }) => {
  const ids = await demoIds(request);
  await signIn(page, demo());
  // What signing in itself navigates to is over then.
  await page.goto(`${demo().url}/account`, { waitUntil: "networkidle" });
  const asked: string[] = [];
  page.on("request", (sent) => {
    if (sent.url().includes("_rsc=")) asked.push(sent.url());
  });
  for (const list of ["findings", "accounts", "scans"]) {
    await page.goto(`${demo().url}/o/${ids.org}/${list}`, { waitUntil: "networkidle" });
    await page.getByRole("row").nth(1).getByRole("link").first().hover();
  }
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);

  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/_rsc=/, async (route) => {
    await held;
    await route.continue();
  });
  await page
    .getByRole("navigation", { name: "Main", exact: true })
    .getByRole("link", { name: "Accounts" })
    .click();
  const bar = page.getByRole("status").filter({ hasText: "Loading" });
  await expect(bar).toBeVisible();
  release();
  await expect(page.getByRole("heading", { level: 1, name: "Accounts" })).toBeVisible();
  await expect(bar).toHaveCount(0);
  expect(asked).toHaveLength(1);
});

test("what is folded is read when it is opened, and is part of the whole page", async ({ page, request }) => {
  const ids = await demoIds(request, { checkId: "cloudtrail.not_multi_region" });
  const path = `${demo().url}/o/${ids.org}/findings/${ids.findingKey}`;
  await signIn(page, demo());
  await page.goto(path);

  const reasons = page.getByRole("table", { name: "Why each Region has its state" });
  await expect(reasons).toHaveCount(0);
  await page.getByText("Why, Region by Region").click();
  await expect(reasons.getByRole("row").nth(5)).toBeVisible();

  const ways = page.getByRole("tablist", { name: "Ways to make this change" });
  await ways.getByRole("tab", { name: "Terraform" }).click();
  await expect(page.getByRole("tabpanel", { name: "Terraform" })).toContainText("aws_cloudtrail");

  const guardrails = page.getByRole("region", { name: "Keep it fixed" });
  await guardrails.getByText("Service control policy").click();
  await expect(guardrails.getByText("What it does not stop")).toBeVisible();

  await page.getByRole("link", { name: "Show everything on one page" }).click();
  await expect(page).toHaveURL(/\?all=1$/);
  await expect(reasons).toBeVisible();
  await expect(page.locator("details:not([open])")).toHaveCount(0);
});

test("a failing finding is no longer than it must be, and its command is on the first screen", async ({
  page,
  request,
}) => {
  // The longest of them, with a history: what people write in a week.
  const { org, findingKey } = await demoIds(request);
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) {
    const answer = await request.post(`${demo().url}/api/v1/findings/${findingKey}/comments`, {
      headers: { authorization: `Bearer ${demo().apiToken}` },
      data: {
        body: `${day}: staging is converted.\nProduction waits for the freeze.\nAsk whoever is on call.`,
      },
    });
    expect(answer.status()).toBe(201);
  }
  const { data } = await api<{ data: FindingSummary[] }>(request, "/findings?observation=failing&limit=200");
  await signIn(page, demo());
  const tooLong: string[] = [];
  for (const { key } of data) {
    await page.goto(`${demo().url}/o/${org}/findings/${key}`);
    await settled(page);
    const { height, command } = await page.evaluate(() => ({
      height: document.documentElement.scrollHeight,
      command: document.querySelector("#fix section:has(> pre)")?.getBoundingClientRect().bottom ?? 0,
    }));
    if (height > 2_400 || command > 900) tooLong.push(`${key}: ${height} px, its command ends at ${command}`);
  }
  expect(data.length).toBeGreaterThan(5);
  expect(tooLong).toEqual([]);
});
