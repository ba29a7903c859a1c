import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkLockfile } from "./lock.mjs";

// npm is started each time, and other tests keep the machine busy.
vi.setConfig({ testTimeout: 60_000 });

type Lock = { packages: Record<string, { resolved?: string; os?: string[]; optional?: boolean }> };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "posturio-lock-test-"));
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) cpSync(file, join(folder, file));
  // The gate must judge without a network.
  vi.stubEnv("npm_config_registry", "http://127.0.0.1:9/");
  vi.stubEnv("npm_config_cache", join(folder, "cache"));
  vi.stubEnv("npm_config_fetch_retries", "0");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function edit(change: (lock: Lock) => void) {
  const file = join(folder, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  change(lock);
  writeFileSync(file, JSON.stringify(lock));
}

test("the committed lock is one that npm ci takes, judged without a network", async () => {
  await expect(checkLockfile(folder)).resolves.toBeUndefined();
});

test("a lock that lacks the packages of another platform is refused by name", async () => {
  const foreign = process.platform === "darwin" ? "linux" : "darwin";
  let lost = "";
  edit(({ packages }) => {
    lost = Object.keys(packages).find((path) => packages[path]?.os?.[0] === foreign) ?? "";
    delete packages[lost];
  });
  expect(lost).not.toBe("");
  await expect(checkLockfile(folder)).rejects.toThrow(`Missing: ${lost.replace("node_modules/", "")}@`);
});

test("a lock with addresses of a registry is refused", async () => {
  edit(({ packages }) => {
    const zod = packages["node_modules/zod"];
    if (zod) zod.resolved = "https://registry.example.com/zod.tgz";
  });
  await expect(checkLockfile(folder)).rejects.toThrow("names addresses of one registry (node_modules/zod");
});
