import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { assertCatalog } from "@/lib/db/catalog";
import { assertClock } from "@/lib/db/system/clock";
import { beatWorker, forgetWorker } from "@/lib/db/system/workers";
import { env } from "@/lib/env";
import { LineBudget } from "@/lib/line-budget";
import { logger } from "@/lib/logger";
import { openConsumer, openQueue } from "@/lib/work-items/backend";
import { checkQueue } from "@/lib/work-items/check-queue";
import { dispatchDue } from "./dispatcher";
import { beatUnlessStuck } from "./heartbeat";
import { admissible, kinds } from "./kinds";
import { loop } from "./loop";
import { reconcileWork } from "./reconciler";
import { runWork, WorkerStopping } from "./run-work";
import { startDueSchedules } from "./scheduler";

const dispatchEveryMs = 500;
/** How often hints that nobody holds are forgotten. */
const sweepEveryMs = 10 * 60_000;
const beatEveryMs = 5_000;
const scheduleEveryMs = 1_000;

/** The longest turn, of the reconciler, is given up after 55 s. In milliseconds. */
const stuckAfterMs = 120_000;

/** Running work may end by itself for this long before it is given back, in milliseconds. */
const graceMs = 5_000;

/** Work items of one organization at the same time, over all workers. */
const perTenant = 5;

/** A queue that is away is tried again every second or two, by each of its connections. */
const budget = new LineBudget(5, 60_000, (what, left) =>
  logger.warn({ what, left }, "more lines like these were left out"),
);

export interface RunningWorker {
  readonly id: string;
  /** Takes nothing new, lets running work end, gives the rest back. Resolves within seconds. */
  stop(): Promise<void>;
}

/**
 * Starts a worker: refuses when the database does not keep organizations apart or the queue cannot be trusted.
 * Every worker dispatches, reconciles and schedules; the database sees to it that one at a time does.
 */
export async function startWorker(): Promise<RunningWorker> {
  await assertCatalog();
  await assertClock(env.POSTURIO_DEMO || env.NODE_ENV === "test");
  await checkQueue();
  const id = `${hostname()}-${process.pid}-${randomBytes(4).toString("hex")}`;
  const stopping = new AbortController();
  const onError = (error: Error) => {
    if (budget.mayWrite("queue")) logger.warn({ error }, "the queue connection has trouble");
  };
  await beatWorker(id);

  const concurrency = env.POSTURIO_WORKER_CONCURRENCY;
  const runner = { id, leaseSeconds: env.POSTURIO_LEASE_SECONDS, stopping: stopping.signal };
  const queue = openQueue(onError);
  const consumer = openConsumer({
    concurrency,
    onHint: (data) => runWork(runner, data),
    onError,
  });
  await consumer.waitUntilReady();
  const loops = [
    loop("dispatcher", dispatchEveryMs, async () => {
      await dispatchDue(queue, { perWorker: concurrency * 2, perTenant, kinds: admissible() });
    }),
    loop("scheduler", scheduleEveryMs, startDueSchedules),
    loop("reconciler", env.POSTURIO_RECONCILE_SECONDS * 1000, () => reconcileWork(queue, kinds)),
  ];
  const beating = loop("heartbeat", beatEveryMs, async () => {
    if (await beatUnlessStuck(id, loops, stuckAfterMs)) return;
    if (budget.mayWrite("loop"))
      logger.error({ workerId: id }, "a loop of the worker hangs: it is not counted as alive");
  });
  const sweeping = loop("sweep", sweepEveryMs, () => queue.dropAbandoned());
  logger.info({ workerId: id, queue: queue.backend, concurrency }, "worker ready");

  return {
    id,
    stop: async () => {
      logger.info({ workerId: id }, "worker stopping");
      const drained = consumer.close();
      await Promise.all([...loops, beating, sweeping].map((running) => running.stop()));
      await Promise.race([drained, sleep(graceMs)]);
      stopping.abort(new WorkerStopping());
      await drained;
      await queue.close();
      await forgetWorker(id);
      logger.info({ workerId: id }, "worker stopped");
    },
  };
}
