import { expect, type Page, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { shifts, watchShifts } from "./layout-shifts";
import { signIn } from "./people";
import { settled } from "./settled";
import { demo } from "./start-product";

/** Of a page in which nobody has done anything yet. */
const mostShift = 0.05;

/**
 * A device of the middle class that has nothing of ours yet. On a fast network it paints a page in pieces, as it works
 * them out; on a slow one fonts come after the first paint.
 */
async function coldLoads(page: Page, network: "fast" | "slow"): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Network.enable");
  await browser.send("Network.setCacheDisabled", { cacheDisabled: true });
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  if (network === "fast") return;
  await browser.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 90_000,
  });
}

for (const { name, network, width, height } of [
  { name: "phone, fast network", network: "fast", width: 390, height: 844 },
  { name: "phone, slow network", network: "slow", width: 390, height: 844 },
  { name: "tablet, fast network", network: "fast", width: 900, height: 1100 },
] as const) {
  test(`no page for members moves while it loads for the first time, ${name}`, async ({ page, request }) => {
    test.setTimeout(240_000);
    const ids = await demoIds(request);
    const withoutRegions = await demoIds(request, { checkId: "iam.root_mfa_disabled" });
    // A scan that is still running moves for another reason: it has something new to say.
    await expect
      .poll(
        async () =>
          (await api<{ data: { status: string }[] }>(request, "/scans?limit=50")).data.filter(
            ({ status }) => status === "queued" || status === "running",
          ).length,
        { timeout: 60_000 },
      )
      .toBe(0);
    await page.setViewportSize({ width, height });
    await signIn(page, demo());
    await coldLoads(page, network);
    await watchShifts(page);
    const restless: string[] = [];
    const of = (path: string) => `/o/${ids.org}/${path}`;
    for (const path of [
      of(`findings/${ids.findingKey}`),
      of(`findings/${withoutRegions.findingKey}`),
      of(`scans/${ids.scanNumber}`),
      of("findings"),
      of("accounts"),
      of(`accounts/${ids.accountId}`),
      of("settings/members"),
      "/account",
    ]) {
      await page.goto(demo().url + path, { waitUntil: "networkidle" });
      await settled(page);
      const moved = await shifts(page);
      const sum = moved.reduce((total, { value }) => total + value, 0);
      const most = [...moved].sort((a, b) => b.value - a.value)[0];
      if (sum > mostShift) restless.push(`${path}: ${sum.toFixed(3)} ${most?.what ?? ""}`);
    }
    expect(restless).toEqual([]);
  });
}
