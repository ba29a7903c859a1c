import { pingDatabase } from "@/lib/db/system/ping";
import { historyHasRoom } from "@/lib/db/system/retention";
import { workerSeenWithin } from "@/lib/db/system/workers";
import { logger } from "@/lib/logger";
import { checkQueue } from "@/lib/work/check-queue";

export interface Health {
  readonly status: "ok" | "failing";
  /** `ok`, or one plain sentence. No addresses, no stack. */
  readonly parts: Readonly<Record<"database" | "queue" | "worker" | "history", string>>;
  readonly failing: readonly string[];
}

const patienceMs = 3_000;

async function within(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer within 3 s")), patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const sentences = {
  database: "The database does not answer.",
  queue: "The queue cannot be used.",
  worker: "No worker has been seen within 60 s.",
  history:
    "History has no partition for this month or the next. Set DATABASE_KEEPER_URL for the worker, and look at its log.",
} as const;

async function state(part: keyof typeof sentences, work: () => Promise<void>): Promise<string> {
  try {
    await within(work());
    return "ok";
  } catch (err) {
    logger.warn({ err, part }, "health check failed");
    return sentences[part];
  }
}

/** Can this installation do its work: database, queue, a worker heartbeat younger than 60 s, and room for history. At most 3 s. */
export async function readHealth(): Promise<Health> {
  const [database, queue, worker, history] = await Promise.all([
    state("database", pingDatabase),
    state("queue", checkQueue),
    state("worker", async () => {
      if (!(await workerSeenWithin(60))) throw new Error("no heartbeat");
    }),
    state("history", async () => {
      if (!(await historyHasRoom())) throw new Error("a month is missing");
    }),
  ]);
  const parts = { database, queue, worker, history };
  const failing = Object.entries(parts)
    .filter(([, text]) => text !== "ok")
    .map(([name]) => name);
  return { status: failing.length === 0 ? "ok" : "failing", parts, failing };
}
