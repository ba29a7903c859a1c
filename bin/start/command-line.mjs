import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buildCommandLine, newestSource } from "./build.mjs";
import { checkNode, ensureInstalled } from "./install.mjs";
import { homeDirectory, root } from "./paths.mjs";
import { isAlive } from "./processes.mjs";
import { endWith } from "./progress.mjs";

/**
 * Installs what a command needs and bundles it when its bundle is missing or older than the sources. Ends the process
 * when that cannot be done: with 2, because 1 says that a check has failed.
 */
export async function prepareProgram(name) {
  try {
    checkNode();
    await ensureInstalled();
    await ensureProgram(name);
  } catch (error) {
    endWith(error, 2);
  }
}

async function ensureProgram(name) {
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
