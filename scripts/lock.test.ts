import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkLockfile, resolveLockfile } from "./lock.mjs";

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

test("a version that is too young is not taken", async () => {
  // A registry of one package: a version of long ago, and one of yesterday.
  const yesterday = new Date(Date.now() - 24 * 3600_000).toISOString();
  const dist = { tarball: "http://127.0.0.1:9/thing.tgz", integrity: `sha512-${"A".repeat(86)}==` };
  const thing = {
    name: "thing",
    "dist-tags": { latest: "1.1.0" },
    versions: {
      "1.0.0": { name: "thing", version: "1.0.0", dist },
      "1.1.0": { name: "thing", version: "1.1.0", dist },
    },
    time: { created: "2020-01-01T00:00:00.000Z", "1.0.0": "2020-01-01T00:00:00.000Z", "1.1.0": yesterday },
  };
  const registry = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(thing));
  });
  await new Promise<void>((listening) => registry.listen(0, "127.0.0.1", listening));
  const { port } = registry.address() as AddressInfo;
  vi.stubEnv("npm_config_registry", `http://127.0.0.1:${port}/`);
  const wants = async (range: string) => {
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "x", dependencies: { thing: range } }),
    );
    rmSync(join(folder, "package-lock.json"), { force: true });
    await resolveLockfile(folder);
    const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
    return packages["node_modules/thing"].version;
  };
  try {
    expect(await wants("^1.0.0")).toBe("1.0.0");
    await expect(wants("1.1.0")).rejects.toThrow("No matching version found for thing@1.1.0");
  } finally {
    registry.closeAllConnections();
    registry.close();
  }
});
