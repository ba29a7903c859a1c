import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { toJson } from "@/lib/evidence/canonical-json";
import { monthOf } from "@/lib/history/month";
import { createScan } from "@/lib/scans/create-scan";
import { actorOf } from "@/lib/tenancy/actor";
import { audit } from "@/lib/tenancy/audit";
import { nextNumber } from "@/lib/tenancy/next-number";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { addWork } from "@/lib/work-items/work-kind";
import { emptyProof } from "./proof";
import { proofLevels, type VerificationTrigger } from "./verification-states";
import { verificationWork } from "./verification-work";

export interface VerificationStart {
  readonly findingId: string;
  readonly accountId: string;
  readonly episode: number;
  /** Null when what is proven already is proven again. */
  readonly claimId: string | null;
  readonly trigger: VerificationTrigger;
}

export interface StartedVerification {
  readonly id: string;
  readonly number: number;
}

/**
 * Begins to prove a finding fixed: the verification, its work item and the scan whose reading it rests on, in the
 * caller's transaction, which has account and finding locked in this order. Throws verification_running while one is
 * open: a partial unique index holds that too.
 */
export async function startVerification(
  db: TenantDb,
  ctx: TenantContext,
  start: VerificationStart,
): Promise<StartedVerification> {
  const { tenantId } = ctx;
  const { findingId, accountId, episode, claimId, trigger } = start;
  const [given] = await db.$queryRaw<{ now: Date; open: number | null; level: string | null }[]>`
    SELECT business_now() AS now,
           (SELECT number FROM verifications
            WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND finished_at IS NULL) AS open,
           (SELECT required_proof FROM triage_settings WHERE tenant_id = ${tenantId}::uuid) AS level`;
  if (!given) throw new Error("The database did not tell the time.");
  if (given.open !== null) throw verificationRunning(given.open);
  const number = await nextNumber(db, tenantId, "verification");
  const { id } = await db.verification.create({
    data: {
      tenantId,
      number,
      findingId,
      accountId,
      episode,
      claimId,
      trigger,
      requestedBy: actorOf(ctx),
      requiredProof: proofLevels.parse(given.level ?? "delivered"),
      month: new Date(monthOf(given.now)),
      startedAt: given.now,
      proof: toJson(emptyProof) as object,
    },
    select: { id: true },
  });
  await addWork(db, verificationWork, {
    tenantId,
    subjectId: id,
    accountId,
    isAwaited: trigger !== "unclaimed_pass",
  });
  await startReading(db, ctx, { id, accountId });
  await audit(db, ctx, "verification.started", `verification:${id}`, { number, trigger, findingId });
  return { id, number };
}

/**
 * Has the account read for a verification. A scan that only waits is as good as a new one: it will begin after this.
 * One that runs began before, and proves nothing about what was fixed since: null then, and another is needed once it
 * has ended.
 */
export async function startReading(
  db: TenantDb,
  ctx: TenantContext,
  { id, accountId }: { id: string; accountId: string },
): Promise<string | null> {
  const scan = await createScan(db, ctx, { accountId, trigger: "verification" });
  const [taken] = await db.$queryRaw<{ scan_id: string | null }[]>`
    UPDATE verifications v SET scan_id = CASE WHEN s.status = 'queued' AND s.started_at IS NULL THEN s.id END
    FROM scans s
    WHERE v.tenant_id = ${ctx.tenantId}::uuid AND v.id = ${id}::uuid AND s.tenant_id = v.tenant_id
      AND s.id = ${scan.id}::uuid
    RETURNING v.scan_id::text`;
  return taken?.scan_id ?? null;
}

export function verificationRunning(number: number): AppError {
  return new AppError(
    "verification_running",
    `Verification #${number} of this finding is running. It ends by itself; you can follow it on the finding.`,
  );
}
