import { AppError } from "@/lib/errors";
import { inOneTransaction } from "@/lib/tenancy/one-transaction";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type KeyedRequest, replayedHeader } from "./idempotency-key";
import { findAnswer, type KeptAnswer, keepAnswer, takeKey } from "./kept-answers";
import { problemMediaType, toProblem } from "./problem";

/** Refusals that come from how things stood. Whoever may not, comes too often, or finds us failing tries again. */
const keptRefusals: ReadonlySet<number> = new Set([409, 422]);

/**
 * Performs a request with an Idempotency-Key, of a caller who is admitted, at most once in 24 hours. The same request
 * again gets the first answer; another one with the key is refused with idempotency_key_reused, and one that comes
 * while the first is running with idempotency_in_progress. Keys belong to one principal of one organization.
 *
 * The effect and its answer are one transaction. When the process dies, the connection breaks or anything unexpected is
 * thrown before the commit, neither is there and the same request runs as if it were the first; after the commit both
 * are, also for a client that never saw the answer. Nothing stays claimed: PostgreSQL ends the transaction, and with it
 * the claim, as soon as it misses the process, or by databaseLimits within 35 seconds (a statement, then idleness) when
 * nobody tells it that the process is gone.
 *
 * Successes are kept, and the refusals above. After any other refusal the key is free, and what the use case had
 * committed before it refused (a line of the audit log) stays, as without a key.
 */
export async function answerOnce(
  ctx: TenantContext,
  request: KeyedRequest,
  success: number,
  perform: () => Promise<unknown>,
): Promise<unknown> {
  const outcome = await inOneTransaction(ctx, async (db) => {
    if (!(await takeKey(db, ctx, request))) throw inProgress();
    const kept = await findAnswer(db, ctx, request);
    if (kept !== null) {
      if (kept.requestHash !== request.requestHash) throw reused();
      return { kind: "replayed", answer: kept } as const;
    }
    const first = await perform().then(succeeded, refused);
    if (first.kind === "value") {
      const body = first.value === undefined ? null : JSON.stringify(first.value);
      await keepAnswer(db, ctx, request, { status: body === null ? 204 : success, body });
    } else if (isKept(first.error)) {
      const body = JSON.stringify(toProblem(first.error, ctx.requestId));
      await keepAnswer(db, ctx, request, { status: first.error.status, body });
    }
    return first;
  });
  if (outcome.kind === "refused") throw outcome.error;
  return outcome.kind === "value" ? outcome.value : replayed(outcome.answer);
}

/** Whether the refusal is kept under the key. What is said of the key itself is of this try alone. */
export function isKept({ status, code }: AppError): boolean {
  return keptRefusals.has(status) && code !== "idempotency_key_reused" && code !== "idempotency_in_progress";
}

const succeeded = (value: unknown) => ({ kind: "value", value }) as const;

/** A refusal is an answer; a failure takes everything back. */
function refused(error: unknown) {
  if (error instanceof AppError && error.status < 500) return { kind: "refused", error } as const;
  throw error;
}

/** The first answer again. */
export function replayed({ status, body }: KeptAnswer): Response {
  const type = status >= 400 ? problemMediaType : "application/json";
  const headers = { [replayedHeader]: "true", ...(body === null ? {} : { "content-type": type }) };
  return new Response(body, { status, headers });
}

/** The key was sent with another request. */
export function reused(): AppError {
  return new AppError(
    "idempotency_key_reused",
    "This Idempotency-Key was sent with another request in the last 24 hours, and this one was not performed. Send it with a new key.",
  );
}

/** Another request with the key is being performed. */
export function inProgress(): AppError {
  return new AppError(
    "idempotency_in_progress",
    "The first request with this Idempotency-Key is still running. Send it again in a moment: then you get its answer.",
    { retryAfter: 1 },
  );
}
