import { copyFileSync, renameSync, rmSync, statSync, truncateSync } from "node:fs";

const mostBytes = 10_000_000;
/** Older files beside the one that is written: `web.log.1` is the newest of them. */
const olderFiles = 3;

/**
 * Moves what a log holds aside once it is too large, so that all of it together stays below 40 MB. The file itself
 * stays, because the process that writes it has it open; a line that arrives in the moment between is lost.
 */
export function rotateLog(path, most = mostBytes) {
  try {
    if (statSync(path).size <= most) return;
    for (let age = olderFiles - 1; age >= 1; age--) move(`${path}.${age}`, `${path}.${age + 1}`);
    try {
      copyFileSync(path, `${path}.1`);
    } catch {
      // No room on the disk for a copy: then the room is worth more than the old lines.
      rmSync(`${path}.1`, { force: true });
    }
    truncateSync(path);
  } catch {
    // There is no log yet, or it cannot be touched: the next turn looks again.
  }
}

function move(from, to) {
  try {
    renameSync(from, to);
  } catch {
    // No file of that age yet.
  }
}
