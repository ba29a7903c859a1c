#!/usr/bin/env node
/**
 * The command line: `posturio check …` for anybody with AWS credentials, `posturio admin …` for the operator of an
 * installation. In a clone the bundles are made on demand; the packed package carries the one for `check` alone.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const usage = `posturio check CHECK …    read one AWS account with your own credentials, print the verdict
posturio admin COMMAND …  for the operator of an installation: users, reset links, organizations
`;

const [command, ...rest] = process.argv.slice(2);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const inClone = existsSync(here("../lib/cli"));
// The AWS SDK warns about Node 20 on every start; we test on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

async function load(name) {
  if (inClone) {
    const { ensureInstalled } = await import("./start/install.mjs");
    const { ensureProgram } = await import("./start/command-line.mjs");
    await ensureInstalled();
    await ensureProgram(name);
  }
  return import(new URL(`../dist/${name}.mjs`, import.meta.url).href);
}

if (command === "check") {
  const { runCheck } = await load("cli");
  process.exitCode = await runCheck(rest, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    env: process.env,
  });
} else if (command === "admin" && existsSync(here("../prisma"))) {
  const { adoptRunningInstallation } = await import("./start/command-line.mjs");
  adoptRunningInstallation();
  const { runAdmin } = await load("admin");
  const code = await runAdmin(rest, {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    stdin: process.stdin,
  });
  // The pool of database connections would keep the process alive.
  process.exit(code);
} else {
  const asked = command === undefined || command === "help" || command === "--help";
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked && command !== undefined ? 0 : 64;
}
