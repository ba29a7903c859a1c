import { defineConfig } from "@playwright/test";
import { chromiumArguments, installedChromium } from "./scripts/chromium.mjs";

// The SDK, here the hand of an account's owner, warns about Node 20 at every start; we test on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const executablePath = installedChromium();

/** Specs that change nothing of the demo organization: they start a product of their own, or look at pages as they are. */
const apart = [
  "bulk-of-many",
  "database-away",
  "every-page",
  "forced-colors",
  "live-stream",
  "process-faults",
  "public-pages",
  "start-killed",
  "try-without-account",
].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/start-product.ts",
  outputDir: "test-results/e2e",
  // One for each of two cores. Specs that change the demo organization come one after the other, in one of them.
  workers: 2,
  projects: [
    { name: "demo", testIgnore: apart, workers: 1 },
    { name: "apart", testMatch: apart, workers: 1 },
  ],
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    browserName: "chromium",
    headless: true,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    // The first launch on a cold machine takes up to a minute.
    launchOptions: {
      timeout: 90_000,
      args: chromiumArguments,
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
});
