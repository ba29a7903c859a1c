import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { findCheck } from "@/lib/checks/registry";
import type { TenantDb } from "@/lib/db/tenant-db";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import { monthFrom } from "@/lib/history/month";
import { readScanFacts } from "@/lib/history/scan-facts";
import { isUnderWay } from "@/lib/runs/run-states";
import { callsOf } from "@/lib/runs/run-store";
import { scanStatuses } from "@/lib/scans/scan-states";
import { sessionOf } from "@/lib/scans/session-name";
import { canariesIn } from "./canaries";
import type { OpenVerification } from "./open-verification";
import { beginProof, type Proof, unreadProof } from "./proof";

/** Both keys belong to one day: what was delivered longer ago is proven anew. */
const keptHours = 23;

/**
 * What the scan of a verification says: the proof that follows from it, or that it is still under way. A scan that was
 * cancelled, or failed, read nothing: that turns no key and refutes none.
 */
export async function readingOf(
  db: TenantDb,
  tenantId: string,
  verification: OpenVerification,
  now: Date,
): Promise<Proof | "under_way"> {
  const { scanId, checkId, proof } = verification;
  const at = now.toISOString();
  const [scan] = await db.$queryRaw<{ status: string; month: Date | null; attempt: number }[]>`
    SELECT status, month, attempt FROM scans WHERE tenant_id = ${tenantId}::uuid AND id = ${scanId}::uuid`;
  if (!scan || scanId === null || scan.month === null) {
    return scan && isUnderWay(scanStatuses.parse(scan.status)) ? "under_way" : unreadProof(proof, at);
  }
  if (isUnderWay(scanStatuses.parse(scan.status))) return "under_way";
  const month = monthFrom(scan.month);
  const [said] = await storedEvaluations(db, tenantId, [{ id: scanId, month: scan.month }], { checkId });
  const check = findCheck(checkId);
  if (!said || !check) return unreadProof(proof, at);
  const stored = (await readScanFacts(db, tenantId, month, scanId)) as {
    readonly facts: Partial<Facts>;
    readonly context: EvaluationContext;
  } | null;
  const calls = await callsOf(db, { tenantId, month, subjectId: scanId, fence: scan.attempt });
  return beginProof({
    evaluation: said.evaluation,
    delivery: (stored && check.expectedDelivery?.(stored.facts, stored.context)) ?? null,
    canaries: canariesIn(calls),
    scanId,
    session: sessionOf(scanId),
    at,
    earlier: proof,
    keepSince: new Date(now.getTime() - keptHours * 3_600_000).toISOString(),
  });
}
