/**
 * Writes a new package-lock.json: `npm run lock`, after any change to package.json. In a folder of its own, because
 * beside a node_modules npm leaves out the packages of other platforms, and `npm ci` then refuses the lock. A version
 * that was published within the last days is not taken, however it came into question: what somebody put into a stolen
 * package is mostly found within that time. (`min-release-age` says the same in newer versions of npm alone.)
 *
 *     node scripts/lock.mjs --check    fails unless `npm ci` would take the lock as it is; needs no network
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm } from "../bin/start/npm.mjs";
import { root } from "../bin/start/paths.mjs";
import { endWith, Refusal } from "../bin/start/progress.mjs";

/** Throws a refusal that says what the lock lacks, or that it names addresses of one registry. */
export async function checkLockfile(folder = root) {
  try {
    await npm(["ci", "--dry-run", "--ignore-scripts"], folder);
  } catch (error) {
    throw new Refusal(`package-lock.json is not one for npm ci: run npm run lock.\n\n${error.message}`);
  }
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const addressed = Object.keys(packages).filter((path) => packages[path].resolved !== undefined);
  if (addressed.length === 0) return;
  throw new Refusal(
    `package-lock.json names addresses of one registry (${addressed.slice(0, 3).join(", ")} …): run npm run lock.`,
  );
}

const leastAgeDays = 7;

/** Writes the lock of a folder anew from its package.json, with versions that had been published by `before`. */
export async function resolveLockfile(folder, before = new Date(Date.now() - leastAgeDays * 24 * 3600_000)) {
  const age = `--before=${before.toISOString()}`;
  await npm(["install", "--package-lock-only", "--ignore-scripts", age], folder);
}

async function writeLockfile() {
  const folder = mkdtempSync(join(tmpdir(), "posturio-lock-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"])
      cpSync(join(root, file), join(folder, file));
    await resolveLockfile(folder);
    await checkLockfile(folder);
    cpSync(join(folder, "package-lock.json"), join(root, "package-lock.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await (process.argv.includes("--check") ? checkLockfile() : writeLockfile()).catch(endWith);
}
