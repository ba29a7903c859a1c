import { claimWork, extendLease, FencedOut, type Held, workExists } from "@/lib/db/system/work-items";
import { isUnavailable } from "@/lib/db/unavailable";
import { AppError } from "@/lib/errors";
import { tableWithoutMonth } from "@/lib/history/month";
import { LineBudget } from "@/lib/line-budget";
import { type Logger, logger } from "@/lib/logger";
import { type HintPayload, parseHint, RefusedHint } from "@/lib/work-items/hint";
import type { Work } from "@/lib/work-items/work-kind";
import { kindOf } from "./kinds";
import { contextOf, failWork, requeue } from "./settle";

/** How long work waits for a month that is missing, in seconds. */
const missingMonthSeconds = 60;

/** Whoever can write to the queue decides how often we refuse, and must not decide how large the log grows. */
const budget = new LineBudget(60, 60_000, (security, left) =>
  logger.warn({ security, left }, "more hints refused"),
);

export interface WorkRunner {
  readonly id: string;
  readonly leaseSeconds: number;
  /** Aborted, with WorkerStopping, when the worker must end now. */
  readonly stopping: AbortSignal;
  /** The kinds of work this worker knows, by name. */
  readonly kinds?: ReadonlyMap<string, Work>;
}

/** The worker has been asked to end; what it was doing goes back to the queue. */
export class WorkerStopping extends Error {
  constructor() {
    super("The worker is stopping.");
    this.name = "WorkerStopping";
  }
}

/**
 * Everything around a work item, once for all kinds: read the hint, take the lease, keep it alive, run, and deal with
 * how it ended. Resolves in every case: retries are the table's business, not the queue's.
 */
export async function runWork(worker: WorkRunner, data: unknown): Promise<void> {
  const hint = readHint(data);
  if (!hint) return;
  const held = await claimWork(hint.workId, worker.id, worker.leaseSeconds);
  if (!held) {
    const log = logger.child({ workId: hint.workId });
    if (await workExists(hint.workId)) log.debug("hint dropped: the item is taken, parked or over");
    else if (budget.mayWrite("work.unknown"))
      log.warn({ security: "work.unknown" }, "hint refused: no such work item");
    return;
  }
  const { workId, kind, tenantId, subjectId, fence } = held;
  const log = logger.child({ workId, kind, tenantId, subjectId, fence });
  const work = kindOf(held.kind, worker.kinds);
  if (!work) {
    // Admission leaves unknown kinds alone; a hint for one comes from a newer version beside us.
    await requeue(held, undefined, "returned", 30).catch(() => {});
    log.info("put back: this version does not know the kind of work");
    return;
  }
  await runHeld(worker, work, held, log);
}

function readHint(data: unknown): HintPayload | null {
  try {
    return parseHint(data);
  } catch (error) {
    if (!(error instanceof RefusedHint)) throw error;
    if (budget.mayWrite("work.refused"))
      logger.warn({ security: "work.refused", reason: error.message }, "hint refused");
    return null;
  }
}

async function runHeld(worker: WorkRunner, work: Work, held: Held, log: Logger): Promise<void> {
  const keeper = keepLease(held, worker.leaseSeconds);
  const signal = AbortSignal.any([worker.stopping, keeper.lost]);
  const startedAt = performance.now();
  try {
    log.info("work started");
    const summary = await runOnce(work, held, signal);
    log.info({ ...summary, durationMs: Math.round(performance.now() - startedAt) }, "work done");
  } catch (error) {
    await dealWith(error, work, held, signal, log);
  } finally {
    keeper.stop();
  }
}

async function runOnce(work: Work, held: Held, signal: AbortSignal): Promise<object> {
  if (work.scope === "installation") return work.run({ held, subjectId: held.subjectId, signal });
  if (held.subjectId === null) throw new AppError("not_found", "The work item names no subject.");
  return work.run({ ctx: await contextOf(held), held, subjectId: held.subjectId, signal });
}

async function dealWith(
  error: unknown,
  work: Work,
  held: Held,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const cause: unknown = signal.aborted ? signal.reason : error;
  try {
    if (cause instanceof FencedOut) {
      log.warn("fenced out: nothing was written");
    } else if (cause instanceof WorkerStopping) {
      await requeue(held, work, "returned", 0);
      log.info("put back: the worker is stopping");
    } else if (tableWithoutMonth(error) !== null) {
      await requeue(held, work, "returned", missingMonthSeconds);
      log.error(
        { table: tableWithoutMonth(error) },
        "waits: history has no room for this month. The keeper makes months ahead: check DATABASE_KEEPER_URL of the worker",
      );
    } else if (isUnavailable(error)) {
      await requeue(held, work, "returned");
      log.warn({ error }, "put back: the database or the queue was not available");
    } else if (error instanceof AppError) {
      await failWork(held, work, { errorCode: error.code, errorText: error.message });
      log.warn({ error }, "work failed");
    } else if (held.failures + 1 >= work.definition.maxFailures) {
      await failWork(held, work, {
        errorCode: "unexpected",
        errorText: `It failed ${held.failures + 1} times for a reason inside Posturio, not in your account. The last verdict stands.`,
      });
      log.error({ error }, "work failed for the last time");
    } else {
      await requeue(held, work, "failed");
      log.warn({ error }, "work failed and will be repeated");
    }
  } catch (second) {
    // The lease runs out, and the reconciler takes it from there.
    if (second instanceof FencedOut) log.warn("fenced out: nothing was written");
    else log.warn({ error: second }, "the item could not be put back; its lease will expire");
  }
}

/** Extends the lease four times within its length; reports when it is lost, or when that cannot be known. */
function keepLease(held: Held, leaseSeconds: number): { lost: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let heldUntil = performance.now() + leaseSeconds * 1000;
  const timer = setInterval(
    async () => {
      const askedAt = performance.now();
      try {
        if (await extendLease(held, leaseSeconds)) heldUntil = askedAt + leaseSeconds * 1000;
        else controller.abort(new FencedOut(held));
      } catch {
        if (performance.now() > heldUntil) controller.abort(new FencedOut(held));
      }
    },
    (leaseSeconds * 1000) / 4,
  );
  return { lost: controller.signal, stop: () => clearInterval(timer) };
}
