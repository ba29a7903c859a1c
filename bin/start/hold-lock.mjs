import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./paths.mjs";
import { birthOf, isAlive } from "./processes.mjs";
import { say } from "./progress.mjs";

/**
 * Two starts of one checkout (another POSTURIO_HOME, the tests) must not write into one another. Waits until nobody
 * who lives holds `dist/<name>.lock`, takes it, and returns the function that gives it back; `waiting` is said once.
 */
export async function holdLock(name, waiting) {
  const lock = join(root, "dist", `${name}.lock`);
  mkdirSync(join(root, "dist"), { recursive: true });
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(lock, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }), { flag: "wx" });
      return () => rmSync(lock, { force: true });
    } catch {
      let holder = null;
      try {
        holder = JSON.parse(readFileSync(lock, "utf8"));
      } catch {
        // Being written this moment, or cut short by a crash.
      }
      if ((holder && !isAlive(holder)) || (!holder && waited > 20)) rmSync(lock, { force: true });
      else if (waited === 0) say(waiting);
      await sleep(250);
    }
  }
}
