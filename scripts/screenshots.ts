/** Makes the pictures of the README from the real product: `npm run screenshots`. */
import { mkdirSync } from "node:fs";
import { chromium, request } from "@playwright/test";
import { demoIds } from "../e2e/api";
import { signIn } from "../e2e/people";
import { settled } from "../e2e/settled";
import startProduct, { demo } from "../e2e/start-product";
import { chromiumArguments, ensureChromium } from "./chromium.mjs";

const folder = "docs/images";
const desktop = { width: 1440, height: 900 };

const pictures = [
  {
    name: "finding-light",
    colorScheme: "light",
    viewport: { width: 1440, height: 1180 },
    path: "findings/KEY",
  },
  { name: "finding-dark", colorScheme: "dark", viewport: desktop, path: "findings/KEY" },
  { name: "findings", colorScheme: "light", viewport: desktop, path: "findings" },
  {
    name: "finding-narrow",
    colorScheme: "light",
    viewport: { width: 390, height: 844 },
    path: "findings/KEY",
  },
] as const;

mkdirSync(folder, { recursive: true });
const executablePath = ensureChromium();
const stop = await startProduct();
const browser = await chromium.launch({
  args: chromiumArguments,
  timeout: 90_000,
  ...(executablePath === null ? {} : { executablePath }),
});
try {
  const client = await request.newContext();
  const { findingKey } = await demoIds(client, {
    accountName: "acme-prod",
    checkId: "cloudtrail.not_multi_region",
  });
  await client.dispose();
  for (const { name, colorScheme, viewport, path } of pictures) {
    const page = await browser.newPage({
      colorScheme,
      viewport,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      reducedMotion: "reduce",
    });
    await signIn(page, demo());
    await page.goto(`${demo().url}/o/${demo().organization}/${path.replace("KEY", findingKey)}`);
    await settled(page);
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.close();
    process.stdout.write(`${folder}/${name}.png\n`);
  }
} finally {
  await browser.close();
  await stop();
}
