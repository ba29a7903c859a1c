/**
 * Type-checks every CDK and Pulumi snippet, also with hostile names, against the real packages (about 400 MB, installed under
 * `.posturio/snippet-types`, in a package of their own). Part of `npm run test:long`.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allSigns, written } from "@/e2e/paste/written";
import { plainText } from "@/lib/checks/snippets/marked";
import { hostileTexts } from "@/lib/checks/testing/hostile";
import { allSnippets } from "./collect";

const here = fileURLToPath(new URL(".", import.meta.url));
const home = fileURLToPath(new URL("../../.posturio/snippet-types", import.meta.url));

mkdirSync(home, { recursive: true });
copyFileSync(join(here, "package.json"), join(home, "package.json"));
copyFileSync(join(here, "tsconfig.snippets.json"), join(home, "tsconfig.json"));
// Pulumi names TypeScript below 7 as an optional peer, for its own ts-node; it is not used here.
const quiet = ["--legacy-peer-deps", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
execFileSync("npm", ["install", ...quiet], { cwd: home, stdio: "inherit" });

const folder = join(home, "snippets");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const by = Object.fromEntries(allSigns.map((sign, index) => [sign, hostileTexts[index] ?? ""]));
const hostile = written(by).map(({ name, tab }) => ({
  name: `hostile-${name}`,
  tab,
  text: plainText(tab.parts),
}));
const snippets = [...allSnippets(), ...hostile].filter(({ tab }) => tab.language === "typescript");
for (const { name, text } of snippets) writeFileSync(join(folder, `${name}.ts`), `${text}\n`);
if (snippets.length < 20) throw new Error(`Only ${snippets.length} snippets: something is missing.`);

execFileSync(join(home, "node_modules", ".bin", "tsc"), ["-p", "."], { cwd: home, stdio: "inherit" });
process.stdout.write(`${snippets.length} CDK and Pulumi snippets type-check.\n`);
