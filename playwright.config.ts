import { defineConfig } from "@playwright/test";
import { chromiumArguments, installedChromium } from "./scripts/chromium.mjs";

// The SDK, here the hand of an account's owner, warns about Node 20 at every start; we test on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const executablePath = installedChromium();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/start-product.ts",
  outputDir: "test-results/e2e",
  // The machine has two cores and every test drives the same product: more workers would only wait.
  workers: 1,
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
