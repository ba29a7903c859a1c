import { expect, type Page } from "@playwright/test";
import { makeRole } from "./sandbox-aws";
import { demo } from "./start-product";

export interface Connected {
  /** The account's id in Posturio. */
  readonly id: string;
  readonly firstScanNumber: number;
}

/** Connects an account the way a customer does: form, role created with the page's own commands, live test. */
export async function connectAccount(
  page: Page,
  organization: string,
  account: { name: string; awsAccountId: string; roleName: string },
): Promise<Connected> {
  await page.goto(`${demo().url}/o/${organization}/connect`);
  await page.getByLabel("Name", { exact: true }).fill(account.name);
  await page.getByLabel("AWS account id").fill(account.awsAccountId);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/connect\/[0-9a-f-]{36}$/);
  const id = /\/connect\/([0-9a-f-]{36})$/.exec(page.url())?.[1] ?? "";

  await page.getByRole("tab", { name: "AWS CLI" }).click();
  const commands = (await page.getByRole("region", { name: "AWS CLI commands" }).textContent()) ?? "";
  const arn = await makeRole(account.awsAccountId, commands, account.roleName);
  await page.getByLabel("Role ARN").fill(arn);
  await page.getByRole("button", { name: "Test the connection" }).click();

  const first = page.getByRole("link", { name: "Watch the first scan" });
  await expect(first).toBeVisible({ timeout: 30_000 });
  const href = (await first.getAttribute("href")) ?? "";
  return { id, firstScanNumber: Number(/\/scans\/(\d+)$/.exec(href)?.[1]) };
}
