/**
 * First-load JavaScript of the static pages of a production build: the module scripts that the page's HTML names,
 * brotli as a server would send them. `nomodule` scripts are for browsers that load no others. Prints a table and
 * fails when a page with a budget exceeds it.
 *
 *     node scripts/first-load.mjs [--json]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { endWith, Refusal } from "../bin/start/progress.mjs";
import { routeOf } from "./csp-hashes.mjs";

/** Kilobytes (1,000 bytes). A page for trying a check carries the check itself. */
const budgets = [
  { route: /^\/(checks(\/[^/]+)?)?$/, kB: 125 },
  { route: /^\/checks\/[^/]+\/try$/, kB: 190 },
];

/** Addresses of the scripts that a browser with modules loads. */
export function scriptsOf(html) {
  const found = new Set();
  for (const [, attributes] of html.matchAll(/<script\b([^>]*)>/g)) {
    const source = /\bsrc="([^"]+)"/.exec(attributes)?.[1];
    if (source && !/\bnomodule\b/i.test(attributes)) found.add(source.replace(/\?.*$/, ""));
  }
  return [...found];
}

export function budgetOf(route) {
  return budgets.find((budget) => budget.route.test(route))?.kB;
}

function compressed(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

function main() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const pages = join(root, ".next", "server", "app");
  if (!existsSync(pages)) endWith(new Refusal("There is no production build: run npm run build first."));
  const sizes = new Map();
  const sizeOf = (source) => {
    const file = join(root, ".next", decodeURIComponent(source.replace(/^\/_next\//, "")));
    if (!sizes.has(source)) sizes.set(source, compressed(readFileSync(file)));
    return sizes.get(source);
  };
  const rows = readdirSync(pages, { recursive: true })
    .filter((file) => file.endsWith(".html"))
    .map((file) => {
      const html = readFileSync(join(pages, file), "utf8");
      const route = routeOf(file);
      const bytes = scriptsOf(html).reduce((sum, source) => sum + sizeOf(source), 0);
      const budget = budgetOf(route);
      return {
        route,
        scriptsKB: bytes / 1000,
        htmlKB: compressed(Buffer.from(html)) / 1000,
        ...(budget === undefined ? {} : { budgetKB: budget, isWithin: bytes <= budget * 1000 }),
      };
    })
    .filter(({ budgetKB }) => budgetKB !== undefined)
    .sort((a, b) => a.route.localeCompare(b.route));
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else {
    for (const { route, scriptsKB, htmlKB, budgetKB, isWithin } of rows) {
      const verdict = isWithin ? "good" : "TOO MUCH";
      process.stdout.write(
        `${route.padEnd(44)} scripts ${scriptsKB.toFixed(1)} of ${budgetKB} kB, HTML ${htmlKB.toFixed(1)} kB  ${verdict}\n`,
      );
    }
  }
  if (rows.length === 0 || rows.some(({ isWithin }) => !isWithin)) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
