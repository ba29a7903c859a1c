import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { ensureClient } from "./client.mjs";
import { command } from "./command.mjs";
import { holdLock } from "./hold-lock.mjs";
import { root, webServer } from "./paths.mjs";
import { Refusal, step } from "./progress.mjs";

/** What the product is made of. Tests and documents change nothing that runs. */
const sources = [
  "app",
  "bin",
  "cli",
  "components",
  "lib",
  "prisma",
  "public",
  "sandbox",
  "workers",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "scripts/csp-hashes.mjs",
  "tsconfig.json",
];
const noSource = /(^|\/)(generated|testing|node_modules)$|\.test\.tsx?$|\.md$/;

/** Programs that run outside Next.js, as they are named in dist/. */
export const programs = {
  worker: "workers/main.ts",
  sandbox: "sandbox/main.ts",
  embedded: "lib/installation/embedded.ts",
  migrate: "bin/migrate.ts",
  "seed-demo": "bin/seed-demo.ts",
  "scanner-identity": "bin/scanner-identity.ts",
};

const stampFile = join(root, "dist", "build.json");

function sourceHash() {
  const hash = createHash("sha256").update(process.versions.modules);
  const visit = (path) => {
    if (noSource.test(path)) return;
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      add(join(path, entry.name), entry.isDirectory());
    }
  };
  const add = (path, isDirectory) => {
    if (noSource.test(path)) return;
    if (isDirectory) visit(path);
    else
      hash
        .update(`${relative(root, path)}\0`)
        .update(readFileSync(path))
        .update("\0");
  };
  for (const source of sources) {
    const path = join(root, source);
    if (existsSync(path)) add(path, !/\.[a-z]+$/.test(source));
  }
  return hash.digest("hex");
}

function isBuilt(hash) {
  try {
    return (
      JSON.parse(readFileSync(stampFile, "utf8")).hash === hash &&
      existsSync(webServer) &&
      Object.keys(programs).every((name) => existsSync(join(root, "dist", `${name}.mjs`)))
    );
  } catch {
    return false;
  }
}

/** Builds web server and programs unless the sources are those of the last build. */
export async function ensureBuilt() {
  const hash = sourceHash();
  if (isBuilt(hash)) return;
  const release = await holdLock("build", "Another start is building this checkout: waiting for it");
  try {
    if (isBuilt(hash)) return;
    rmSync(stampFile, { force: true });
    await ensureClient();
    await step("Building worker and tools", buildPrograms);
    await step("Building the web application (about a minute)", buildWeb);
    writeFileSync(stampFile, JSON.stringify({ hash, at: new Date().toISOString() }));
  } finally {
    release();
  }
}

/** Commands of bin/posturio.mjs. `cli` is one file that needs no node_modules: that is what npm packs. */
const commands = { cli: "cli/main.ts", admin: "cli/admin.ts" };

const wholeInOneFile = {
  packages: "bundle",
  minify: true,
  sourcemap: false,
  // CommonJS inside an ES module asks for `require`.
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
  },
};

export async function buildCommandLine(name) {
  if (name === "admin") await ensureClient();
  // Whole or not at all: another command may be loading the one that is replaced.
  const aside = join("dist", `.${name}-${process.pid}`);
  try {
    await bundle({ [name]: commands[name] }, { outdir: aside, ...(name === "cli" ? wholeInOneFile : {}) });
    for (const file of readdirSync(join(root, aside))) {
      renameSync(join(root, aside, file), join(root, "dist", file));
    }
  } finally {
    rmSync(join(root, aside), { recursive: true, force: true });
  }
}

/** When a source was last changed, in milliseconds: cheaper than the hash for a command that should start at once. */
export function newestSource() {
  const newest = (path) =>
    readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce(
        (latest, entry) =>
          Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
        0,
      );
  const lock = statSync(join(root, "package-lock.json")).mtimeMs;
  return Math.max(lock, newest(join(root, "cli")), newest(join(root, "lib")));
}

/** Bundles our own TypeScript; libraries stay in node_modules, where those with native parts need to be. */
function buildPrograms() {
  return bundle({ ...programs, admin: commands.admin });
}

/**
 * Use cases reach Next's request functions through the tenant door, and never call them outside a request. Node
 * itself needs the file ending.
 */
const nextOutsideNext = {
  name: "next-outside-next",
  setup(build) {
    build.onResolve({ filter: /^next\/[a-z-]+$/ }, ({ path }) => ({ path: `${path}.js`, external: true }));
  },
};

/** For the programs themselves, and for measurements that want them as they are shipped. */
export async function bundle(entryPoints, options = {}) {
  const { build, stop } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "error",
    plugins: [nextOutsideNext],
    ...options,
  });
  // Its service process would stay as long as we do.
  await stop();
}

async function buildWeb() {
  await command("next build", [join(root, "node_modules", "next", "dist", "bin", "next"), "build"]);
  await command("csp-hashes", [join(root, "scripts", "csp-hashes.mjs")]);
  if (!existsSync(webServer)) throw new Refusal("next build ended without a server, and without a reason.");
  const standalone = join(root, ".next", "standalone");
  cpSync(join(root, "public"), join(standalone, "public"), { recursive: true });
  cpSync(join(root, ".next", "static"), join(standalone, ".next", "static"), { recursive: true });
  cpSync(join(root, ".next", "csp-hashes.json"), join(standalone, ".next", "csp-hashes.json"));
}
