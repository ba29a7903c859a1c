import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { demoIds } from "./api";
import { makeOrganization, signIn, signUp, stranger } from "./people";
import { everyRoute, fill, type Ids } from "./routes";
import { settled } from "./settled";
import { demo } from "./start-product";

const looks = [
  { name: "light, desktop", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark, desktop", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "light, 390 px", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { name: "dark, 390 px", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

/** Collects what the browser complains about while pages are open. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || /Content.Security.Policy/i.test(message.text()))
      heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(String(error)));
  return heard;
}

async function inspect(page: Page, path: string, status = 200): Promise<void> {
  await test.step(path, async () => {
    const heard = complaints(page);
    const answer = await page.goto(demo().url + path);
    expect(answer?.status(), path).toBe(status);
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
    // Contrast is measured on what a person sees, not on its placeholder.
    await settled(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const messages = violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(" ")})`,
    );
    expect(messages, path).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    // The one complaint a browser makes about a 404 is that it is one.
    expect(
      heard.filter((text) => !(status === 404 && /status of 404/.test(text))),
      path,
    ).toEqual([]);
    page.removeAllListeners("console");
    page.removeAllListeners("pageerror");
  });
}

const pages = everyRoute().filter(({ kind }) => kind === "page");
const forAnyone = pages.filter(({ isPublic }) => isPublic);
const forMembers = pages.filter(({ isPublic, pattern }) => !isPublic && pattern !== "/o/[org]");

/** A check without Regions: another service, and pages of another shape. */
const withoutRegions = "iam.root_mfa_disabled";
const withoutRegionsPath = "/checks/iam-root-mfa-disabled";

let ids: Ids;
let idsWithoutRegions: Ids;

test.beforeAll(async ({ request }) => {
  ids = await demoIds(request);
  idsWithoutRegions = await demoIds(request, { checkId: withoutRegions });
});

for (const { name, colorScheme, viewport } of looks) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test("no page for people signed out has an axe or CSP violation", async ({ page }) => {
      for (const { pattern } of forAnyone) await inspect(page, fill(pattern, ids));
      for (const path of [withoutRegionsPath, `${withoutRegionsPath}/try`]) await inspect(page, path);
      await inspect(page, "/there-is-nothing-here", 404);
    });

    test("no page of the product has an axe or CSP violation", async ({ page }) => {
      test.setTimeout(240_000);
      await signIn(page, demo());
      for (const { pattern } of forMembers) await inspect(page, fill(pattern, ids));
      await inspect(page, fill("/o/[org]/findings/[key]", idsWithoutRegions));
      await inspect(page, fill("/o/[org]/scans/[number]", idsWithoutRegions));
      await inspect(page, `/o/${ids.org}/checks/${withoutRegions}`);
      await inspect(page, `/o/${ids.org}/there-is-nothing-here`, 404);
      await inspect(page, `/o/${ids.org}/findings/PST-987654`, 404);
    });

    test("no page of an organization without accounts has an axe or CSP violation", async ({ page }) => {
      await signUp(page, stranger("Nova"));
      const org = await makeOrganization(page, "Nova Labs");
      for (const pattern of [
        "dashboard",
        "dashboard/coverage",
        "checks/cloudtrail.not_multi_region",
        "findings",
        "accounts",
        "scans",
        "connect",
        "settings/members",
        "settings/triage",
        "settings/tokens",
      ]) {
        await inspect(page, `/o/${org}/${pattern}`);
      }
    });
  });
}
