import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { api, demoIds } from "./api";
import { signIn } from "./people";
import { controlSandbox } from "./sandbox-aws";
import { demo, productHome } from "./start-product";

interface RunningChild {
  readonly name: string;
  readonly pid: number;
}

function workerPid(): number {
  const { children } = JSON.parse(readFileSync(join(productHome(), "run.json"), "utf8")) as {
    children: RunningChild[];
  };
  const worker = children.find(({ name }) => name === "worker");
  if (worker === undefined) throw new Error("No worker is running");
  return worker.pid;
}

interface FindingHistory {
  readonly awsAccountId: string;
  readonly history: readonly { readonly scanNumber: number | null }[];
}

test("a worker killed in mid-scan costs nothing: the scan runs again within 30 s and ends once", async ({
  page,
  request,
}) => {
  const ids = await demoIds(request);
  const finding = await api<FindingHistory>(request, `/findings/${ids.findingKey}`);
  await signIn(page, demo());
  // Slow enough to be caught in the middle, fast enough to end.
  await controlSandbox("faults", {
    id: `slow-${Date.now()}`,
    kind: "latency",
    account: finding.awsAccountId,
    api: "cloudtrail:DescribeTrails",
    latencyMs: 6000,
    first: 1,
  });

  await page.goto(`${demo().url}/o/${ids.org}/findings/${ids.findingKey}`);
  await page.getByRole("button", { name: "Scan now" }).click();
  await page.getByRole("link", { name: "See all calls" }).click();
  await page.waitForURL(/\/scans\/\d+$/);
  const number = Number(/\/scans\/(\d+)$/.exec(page.url())?.[1]);
  await expect(page.getByText(/Regions \w+, \d+ AWS calls so far/).first()).toBeVisible();
  process.kill(workerPid(), "SIGKILL");
  const killedAt = Date.now();

  // The second attempt is told while it runs, and where it is over before the page looks, in the facts of its end.
  const told = page.getByText(/^Attempt 2/);
  const inFacts = page.locator("dt", { hasText: /^Attempt$/ }).locator("+ dd", { hasText: /^2$/ });
  await expect(told.or(inFacts).first()).toBeVisible({ timeout: 30_000 });
  expect(Date.now() - killedAt).toBeLessThan(30_000);
  await expect(page.getByRole("link", { name: ids.findingKey }).first()).toBeVisible({ timeout: 45_000 });

  const scan = await api<{ status: string; attempt: number }>(request, `/scans/${number}`);
  expect(scan.status).toBe("complete");
  const after = await api<FindingHistory>(request, `/findings/${ids.findingKey}`);
  expect(after.history.filter(({ scanNumber }) => scanNumber === number).length).toBeLessThanOrEqual(1);
});
