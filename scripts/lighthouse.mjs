/**
 * Lighthouse, headless and as a phone, on the public pages of a running product. Accessibility, best practices and
 * SEO below 95 fail; performance is reported. Reports go to test-results/lighthouse.
 *
 *     node scripts/lighthouse.mjs http://localhost:3000
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import "./ready.mjs";

const { chromium } = await import("@playwright/test");
const { chromiumArguments, installedChromium } = await import("./chromium.mjs");

/**
 * Lighthouse fetches robots.txt from within the page, and the page for trying a check may fetch nothing: there that
 * one audit cannot pass, so it is left out.
 */
const pages = [
  { path: "/" },
  { path: "/checks" },
  { path: "/checks/cloudtrail-not-multi-region" },
  { path: "/checks/cloudtrail-not-multi-region/try", skipAudits: ["robots-txt"] },
];
const gates = { accessibility: 95, "best-practices": 95, seo: 95 };
const categories = [...Object.keys(gates), "performance"];
const port = 9310 + (process.pid % 500);

/** The last version for Node 20. Almost 200 packages that Posturio does not need to start: installed for this alone. */
const version = "12.8.2";

async function installedLighthouse() {
  const home = fileURLToPath(new URL("../.posturio/lighthouse/", import.meta.url));
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const quiet = ["--save-exact", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  execFileSync("npm", ["install", ...quiet, `lighthouse@${version}`], { cwd: home, stdio: "inherit" });
  const entry = createRequire(join(home, "package.json")).resolve("lighthouse");
  return (await import(pathToFileURL(entry).href)).default;
}

/** A category without a score is one that Lighthouse could not judge, not one that is bad. */
function isUnmeasured(run) {
  return run === undefined || categories.some((id) => run.lhr.categories[id]?.score == null);
}

function errorsOf(run) {
  const failed = Object.values(run?.lhr.audits ?? {}).filter((audit) => audit.scoreDisplayMode === "error");
  return failed.map((audit) => `${audit.id}: ${audit.errorMessage}`).join("; ") || "no result";
}

async function main() {
  const origin = process.argv[2];
  if (!/^https?:\/\//.test(origin ?? "")) {
    process.stderr.write("node scripts/lighthouse.mjs http://localhost:PORT\n");
    process.exit(64);
  }
  const lighthouse = await installedLighthouse();
  const folder = join(fileURLToPath(new URL("..", import.meta.url)), "test-results", "lighthouse");
  mkdirSync(folder, { recursive: true });
  const executablePath = installedChromium();
  const browser = await chromium.launch({
    timeout: 90_000,
    args: [...chromiumArguments, `--remote-debugging-port=${port}`],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  let isGood = true;
  try {
    for (const { path: page, skipAudits } of pages) {
      const judge = () =>
        lighthouse(new URL(page, origin).href, {
          port,
          output: "html",
          logLevel: "error",
          onlyCategories: categories,
          ...(skipAudits === undefined ? {} : { skipAudits }),
        });
      let run = await judge();
      if (isUnmeasured(run)) {
        // Chromium lost the trace or an answer, which says nothing of the page: measured once more, then it fails.
        process.stdout.write(`${page} could not be measured (${errorsOf(run)}); once more\n`);
        run = await judge();
      }
      if (run === undefined) throw new Error(`Lighthouse gave no result for ${page}`);
      const scores = categories.map((id) => [id, Math.round((run.lhr.categories[id]?.score ?? 0) * 100)]);
      const tooLow = scores.filter(([id, score]) => score < (gates[id] ?? 0));
      isGood &&= tooLow.length === 0;
      process.stdout.write(
        `${page.padEnd(44)} ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}\n`,
      );
      for (const audit of Object.values(run.lhr.audits)) {
        const counts = audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative";
        if (counts && tooLow.length > 0) process.stdout.write(`    ${audit.id}: ${audit.title}\n`);
      }
      const name = page === "/" ? "landing" : page.slice(1).replaceAll("/", "-");
      writeFileSync(join(folder, `${name}.html`), String(run.report));
    }
  } finally {
    await browser.close();
  }
  process.exitCode = isGood ? 0 : 1;
}

await main();
