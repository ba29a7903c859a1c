import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";

/** Linux counts CPU time in these. */
const tickMs = 10;

export interface Usage {
  /** User and system time since the process began, with that of its children that have ended, in milliseconds. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** What a process has used; undefined where there is no /proc. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const { cpuMs } = statOf(pid);
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const rss = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? "0";
    return { cpuMs, rssMb: Number(rss) / 1024 };
  } catch {
    return undefined;
  }
}

/** CPU time of a process and all that it started, in milliseconds. */
export function familyCpuMs(pid: number): number | undefined {
  if (!usageOf(pid)) return undefined;
  return familyOf(pid).reduce((sum, member) => sum + (usageOf(member)?.cpuMs ?? 0), 0);
}

/** A process and those that it started. */
export function familyOf(pid: number): readonly number[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);
  return [pid, ...children];
}

/** Busy time of all processors since the machine began, in milliseconds: shows whether others were at work. */
export function machineBusyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

function parentOf(pid: number): number | undefined {
  try {
    return statOf(pid).parent;
  } catch {
    return undefined;
  }
}

function statOf(pid: number): { parent: number; cpuMs: number } {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name before it may hold anything, brackets too.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return { parent: field(4), cpuMs: (field(14) + field(15) + field(16) + field(17)) * tickMs };
}
