import { expect, test } from "@playwright/test";
import { api, demoIds, type FindingSummary } from "./api";
import { signIn } from "./people";
import { controlSandbox } from "./sandbox-aws";
import { demo } from "./start-product";

interface Finding extends FindingSummary {
  readonly severity: string | null;
}

/** Waits until the finding says so; scans that were under way may still end. */
async function until(read: () => Promise<Finding>, observation: string): Promise<void> {
  await expect.poll(async () => (await read()).observation, { timeout: 60_000 }).toBe(observation);
}

test("losing access takes nothing from the count of failing findings; it says that it is not certain", async ({
  page,
  request,
}) => {
  const { org, findingKey, accountId } = await demoIds(request, { accountName: "acme-eu-retail" });
  const read = () => api<Finding>(request, `/findings/${findingKey}`);
  const { awsAccountId } = await read();
  const scan = () =>
    request.post(`${demo().url}/api/v1/scans`, {
      headers: { authorization: `Bearer ${demo().apiToken}` },
      data: { accountId },
    });
  const count = page
    .getByRole("navigation", { name: "Main", exact: true })
    .getByRole("link", { name: /^Findings/ });
  await signIn(page, demo());
  await page.goto(`${demo().url}/o/${org}/findings`);
  const before = /\d+/.exec((await count.textContent()) ?? "")?.[0];
  const fault = { id: "access-lost", kind: "deny", account: awsAccountId, api: "cloudtrail:DescribeTrails" };
  try {
    await controlSandbox("faults", fault);
    await scan();
    await until(read, "unknown");
    await page.goto(`${demo().url}/o/${org}/findings`);
    await expect(count).toHaveAccessibleName(
      new RegExp(`^Findings ${before} failing, \\d+ of them not read by the last scan$`),
    );
    await expect(count).toContainText(`${before} ?`);
    await expect(page.getByRole("row").filter({ hasText: findingKey })).toContainText("Production");
  } finally {
    await request.delete(new URL(`/_sandbox/faults?id=${fault.id}`, demo().sandboxUrl).href);
    await scan();
    await until(read, "failing");
  }
});

test("a scan that cannot judge after one that read a part is one banner, which says both", async ({
  page,
  request,
}) => {
  const { org, findingKey, accountId } = await demoIds(request, { accountName: "acme-eu-retail" });
  const read = () => api<Finding>(request, `/findings/${findingKey}`);
  const { awsAccountId } = await read();
  const scan = async () => {
    const answer = await request.post(`${demo().url}/api/v1/scans`, {
      headers: { authorization: `Bearer ${demo().apiToken}` },
      data: { accountId },
    });
    const { number } = (await answer.json()) as { number: number };
    await expect
      .poll(async () => (await api<{ status: string }>(request, `/scans/${number}`)).status, {
        timeout: 60_000,
      })
      .not.toMatch(/queued|running/);
  };
  // What looks came to is another matter, which other journeys may have left on the page.
  const banners = page.getByRole("main").locator(".border-s-2").filter({ hasNotText: "Looking again" });
  const deny = (id: string, region?: string) =>
    controlSandbox("faults", {
      id,
      kind: "deny",
      account: awsAccountId,
      api: "cloudtrail:DescribeTrails",
      ...(region === undefined ? {} : { region }),
    });
  await signIn(page, demo());
  try {
    await deny("one-region", "ap-south-1");
    await scan();
    await page.goto(`${demo().url}/o/${org}/findings/${findingKey}`);
    await expect(banners).toHaveCount(1);
    await expect(banners).toContainText("1 Region could not be read");
    await expect(banners).toContainText("ap-south-1");

    await deny("every-region");
    await scan();
    await page.goto(`${demo().url}/o/${org}/findings/${findingKey}`);
    await expect(banners).toHaveCount(1);
    await expect(banners).toContainText("The last scan could not evaluate this account");
    await expect(banners).toContainText("It leaves out 1 Region that could not be read then: ap-south-1.");
  } finally {
    for (const id of ["one-region", "every-region"])
      await request.delete(new URL(`/_sandbox/faults?id=${id}`, demo().sandboxUrl).href);
    await scan();
    await until(read, "failing");
  }
});
