import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "@/bench/faults/stack";

/** What can happen to an installation while claims are being proven. */
const deeds = {
  "a worker was killed": async (stack: Stack) => {
    const victim = stack.workers[0];
    if (victim) await stack.killWorker(victim);
    await stack.startWorker();
  },
  "a worker was paused past its lease": async (stack: Stack) => {
    const sleeper = stack.workers[0];
    if (!sleeper) return;
    process.kill(sleeper.pid, "SIGSTOP");
    await sleep(8_000);
    process.kill(sleeper.pid, "SIGCONT");
  },
  "Redis was emptied": async (stack: Stack) => {
    await stack.redis?.client.flushall();
  },
  "PostgreSQL was restarted": async (stack: Stack) => {
    await stack.postgres.stop("immediate");
    await stack.postgres.start();
  },
} as const satisfies Record<string, (stack: Stack) => Promise<void>>;

/** One of them at a time, at random, until `isOver`. Answers how often each happened. */
export async function plague(
  stack: Stack,
  random: () => number,
  isOver: () => boolean,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  const all = Object.entries(deeds);
  while (!isOver()) {
    const [name, deed] = all[Math.floor(random() * all.length)] ?? all[0] ?? ["", async () => undefined];
    await deed(stack);
    counts[name] = (counts[name] ?? 0) + 1;
    await sleep(1_000 + random() * 3_000);
  }
  return counts;
}
