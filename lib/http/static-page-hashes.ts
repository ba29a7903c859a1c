import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const fileSchema = z.record(z.string(), z.array(z.string().regex(/^sha(256|384|512)-[A-Za-z0-9+/=]+$/)));

/**
 * Static pages (path → hashes of their inline scripts), as the build wrote them to `.next/csp-hashes.json`. Empty
 * when there is no such file (development): every page is then treated as dynamic.
 */
export function readStaticPageHashes(directory = process.cwd()): ReadonlyMap<string, readonly string[]> {
  try {
    const text = readFileSync(join(directory, ".next", "csp-hashes.json"), "utf8");
    return new Map(Object.entries(fileSchema.parse(JSON.parse(text))));
  } catch {
    return new Map();
  }
}
