import { lockAccountIfThere } from "@/lib/accounts/account-lock";
import { assertHeld, finishWork, type Held, parkWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { CallRecorder } from "@/lib/runs/call-recorder";
import { keepProgress } from "@/lib/runs/run-store";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { TenantWork } from "@/lib/work-items/work-kind";
import { conclude } from "./conclude";
import { type LookInput, lookForCalls } from "./look-for-calls";
import { accountOfVerification, lockOpenVerification, type OpenVerification } from "./open-verification";
import { afterLook, beginAgain, regionsToLookAt } from "./proof";
import { readingOf } from "./reading";
import { startReading } from "./start-verification";
import { verificationWork } from "./verification-work";

/** How soon a scan that is under way is asked after; its end wakes the verification anyhow. */
const scanPollMs = 15_000;

export const runVerificationWork: TenantWork = {
  definition: verificationWork,
  scope: "tenant",
  run: async ({ ctx, held, subjectId, signal }) => {
    const step = await begin(ctx, held, subjectId);
    if ("done" in step) return step.done;
    return look({ ctx, held, signal, ...step });
  },
  released: (db, { tenantId, subjectId }) => keepProgress(db, tenantId, subjectId),
  failed: abandon,
};

/** What is to be looked for outside any transaction, or that nothing is left to do now. */
type Step =
  | { readonly done: object }
  | {
      readonly verification: OpenVerification;
      readonly role: NonNullable<OpenVerification["account"]["role"]>;
      readonly now: Date;
    };

/** All that needs no call to AWS, in one transaction. */
async function begin(ctx: TenantContext, held: Held, id: string): Promise<Step> {
  return withTenant(ctx, async (db) => {
    const locked = await lockHeld(db, ctx, held, id);
    if (locked === null) return { done: { verification: "over" } };
    const { verification, now } = locked;
    const { role } = verification.account;
    if (role === null) return { done: await cancel(db, ctx, held, verification) };
    if (verification.status === "inconclusive") return { done: await tryAgain(db, ctx, held, locked) };
    if (needsReading(verification)) return { done: await takeReading(db, ctx, held, locked) };
    const { proof } = verification;
    if (!proof.byDelivery) return { done: await takeSecondReading(db, ctx, held, locked) };
    if (regionsToLookAt(proof).length === 0)
      return { done: await conclude({ db, ctx, held, ...locked, proof }) };
    await keepProgress(db, ctx.tenantId, id);
    return { verification, role, now };
  });
}

interface Locked {
  readonly verification: OpenVerification;
  readonly now: Date;
}

/** Account, work item, verification: the order in which everyone takes them. Null when it has ended; its item ends too. */
async function lockHeld(db: TenantDb, ctx: TenantContext, held: Held, id: string): Promise<Locked | null> {
  const { tenantId } = ctx;
  const accountId = await accountOfVerification(db, tenantId, id);
  if (accountId !== null) await lockAccountIfThere(db, tenantId, accountId);
  const now = await assertHeld(db, held);
  const verification = await lockOpenVerification(db, tenantId, id);
  if (verification !== null) return { verification, now };
  await finishWork(db, held);
  return null;
}

/** Nothing was read yet, or what was read has become too old: somebody asked for it anew. */
function needsReading({ proof, scanId }: OpenVerification): boolean {
  return proof.a === "waiting" || scanId === null;
}

/** Key A: waits for the scan that belongs to the verification, or asks for it, and judges what it has read. */
async function takeReading(
  db: TenantDb,
  ctx: TenantContext,
  held: Held,
  { verification, now }: Locked,
): Promise<object> {
  const { id, account, scanId } = verification;
  const read = scanId === null ? null : await readingOf(db, ctx.tenantId, verification, now);
  if (read !== null && read !== "under_way") {
    return conclude({ db, ctx, held, verification, proof: read, now });
  }
  if (scanId === null) {
    const proof = beginAgain(verification.proof);
    await db.$executeRaw`
      UPDATE verifications SET proof = ${canonicalJson(proof)}::jsonb
      WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid`;
    await startReading(db, ctx, { id, accountId: account.id });
  }
  await parkWork(db, held, new Date(now.getTime() + scanPollMs));
  return { verification: verification.number, waitsFor: "scan" };
}

/** A check of the whole account: at the first look it is read once more, and that reading is Key B. */
async function takeSecondReading(
  db: TenantDb,
  ctx: TenantContext,
  held: Held,
  { verification, now }: Locked,
): Promise<object> {
  const { id, account, scanId, proof } = verification;
  const shared = { db, ctx, held, verification, now };
  if (proof.b !== "waiting") return conclude({ ...shared, proof });
  if (scanId === proof.scanId) {
    if (await startReading(db, ctx, { id, accountId: account.id })) {
      await parkWork(db, held, new Date(now.getTime() + scanPollMs));
      return { verification: verification.number, waitsFor: "second scan" };
    }
    // A scan runs that began before: this one's place is kept until it has ended.
    await db.$executeRaw`
      UPDATE verifications SET scan_id = ${scanId}::uuid WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid`;
    await parkWork(db, held, new Date(now.getTime() + scanPollMs));
    return { verification: verification.number, waitsFor: "scan under way" };
  }
  const read = await readingOf(db, ctx.tenantId, verification, now);
  if (read === "under_way") {
    await parkWork(db, held, new Date(now.getTime() + scanPollMs));
    return { verification: verification.number, waitsFor: "second scan" };
  }
  return conclude({ ...shared, proof: { ...proof, b: read.a } });
}

/** What gave up tries once more: both keys anew, except deliveries that were seen within a day. */
async function tryAgain(
  db: TenantDb,
  ctx: TenantContext,
  held: Held,
  { verification, now }: Locked,
): Promise<object> {
  const { id, account, number } = verification;
  await db.$executeRaw`
    UPDATE verifications SET status = 'running', retries = retries + 1, looks = 0, scan_id = NULL, next_look_at = NULL,
                             gives_up_at = NULL, proof = ${canonicalJson(beginAgain(verification.proof))}::jsonb
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid`;
  await startReading(db, ctx, { id, accountId: account.id });
  await parkWork(db, held, new Date(now.getTime() + scanPollMs));
  return { verification: number, retry: verification.retries + 1 };
}

/** The account is no longer connected: nobody can look. */
async function cancel(
  db: TenantDb,
  ctx: TenantContext,
  held: Held,
  { id, number }: OpenVerification,
): Promise<object> {
  await db.$executeRaw`
    UPDATE verifications SET status = 'cancelled', next_look_at = NULL, finished_at = business_now()
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid`;
  await finishWork(db, held);
  return { verification: number, status: "cancelled" };
}

interface RunningLook extends Pick<LookInput, "verification" | "role" | "signal"> {
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly now: Date;
}

/** One look for our calls: AWS is asked outside any transaction, and what it said is judged and stored in one. */
async function look({ ctx, held, signal, verification, role, now }: RunningLook): Promise<object> {
  const { id, account, month } = verification;
  const lost = new AbortController();
  const recorder = new CallRecorder({
    ctx,
    held,
    run: {
      tenantId: ctx.tenantId,
      kind: "verification",
      subjectId: id,
      accountId: account.id,
      month,
      fence: held.fence,
      startedAt: now,
    },
    clockOffsetMs: now.getTime() - Date.now(),
    onFailure: (error) => lost.abort(error),
  });
  const sightings = await lookForCalls(ctx, {
    verification,
    role,
    signal: AbortSignal.any([signal, lost.signal]),
    onCall: recorder.add,
  });
  const storeRun = await recorder.finish();
  signal.throwIfAborted();
  return withTenant(ctx, async (db) => {
    const locked = await lockHeld(db, ctx, held, id);
    if (locked === null) return { verification: "over" };
    await storeRun(db);
    await db.$executeRaw`
      UPDATE verifications SET looks = looks + 1 WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${id}::uuid`;
    const proof = afterLook(locked.verification.proof, sightings, locked.now.toISOString());
    return conclude({ db, ctx, held, ...locked, proof });
  });
}

/** The work itself keeps failing: undecided, and whoever claimed it gets the finding back. */
async function abandon(
  db: TenantDb,
  { tenantId, subjectId }: { tenantId: string; subjectId: string },
): Promise<void> {
  await keepProgress(db, tenantId, subjectId);
  await db.$executeRaw`
    WITH ended AS (
      UPDATE verifications SET status = 'inconclusive', next_look_at = NULL, finished_at = business_now()
      WHERE tenant_id = ${tenantId}::uuid AND id = ${subjectId}::uuid AND finished_at IS NULL
      RETURNING finding_id, claim_id
    ), claim AS (
      UPDATE claims c SET ending = 'timed_out', ended_at = business_now() FROM ended e
      WHERE c.tenant_id = ${tenantId}::uuid AND c.id = e.claim_id AND c.ended_at IS NULL
      RETURNING c.finding_id
    ), line AS (
      INSERT INTO finding_events (tenant_id, month, finding_id, at, kind, actor, text, before, after)
      SELECT ${tenantId}::uuid, date_trunc('month', business_now() AT TIME ZONE 'UTC')::date, finding_id, business_now(),
             'claim_timed_out', 'system', 'Could not be verified: the verification kept failing.',
             '{"status":"awaiting_verification"}', '{"status":"in_progress"}'
      FROM claim
    )
    UPDATE findings f SET status = 'in_progress', version = version + 1 FROM claim
    WHERE f.tenant_id = ${tenantId}::uuid AND f.id = claim.finding_id AND f.status = 'awaiting_verification'`;
}
