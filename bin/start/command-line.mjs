import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildCommandLine, newestSource } from "./build.mjs";
import { homeDirectory, root } from "./paths.mjs";
import { isAlive } from "./processes.mjs";

/** Bundles a command when its bundle is missing or older than the sources. */
export async function ensureProgram(name) {
  const bundle = join(root, "dist", `${name}.mjs`);
  if (existsSync(bundle) && statSync(bundle).mtimeMs >= newestSource()) return;
  await buildCommandLine(name);
}

/** In a clone whose `npm start` is running, `posturio admin` speaks to that installation without being told. */
export function adoptRunningInstallation() {
  if (process.env.DATABASE_URL) return;
  for (const real of [true, false]) {
    try {
      const home = homeDirectory({ real });
      const state = JSON.parse(readFileSync(join(home, "run.json"), "utf8"));
      if (!isAlive(state.supervisor) || !state.environment) continue;
      for (const [name, value] of Object.entries(state.environment)) process.env[name] ??= value;
      return;
    } catch {
      // Not running, or never started.
    }
  }
}
