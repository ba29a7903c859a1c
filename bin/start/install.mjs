import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { Refusal, step } from "./progress.mjs";

const lockfile = join(root, "package-lock.json");
const stamp = join(root, "node_modules", ".posturio-lock");

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
    const present = JSON.parse(
      readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8"),
    ).packages;
    return Object.entries(wanted).every(
      ([path, entry]) => path === "" || entry.optional || present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

function isInstalled() {
  if (existsSync(stamp)) return readFileSync(stamp, "utf8") === lockHash();
  if (!matchesLockfile()) return false;
  writeFileSync(stamp, lockHash());
  return true;
}

/** Installs the locked dependencies unless they are there already. Asks nothing. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  // Not `npm ci`: it insists on lockfile entries of every platform's binaries, which npm leaves out when the
  // registry in front of it (a company's mirror) does not carry them. The locked versions are installed either way.
  await step("Installing dependencies", () =>
    npm(["install", "--include=dev", "--no-save", "--no-audit", "--no-fund"]),
  );
  writeFileSync(stamp, lockHash());
}

function npm(args) {
  // Under `npm start` this is the very npm that runs us; it need not be on the PATH.
  const own = process.env.npm_execpath;
  const [command, prefix] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true" },
    });
    let output = "";
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => reject(new Refusal(`npm could not be run: ${error.message}`)));
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Refusal(`npm ${args.join(" ")} failed:\n\n${errorsOf(output)}\n`)),
    );
  });
}

/** npm prints its usage after some errors; what went wrong stands first. */
function errorsOf(output) {
  const lines = output.split("\n").filter((line) => line.startsWith("npm error"));
  return (lines.length > 0 ? lines : output.trim().split("\n")).slice(0, 30).join("\n");
}
