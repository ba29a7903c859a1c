import { readFileSync } from "node:fs";

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const name = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
    return { name, parent: Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]) };
  } catch {
    return null;
  }
}

/**
 * Under npm, the npm process is what a person or a service manager stops. When it is killed outright it can pass
 * no signal on, so its going is watched: npm starts us directly or through a shell.
 */
export function whenParentDies(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const above = stat(parent);
  const shell = above !== null && /^(sh|bash|dash)$/.test(above.name);
  const timer = setInterval(() => {
    if (process.ppid !== parent || (shell && stat(parent)?.parent !== above.parent)) stop();
  }, 1_000);
  timer.unref();
}
