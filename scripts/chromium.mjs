/**
 * Finds a Chromium for the browser tests and screenshots: an installed one, else Debian's when root there, else
 * Playwright's download. Prints its path; `null` lets Playwright use its own.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

export function installedChromium() {
  const asked = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    ...(asked ? [asked] : []),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...elsewhere,
  ];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Arguments that keep Chromium off the network and off the missing GPU of a build machine. */
export const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Makes sure that there is one; throws a message that says what to do when there can be none. */
export function ensureChromium() {
  const installed = installedChromium();
  if (installed) return installed;
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    process.stdout.write("Installing Debian's Chromium\n");
    const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    spawnSync("apt-get", ["update", "-qq"], options);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
    const fromDebian = installedChromium();
    if (fromDebian) return fromDebian;
  }
  if (existsSync(chromium.executablePath())) return null;
  process.stdout.write("Downloading Playwright's Chromium\n");
  const download = spawnSync(
    process.execPath,
    ["node_modules/@playwright/test/cli.js", "install", "chromium"],
    {
      stdio: "inherit",
    },
  );
  if (download.status === 0 && existsSync(chromium.executablePath())) return null;
  throw new Error(
    "No Chromium was found and none could be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one.",
  );
}
