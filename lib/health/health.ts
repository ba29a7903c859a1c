import { pingDatabase } from "@/lib/db/system/ping";
import { historyHasRoom } from "@/lib/db/system/retention";
import { hintsWaitTooLong } from "@/lib/db/system/work-queue";
import { workerSeenWithin } from "@/lib/db/system/workers";
import { unavailableReason } from "@/lib/db/unavailable";
import { LineBudget } from "@/lib/line-budget";
import { logger } from "@/lib/logger";
import { checkQueue } from "@/lib/work-items/check-queue";

export interface Health {
  readonly status: "ok" | "failing";
  /** `ok`, or one plain sentence. No addresses, no stack. */
  readonly parts: Readonly<Record<"database" | "queue" | "worker" | "history", string>>;
  readonly failing: readonly string[];
}

async function within(patienceMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1_000} s`)), patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const sentences = {
  database: "The database does not answer.",
  queue: "The queue cannot be used, or delivers nothing: work has waited in it for more than 60 s.",
  worker: "No worker has been seen within 60 s.",
  history:
    "History has no partition for this month or the next. Set DATABASE_KEEPER_URL for the worker, and look at its log.",
} as const;

/** A probe comes every few seconds, for as long as it takes. */
const budget = new LineBudget(1, 60_000, (part, left) =>
  logger.warn({ part, left }, "health checks failed like this"),
);

type Part = keyof typeof sentences;

async function state(part: Part, patienceMs: number, work: () => Promise<void>): Promise<string> {
  try {
    await within(patienceMs, work());
    return "ok";
  } catch (error) {
    if (budget.mayWrite(part)) {
      const message = error instanceof Error ? error.message : "unknown error";
      logger.warn({ part, reason: unavailableReason(error) ?? message }, "health check failed");
    }
    return sentences[part];
  }
}

const keptMs = 1_000;
let last: { readonly at: number; readonly health: Promise<Health> } | undefined;

/**
 * Can this installation do its work: database, a queue that takes and delivers, a worker heartbeat younger than 60 s,
 * and room for history. At most 3 s. Anybody may ask, so who asks more than once a second gets the same answer.
 */
export function readHealth(now = Date.now(), patienceMs = 3_000): Promise<Health> {
  if (last === undefined || now - last.at >= keptMs) last = { at: now, health: look(patienceMs) };
  return last.health;
}

async function look(patienceMs: number): Promise<Health> {
  const [database, queue, worker, history] = await Promise.all([
    state("database", patienceMs, pingDatabase),
    state("queue", patienceMs, async () => {
      await checkQueue();
      if (await hintsWaitTooLong(60)) throw new Error("hints wait and nobody takes them");
    }),
    state("worker", patienceMs, async () => {
      if (!(await workerSeenWithin(60))) throw new Error("no heartbeat");
    }),
    state("history", patienceMs, async () => {
      if (!(await historyHasRoom())) throw new Error("a month is missing");
    }),
  ]);
  const parts = { database, queue, worker, history };
  const failing = Object.entries(parts)
    .filter(([, text]) => text !== "ok")
    .map(([name]) => name);
  return { status: failing.length === 0 ? "ok" : "failing", parts, failing };
}
