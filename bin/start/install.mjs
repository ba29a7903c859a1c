import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { holdLock } from "./hold-lock.mjs";
import { NpmFailure, npm } from "./npm.mjs";
import { root } from "./paths.mjs";
import { Refusal, step } from "./progress.mjs";

const lockfile = join(root, "package-lock.json");
const modules = join(root, "node_modules");
const stamp = join(modules, ".posturio-lock");

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Posturio needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  }
}

function lockHash() {
  return createHash("sha256").update(readFileSync(lockfile)).digest("hex");
}

/** Whether somebody's own `npm ci` already put there what the lockfile asks for. */
function matchesLockfile() {
  try {
    const wanted = JSON.parse(readFileSync(lockfile, "utf8")).packages;
    const present = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === "" || entry.optional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

function isInstalled() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash()) return true;
  if (!matchesLockfile()) return false;
  writeFileSync(stamp, lockHash());
  return true;
}

/**
 * Installs the locked dependencies unless they are there already. Asks nothing. What was installed before stays as it
 * is until the new has come whole: `npm ci` deletes first and downloads afterwards, so it runs in a folder aside.
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const release = await holdLock("install", "Another start is installing the dependencies: waiting for it");
  try {
    if (!isInstalled()) await step("Installing dependencies", install);
  } finally {
    release();
  }
}

async function install() {
  const dist = join(root, "dist");
  // Of starts that were killed. npm itself may outlive them for a while and still write there.
  for (const name of readdirSync(dist)) if (name.startsWith("install-")) discard(join(dist, name));
  const aside = join(dist, `install-${process.pid}`);
  mkdirSync(aside);
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
    cpSync(join(root, file), join(aside, file));
  }
  const hash = lockHash();
  try {
    // No package needs its install script (package.json allows none), and older versions of npm would run them.
    await npm(["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"], aside);
    writeFileSync(join(aside, "node_modules", ".posturio-lock"), hash);
    replaceModules(aside);
  } catch (error) {
    throw error instanceof NpmFailure ? explained(error) : error;
  } finally {
    discard(aside);
  }
}

function discard(folder) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Somebody writes there: the next install tries again.
  }
}

function replaceModules(aside) {
  try {
    if (existsSync(modules)) renameSync(modules, join(aside, "before"));
    renameSync(join(aside, "node_modules"), modules);
  } catch (error) {
    // A volume of its own cannot be renamed.
    throw new Refusal(`node_modules could not be replaced (${error.code}): run npm ci, then this again.`);
  }
}

const unreachable =
  /^(E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH|NOTCACHED)|ERR_SOCKET_TIMEOUT|FETCH_ERROR)$/;

function explained(failure) {
  if (unreachable.test(failure.code)) {
    const registry = /request to (\S+?:\/\/[^/\s]+)/.exec(failure.output)?.[1] ?? "of npm";
    return new Refusal(
      `The dependencies could not be downloaded: the registry ${registry} does not answer (${failure.code}). ` +
        "Nothing was changed. Connect to the network, or name a registry that you can reach " +
        "(npm config set registry URL), and run this again.",
    );
  }
  if (failure.code === "EUSAGE") {
    return new Refusal(
      `package-lock.json does not fit package.json: run npm run lock.\n\n${failure.message}`,
    );
  }
  return failure;
}
