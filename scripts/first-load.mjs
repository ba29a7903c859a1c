/**
 * What the static pages of a production build weigh: their HTML, and the module scripts that it names, brotli as a
 * server would send them. `nomodule` scripts are for browsers that load no others. Prints a table and fails when a
 * page with a budget exceeds it.
 *
 *     node scripts/first-load.mjs [--json]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { endWith, Refusal } from "../bin/start/progress.mjs";
import { routeOf } from "./csp-hashes.mjs";

/** Kilobytes (1,000 bytes) of scripts and of HTML. A page for trying a check carries the check itself. */
const budgets = [
  { route: /^\/(checks(\/[^/]+)?)?$/, scripts: 125, html: 25 },
  { route: /^\/checks\/[^/]+\/try$/, scripts: 190, html: 25 },
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
  const found = budgets.find((budget) => budget.route.test(route));
  return found && { scripts: found.scripts, html: found.html };
}

/** The parts of a page that weigh more than its budget, in kilobytes. */
export function overBudget(weight, budget) {
  return Object.keys(budget).filter((part) => weight[part] > budget[part]);
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
      const scripts = scriptsOf(html).reduce((sum, source) => sum + sizeOf(source), 0) / 1000;
      return {
        route,
        weight: { scripts, html: compressed(Buffer.from(html)) / 1000 },
        budget: budgetOf(route),
      };
    })
    .filter(({ budget }) => budget !== undefined)
    .map((row) => ({ ...row, over: overBudget(row.weight, row.budget) }))
    .sort((a, b) => a.route.localeCompare(b.route));
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else {
    for (const { route, weight, budget, over } of rows) {
      const [scripts, html] = ["scripts", "html"].map(
        (part) => `${weight[part].toFixed(1).padStart(5)} of ${budget[part]} kB`,
      );
      const verdict = over.length === 0 ? "good" : "TOO MUCH";
      process.stdout.write(`${route.padEnd(46)} scripts ${scripts}, HTML ${html}  ${verdict}\n`);
    }
  }
  if (rows.length === 0 || rows.some(({ over }) => over.length > 0)) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
