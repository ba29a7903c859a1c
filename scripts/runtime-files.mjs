/**
 * Copies what runs in production, and nothing else, into a folder: `node scripts/runtime-files.mjs FOLDER`, after a
 * build. That is the web server as Next.js traced it, our programs, and of node_modules the files that these can reach.
 * Every library is a development dependency here, so `npm prune` could not tell them apart.
 */
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root } from "../bin/start/paths.mjs";

const { nodeFileTrace } = createRequire(import.meta.url)("next/dist/compiled/@vercel/nft");

const programs = [
  "bin/healthcheck.mjs",
  "bin/web.mjs",
  "dist/admin.mjs",
  "dist/migrate.mjs",
  "dist/sandbox.mjs",
  "dist/worker.mjs",
];
/** Traced already, whole in one file, or read by path at run time. */
const besides = [
  ".next/standalone",
  "LICENSE",
  "bin/posturio.mjs",
  "dist/cli.mjs",
  "package.json",
  "prisma/catalog_test.sql",
  "prisma/migrations",
];

const target = process.argv[2];
if (target === undefined) throw new Error("usage: runtime-files.mjs FOLDER");

const { fileList } = await nodeFileTrace(programs, { base: root, processCwd: root, ts: false });
for (const path of [...fileList, ...besides]) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  cpSync(join(root, path), join(target, path), { recursive: true });
}
withoutSources(target);
// Next.js copies its image library, and we serve images as they are (next.config.ts).
for (const name of ["@img", "sharp"]) {
  rmSync(join(target, ".next/standalone/node_modules", name), { recursive: true, force: true });
}
process.stdout.write(`${fileList.size} files traced, ${Math.round(size(target) / 1e6)} MB in all\n`);

/** Source maps hold our sources; types of libraries run nowhere. */
function withoutSources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.map$|\.d\.[cm]?ts$/.test(entry.name)) {
      rmSync(join(entry.parentPath ?? entry.path, entry.name));
    }
  }
}

function size(path) {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0);
}
