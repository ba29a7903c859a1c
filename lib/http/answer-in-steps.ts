import { AppError } from "@/lib/errors";
import { sha256OfText } from "@/lib/evidence/canonical-json";
import { inOneTransaction } from "@/lib/tenancy/one-transaction";
import type { Step } from "@/lib/tenancy/steps";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { inProgress, isKept, replayed, reused } from "./answer-once";
import type { KeyedRequest } from "./idempotency-key";
import { dropAnswers, findAnswer, type KeptAnswer, keepAnswer, takeKey } from "./kept-answers";
import { toProblem } from "./problem";

/**
 * Performs a request with an Idempotency-Key whose effect is many transactions, each at most once in 24 hours. A step
 * and what it answered are committed together, under a key of their own that is made from the request's. When the
 * process dies in the middle, the same request again gets what the finished steps answered, performs the others, and
 * answers as if nothing had happened; until it comes, what was done stays done and the rest is not done.
 *
 * Two at once do not overtake each other: who meets a step that the other is performing is refused with
 * idempotency_in_progress. Once the answer is kept the steps are forgotten.
 */
export async function answerInSteps(
  ctx: TenantContext,
  request: KeyedRequest,
  success: number,
  perform: (step: Step) => Promise<unknown>,
): Promise<unknown> {
  const answered = await performInSteps(ctx, request, success, perform);
  return answered.kind === "value" ? answered.value : replayed(answered.answer);
}

/** The same, for whoever is not answered over HTTP. */
export async function performInSteps<T>(
  ctx: TenantContext,
  request: KeyedRequest,
  success: number,
  perform: (step: Step) => Promise<T>,
): Promise<
  { readonly kind: "value"; readonly value: T } | { readonly kind: "kept"; readonly answer: KeptAnswer }
> {
  const before = await inOneTransaction(ctx, async (db) => {
    if (!(await takeKey(db, ctx, request))) throw inProgress();
    return findAnswer(db, ctx, request);
  });
  if (before !== null) {
    if (before.requestHash !== request.requestHash) throw reused();
    return { kind: "kept", answer: before };
  }
  const taken: string[] = [];
  const step: Step = (name, work) => {
    const keyHash = sha256OfText(`${request.keyHash} ${name}`);
    taken.push(keyHash);
    return once(ctx, request, keyHash, work);
  };
  const first = await perform(step).then(
    (value) => ({ kind: "value", value }) as const,
    (error: unknown) => ({ kind: "error", error }) as const,
  );
  if (first.kind === "error" && first.error instanceof AnsweredMeanwhile)
    return { kind: "kept", answer: first.error.answer };
  const answer =
    first.kind === "value"
      ? { status: success, body: JSON.stringify(first.value) }
      : first.error instanceof AppError && isKept(first.error)
        ? { status: first.error.status, body: JSON.stringify(toProblem(first.error, ctx.requestId)) }
        : null;
  if (answer !== null) {
    const meanwhile = await inOneTransaction(ctx, async (db) => {
      if (!(await takeKey(db, ctx, request))) throw inProgress();
      const whole = await findAnswer(db, ctx, request);
      if (whole === null) await keepAnswer(db, ctx, request, answer);
      await dropAnswers(db, ctx, taken);
      return whole;
    });
    if (meanwhile !== null) return { kind: "kept", answer: meanwhile };
  }
  if (first.kind === "error") throw first.error;
  return first;
}

/** Another one with the key has come to the end, so that the steps are forgotten. */
class AnsweredMeanwhile extends Error {
  readonly answer: KeptAnswer;

  constructor(answer: KeptAnswer) {
    super("This request was answered while it was performed a second time.");
    this.answer = answer;
  }
}

/** What the step answered before; otherwise it is performed, and its answer kept with what it did. */
async function once<T>(
  ctx: TenantContext,
  request: KeyedRequest,
  keyHash: string,
  work: () => Promise<T>,
): Promise<T> {
  const own = { ...request, keyHash };
  return inOneTransaction(ctx, async (db) => {
    if (!(await takeKey(db, ctx, own))) throw inProgress();
    const kept = await findAnswer(db, ctx, own);
    if (kept !== null) {
      if (kept.requestHash !== request.requestHash) throw reused();
      return JSON.parse(kept.body ?? "null") as T;
    }
    // In this order: steps are forgotten in the transaction that keeps the answer.
    const whole = await findAnswer(db, ctx, request);
    if (whole !== null) throw new AnsweredMeanwhile(whole);
    const value = await work();
    await keepAnswer(db, ctx, own, { status: 200, body: JSON.stringify(value) });
    return value;
  });
}
