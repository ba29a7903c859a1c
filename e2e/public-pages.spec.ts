import { brotliCompressSync, constants } from "node:zlib";
import { expect, test } from "@playwright/test";
import { demoIds } from "./api";
import { shifts, watchShifts } from "./layout-shifts";
import { everyRoute, fill, type Ids } from "./routes";
import { settled } from "./settled";
import { demo } from "./start-product";

/** Kilobytes (1,000 bytes) of HTML, brotli, and the share of the screen that may move while a page loads. */
const most = { publicHtml: 25, signInHtml: 20, layoutShift: 0.02 };

const article = "/checks/cloudtrail-not-multi-region";

/** Pages of people who are signed out, and one of each check: their pages differ in shape. */
function paths(ids: Ids): readonly string[] {
  const routes = everyRoute().filter(({ kind, isPublic }) => kind === "page" && isPublic);
  const ofChecks = ["iam-root-mfa-disabled", "cloudtrail-log-validation-disabled"].flatMap((slug) => [
    `/checks/${slug}`,
    `/checks/${slug}/try`,
  ]);
  return [...new Set([...routes.map(({ pattern }) => fill(pattern, ids)), ...ofChecks])];
}

for (const { name, viewport } of [
  { name: "desktop", viewport: { width: 1440, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
]) {
  test(`no page for people signed out moves while it loads, ${name}`, async ({ page, request }) => {
    const ids = await demoIds(request);
    await page.setViewportSize(viewport);
    await watchShifts(page);
    const restless: string[] = [];
    for (const path of paths(ids)) {
      await page.goto(demo().url + path, { waitUntil: "networkidle" });
      await settled(page);
      const moved = await shifts(page);
      const sum = moved.reduce((total, { value }) => total + value, 0);
      if (sum > most.layoutShift) restless.push(`${path}: ${sum.toFixed(3)} ${moved[0]?.what ?? ""}`);
    }
    expect(restless).toEqual([]);
  });
}

test("the watch sees a page that moves", async ({ page }) => {
  await watchShifts(page);
  await page.goto(demo().url + article, { waitUntil: "networkidle" });
  await page.evaluate(() => {
    const late = document.createElement("div");
    late.style.height = "300px";
    document.getElementById("main")?.prepend(late);
  });
  await expect
    .poll(async () => (await shifts(page)).some(({ value }) => value > most.layoutShift))
    .toBe(true);
});

test("no page for people signed out is heavier than its budget", async ({ page, request }) => {
  const ids = await demoIds(request);
  const ofSignIn = new Set(
    everyRoute()
      .filter(({ pattern, isPublic }) => isPublic && !/^\/($|checks)/.test(pattern))
      .map(({ pattern }) => fill(pattern, ids)),
  );
  const tooHeavy: string[] = [];
  for (const path of paths(ids)) {
    const html = await (await page.request.get(demo().url + path)).body();
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    const size = brotliCompressSync(html, { params }).length / 1_000;
    if (size > (ofSignIn.has(path) ? most.signInHtml : most.publicHtml)) tooHeavy.push(`${path}: ${size} kB`);
  }
  expect(tooHeavy).toEqual([]);
});

test("the article is sent once, stays when the page comes alive, and its code can be copied", async ({
  page,
  context,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);

  const sentence = "Only with a documented risk acceptance";
  const html = await (await page.request.get(demo().url + article)).text();
  const visible = html.replace(/<script type="application\/ld\+json">.*?<\/script>/s, "");
  expect(visible.split(sentence)).toHaveLength(2);

  await page.goto(demo().url + article, { waitUntil: "networkidle" });
  await expect(page.getByText(sentence)).toHaveCount(1);
  const copy = page.locator("[data-code-block]").first();
  await copy.getByRole("button", { name: "Copy" }).click();
  await expect(copy.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await copy.locator("pre").textContent(),
  );
  await expect(copy.getByRole("button", { name: "Copy" })).toBeVisible({ timeout: 5_000 });
  expect(complaints).toEqual([]);
});
