import { cancelWork, promoteWork } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { canonicalJson } from "@/lib/evidence/canonical-json";
import { confirmAfterSeconds } from "@/lib/findings/reconcile";
import type { RecordedFinding } from "@/lib/findings/record-evaluation";
import type { Said } from "@/lib/findings/stored-evaluation";
import { tellVerification } from "@/lib/findings/tell";
import { openClaimOf } from "@/lib/findings/triage/claims";
import { createScan } from "@/lib/scans/create-scan";
import type { OnRecorded } from "@/lib/scans/finalize-scan";
import { sessionOf } from "@/lib/scans/session-name";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { beginProof } from "./proof";
import { startVerification } from "./start-verification";
import { verificationWork } from "./verification-work";

/**
 * What a scan's verdicts mean for what is to be proven: a pass that nobody claimed is (T5), a claim that was refuted no
 * longer is (T20), and a FAIL of what was proven is read once more before it reopens anything (T10). The verification
 * that waits for this scan goes on.
 */
export const afterScan: OnRecorded = async (db, ctx, { accountId, scanId, at, said, findings }) => {
  const { tenantId } = ctx;
  for (const { id, checkId, episode, endsClaim, makesClaim } of findings) {
    if (makesClaim) {
      const claimId = await openClaimOf(db, tenantId, id);
      const trigger = "unclaimed_pass";
      await startVerification(db, ctx, { findingId: id, accountId, episode, claimId, trigger });
    }
    if (endsClaim === "refuted") {
      const its = said.find(({ evaluation }) => evaluation.checkId === checkId);
      if (its) await endRefuted(db, tenantId, { findingId: id, scanId, at }, its);
    }
  }
  if (findings.some(({ status, observation }) => status === "resolved" && observation === "failing")) {
    await createScan(db, ctx, { accountId, trigger: "confirmation", delaySeconds: confirmAfterSeconds });
  }
  await startMissing(db, ctx, accountId, findings);
  const waiting = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM verifications
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND finished_at IS NULL
      AND status = 'running' AND (scan_id = ${scanId}::uuid OR scan_id IS NULL)`;
  for (const { id } of waiting) await promoteWork(db, tenantId, verificationWork.kind, id);
};

/** What passes and is claimed fixed without a verification, as claims of older versions are, gets one. */
async function startMissing(
  db: TenantDb,
  ctx: TenantContext,
  accountId: string,
  findings: readonly RecordedFinding[],
): Promise<void> {
  const passing = findings.filter(
    ({ status, observation }) => status === "awaiting_verification" && observation === "passing",
  );
  if (passing.length === 0) return;
  const missing = await db.$queryRaw<{ finding_id: string; id: string; episode: number; by: string }[]>`
    SELECT c.finding_id::text, c.id::text, c.episode, c.claimed_by AS by FROM claims c
    WHERE c.tenant_id = ${ctx.tenantId}::uuid AND c.finding_id = ANY (${passing.map(({ id }) => id)}::uuid[])
      AND c.ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM verifications v
        WHERE v.tenant_id = c.tenant_id AND v.finding_id = c.finding_id AND v.finished_at IS NULL)`;
  for (const { finding_id: findingId, id: claimId, episode, by } of missing) {
    const trigger = by === "system" ? "unclaimed_pass" : "claim";
    await startVerification(db, ctx, { findingId, accountId, episode, claimId, trigger });
  }
}

/** The scan that refutes a claim ends its verification: what failed is what its page shows. */
async function endRefuted(
  db: TenantDb,
  tenantId: string,
  { findingId, scanId, at }: { findingId: string; scanId: string; at: string },
  { evaluation }: Said,
): Promise<void> {
  const proof = beginProof({
    evaluation,
    delivery: null,
    canaries: [],
    scanId,
    session: sessionOf(scanId),
    at,
  });
  const ended = await db.$queryRaw<{ id: string }[]>`
    UPDATE verifications SET status = 'failed', scan_id = ${scanId}::uuid, proof = ${canonicalJson(proof)}::jsonb,
                             next_look_at = NULL, finished_at = business_now()
    WHERE tenant_id = ${tenantId}::uuid AND finding_id = ${findingId}::uuid AND finished_at IS NULL
    RETURNING id::text`;
  for (const { id } of ended) {
    await cancelWork(db, tenantId, verificationWork.kind, id);
    await tellVerification(db, tenantId, { findingId, verificationId: id, kind: "verification_failed" });
  }
}
