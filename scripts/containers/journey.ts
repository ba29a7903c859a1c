import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect } from "@playwright/test";
import { connectAccount } from "../../e2e/connect";
import { signIn } from "../../e2e/people";
import { chromiumArguments, ensureChromium } from "../chromium.mjs";

const password = "a long walk by the harbor";

/** The first administrator sets the password, connects an account of the sandbox and sees its first scan end. */
export async function firstScan(
  work: string,
  url: string,
  sandboxUrl: string,
  resetLink: string,
): Promise<void> {
  const home = join(work, "journey");
  mkdirSync(home, { recursive: true });
  // Where the steps of the browser tests look for the product.
  writeFileSync(join(home, "demo.json"), JSON.stringify({ url, sandboxUrl }));
  process.env.POSTURIO_E2E_HOME = home;
  const executablePath = ensureChromium();
  const browser = await chromium.launch({
    timeout: 90_000,
    args: chromiumArguments,
    ...(executablePath === null ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(resetLink);
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.waitForURL("**/login**");
    await signIn(page, { email: "you@example.com", password });
    const organization = /\/o\/([^/]+)/.exec(page.url())?.[1] ?? "";
    const account = { name: "Robotics", awsAccountId: "676767676767", roleName: "PosturioReadOnly" };
    await connectAccount(page, organization, account);
    await page.getByRole("link", { name: "Watch the first scan" }).click();
    await expect(page.getByRole("link", { name: "PST-1" }).first()).toBeVisible({ timeout: 60_000 });
  } finally {
    await browser.close();
  }
}
