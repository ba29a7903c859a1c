import { claimDispatch, dispatchExists, extendLease, FencedOut, type Lease } from "@/lib/db/system/dispatch";
import { AppError } from "@/lib/errors";
import { type JobReference, parseJob, RefusedJob } from "@/lib/jobs/payload";
import { type Logger, logger } from "@/lib/logger";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import type { JobHandler } from "./handlers/handler";
import { handlers } from "./handlers/table";
import { giveBack, giveUp } from "./obligations";
import { maxAttempts } from "./retry";

export interface JobWorker {
  readonly id: string;
  readonly leaseSeconds: number;
  /** Aborted, with WorkerStopping, when the worker must end now. */
  readonly stopping: AbortSignal;
}

/** The worker is told to end; what it was doing goes back to the queue. */
export class WorkerStopping extends Error {
  constructor() {
    super("The worker is stopping.");
    this.name = "WorkerStopping";
  }
}

/**
 * Everything around a job, once for all kinds: read the hint, take the lease, keep it alive, run, and deal with
 * how it ended. Resolves in every case: retries are the dispatch table's business, not the queue's.
 */
export async function runJob(
  worker: JobWorker,
  name: string,
  jobId: string | undefined,
  data: unknown,
): Promise<void> {
  const job = readHint(name, jobId, data);
  if (!job) return;
  const log = logger.child({
    tenantId: job.tenantId,
    [job.kind === "scan" ? "scanId" : "connectionTestId"]: job.subjectId,
    attempt: job.attempt,
  });
  const lease = await claimDispatch(job, worker.id, worker.leaseSeconds);
  if (!lease) {
    if (await dispatchExists(job)) log.debug("hint dropped: the attempt is taken or over");
    else log.warn({ security: "job.unknown_subject" }, "job refused: no such obligation");
    return;
  }
  const ctx = await tenantFromJob({ tenantId: job.tenantId });
  await runLeased(worker, ctx, lease, log);
}

function readHint(name: string, jobId: string | undefined, data: unknown): JobReference | null {
  try {
    return parseJob(name, jobId, data);
  } catch (error) {
    if (!(error instanceof RefusedJob)) throw error;
    logger.warn(
      { security: "job.refused", jobName: name.slice(0, 80), reason: error.message },
      "job refused",
    );
    return null;
  }
}

async function runLeased(worker: JobWorker, ctx: TenantContext, lease: Lease, log: Logger): Promise<void> {
  const handler = handlers[lease.kind];
  const keeper = keepLease(lease, worker.leaseSeconds);
  const signal = AbortSignal.any([worker.stopping, keeper.lost]);
  const startedAt = performance.now();
  try {
    log.info("job started");
    const summary = await handler.run({ ctx, lease, signal });
    log.info({ ...summary, durationMs: Math.round(performance.now() - startedAt) }, "job done");
  } catch (error) {
    await dealWith(error, { ctx, lease, log, handler, signal });
  } finally {
    keeper.stop();
  }
}

interface Ended {
  readonly ctx: TenantContext;
  readonly lease: Lease;
  readonly log: Logger;
  readonly handler: JobHandler;
  readonly signal: AbortSignal;
}

async function dealWith(error: unknown, { ctx, lease, log, handler, signal }: Ended): Promise<void> {
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof FencedOut) {
    log.warn("fenced out: nothing was written");
    return;
  }
  try {
    if (cause instanceof WorkerStopping) {
      await giveBack(ctx, lease, handler, 0);
      log.info("job given back: the worker is stopping");
    } else if (error instanceof AppError) {
      await giveUp(ctx, lease, handler, { errorCode: error.code, errorText: error.message });
      log.warn({ error }, "job failed");
    } else if (lease.attempt >= maxAttempts) {
      await giveUp(ctx, lease, handler, {
        errorCode: "unexpected",
        errorText: `It failed ${maxAttempts} times for a reason inside Posturio, not in your account. The last verdict stands.`,
      });
      log.error({ error }, "job failed for the last time");
    } else {
      await giveBack(ctx, lease, handler);
      log.warn({ error }, "job failed and will be repeated");
    }
  } catch (second) {
    // The lease runs out by itself, and the reconciler takes it from there.
    log.warn({ error: second }, "the obligation could not be given back; its lease will expire");
  }
}

/** Extends the lease four times within its length; tells when it is lost, or when that cannot be known. */
function keepLease(lease: Lease, leaseSeconds: number): { lost: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let heldUntil = performance.now() + leaseSeconds * 1000;
  const timer = setInterval(
    async () => {
      const askedAt = performance.now();
      try {
        if (await extendLease(lease, leaseSeconds)) heldUntil = askedAt + leaseSeconds * 1000;
        else controller.abort(new FencedOut(lease));
      } catch {
        if (performance.now() > heldUntil) controller.abort(new FencedOut(lease));
      }
    },
    (leaseSeconds * 1000) / 4,
  );
  return { lost: controller.signal, stop: () => clearInterval(timer) };
}
