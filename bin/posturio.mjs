#!/usr/bin/env node
/**
 * The command line. In a clone the bundles are made on demand; the packed package carries the one that needs no
 * server and no database.
 */
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const inClone = existsSync(here("../cli"));
const argv = process.argv.slice(2);
// The AWS SDK warns about Node 20 on every start; we test on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

async function load(name) {
  if (inClone) {
    const { prepareProgram } = await import("./start/command-line.mjs");
    await prepareProgram(name);
  }
  return import(new URL(`../dist/${name}.mjs`, import.meta.url).href);
}

/** A pipe that the reader closed (`posturio checks | head -1`) is no failure. */
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});

async function commandLine() {
  const { main, textOf } = await load("cli");
  return main(argv, {
    out: (output) => process.stdout.write(output),
    err: (output) => process.stderr.write(output),
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    version: JSON.parse(readFileSync(here("../package.json"), "utf8")).version,
    readText: async (path) => textOf(path === "-" ? await buffer(process.stdin) : await readFile(path)),
  });
}

const noClone = `posturio admin works in the clone of an installation only, beside its database.
In another installation run it there: node bin/posturio.mjs admin …
`;
const noDatabase = `posturio admin needs the database of the installation, and none is known here.
Run npm start in this clone first, or set DATABASE_URL and DATABASE_AUTH_URL of a running installation.
`;

async function admin() {
  // The container image has the bundle and no sources; the packed package has neither.
  if (!inClone && !existsSync(here("../dist/admin.mjs"))) {
    process.stderr.write(noClone);
    return 64;
  }
  if (inClone) {
    const { adoptRunningInstallation } = await import("./start/command-line.mjs");
    adoptRunningInstallation();
  }
  if (!process.env.DATABASE_URL || !process.env.DATABASE_AUTH_URL) {
    process.stderr.write(noDatabase);
    return 64;
  }
  const { runAdmin } = await load("admin");
  return runAdmin(argv.slice(1), {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    stdin: process.stdin,
  });
}

if (argv[0] === "admin") {
  // The pool of database connections would keep the process alive.
  process.exit(await admin());
}
process.exitCode = await commandLine();
