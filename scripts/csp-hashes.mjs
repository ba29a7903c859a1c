/**
 * Static pages cannot carry a nonce: their inline scripts are known when the build ends, so they are allowed by
 * hash. Writes `.next/csp-hashes.json`: { "/route": ["sha256-…"] }, read by proxy.ts.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { endWith, Refusal } from "../bin/start/progress.mjs";

/** CSP source expressions, without quotes, of the inline scripts of a page. */
export function inlineScriptHashes(html) {
  const hashes = new Set();
  for (const [, attributes, body] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (/\bsrc\s*=/.test(attributes)) continue;
    hashes.add(`sha256-${createHash("sha256").update(body).digest("base64")}`);
  }
  return [...hashes].sort();
}

/** `index.html` is `/`, `checks/x.html` is `/checks/x`. */
export function routeOf(file) {
  const route = `/${file
    .split(sep)
    .join("/")
    .replace(/\.html$/, "")}`;
  return route === "/index" ? "/" : route;
}

function main() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const pages = join(root, ".next", "server", "app");
  if (!existsSync(pages))
    endWith(new Refusal("There is no production build: npm run build makes it, hashes included."));
  const hashes = {};
  for (const file of readdirSync(pages, { recursive: true })) {
    if (file.endsWith(".html")) {
      hashes[routeOf(file)] = inlineScriptHashes(readFileSync(join(pages, file), "utf8"));
    }
  }
  writeFileSync(join(root, ".next", "csp-hashes.json"), `${JSON.stringify(hashes, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
