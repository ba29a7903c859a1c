import type { Ground } from "./ground";
import type { Stack } from "./stack";

export interface Report {
  /** What was seen, with figures. */
  readonly seen: string;
  /** What should not have been seen; the laws that hold after every fault are looked at elsewhere. */
  readonly violations: readonly string[];
}

export interface Fault {
  readonly id: string;
  readonly title: string;
  /** It is one of Redis and cannot happen without it. */
  readonly ofRedis?: true;
  run(stack: Stack, ground: Ground): Promise<Report>;
}

/** How often each status was answered, as text: "200 × 38, 503 × 2". */
export function tally(statuses: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status === 0 ? "no answer" : status} × ${count}`).join(", ");
}

/** A request that meets a fault of ours is told to come again: never that the product has a bug. */
export function bugsTold(statuses: readonly number[], of: string): string[] {
  const bugs = statuses.filter((status) => status >= 500 && status !== 503).length;
  return bugs === 0 ? [] : [`${bugs} of ${statuses.length} ${of} were answered with a 500: 503 expected`];
}

/** Those of the scans that did not end as they should have. */
export function notComplete(statuses: ReadonlyMap<number, string>, asked: readonly number[]): string[] {
  return asked.flatMap((number) => {
    const status = statuses.get(number);
    return status === "complete" ? [] : [`scan ${number}, acknowledged, is ${status ?? "lost"}`];
  });
}
