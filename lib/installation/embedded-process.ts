import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A child sees no secret of ours and no setting of the operator's own PostgreSQL. */
export const childEnvironment = {
  // biome-ignore lint/style/noProcessEnv: the search path of a child process is no setting of ours.
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
} as unknown as NodeJS.ProcessEnv;

/**
 * When a process started, as an opaque text, or null when there is none. Together with the id it names a process
 * for good: ids are used again, in containers within seconds.
 */
export function processBirth(pid: number): string | null {
  try {
    if (existsSync("/proc/self/stat")) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The second field is the name in parentheses and may hold spaces; the 22nd is the start time in ticks.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : (fields[19] ?? null);
    }
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return text === "" ? null : text;
  } catch {
    return null;
  }
}

function commandLine(pid: number): string {
  try {
    if (existsSync("/proc/self/cmdline")) {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    }
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** The PostgreSQL that runs on this data directory, found by its pid file and proven by its command line. */
export function runningPostmaster(dataDirectory: string): number | null {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(`${dataDirectory}/postmaster.pid`, "utf8"), 10);
  } catch {
    return null;
  }
  if (!Number.isInteger(pid) || pid <= 1) {
    return null;
  }
  return commandLine(pid).includes(` ${dataDirectory} `) ? pid : null;
}

async function gone(pid: number, birth: string, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (processBirth(pid) === birth) {
    if (Date.now() > end) {
      return false;
    }
    await sleep(25);
  }
  return true;
}

/** Fast shutdown; after 15 s immediate shutdown; after 5 s more SIGKILL. Resolves when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, withinMs] of [
    ["SIGINT", 15_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    const birth = processBirth(pid);
    if (birth === null) {
      return;
    }
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await gone(pid, birth, withinMs)) {
      return;
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}
