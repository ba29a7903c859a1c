import type { Evaluation } from "@/lib/checks/evaluation";
import { findCheck } from "@/lib/checks/registry";
import type { TenantDb } from "@/lib/db/tenant-db";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import { lineOf, readReceipt } from "./receipt";

interface Judged {
  readonly id: string;
  readonly checkId: string;
  readonly verdict: string | null;
  readonly receipt: unknown;
  readonly decidedScanId: string | null;
  readonly decidedMonth: Date | null;
}

/**
 * Of each finding whether something of it fails silently, by id; absent for a check that cannot tell. From the
 * evaluation that was just made, else from the receipt, which the last one wrote, and else, for a finding that has
 * none yet, from the stored evaluation.
 */
export async function silenceOf(
  db: TenantDb,
  tenantId: string,
  findings: readonly Judged[],
  said: readonly Evaluation[],
): Promise<ReadonlyMap<string, boolean>> {
  const silence = new Map<string, boolean>();
  const unknown: Judged[] = [];
  for (const finding of findings) {
    const check = findCheck(finding.checkId);
    if (finding.verdict !== "FAIL" || !check?.failsSilently) continue;
    const now = said.find(({ checkId, verdict }) => checkId === finding.checkId && verdict === "FAIL");
    const before = lineOf(readReceipt(finding.receipt), "silent");
    if (now) silence.set(finding.id, check.failsSilently(now));
    else if (before) silence.set(finding.id, before.isSilent);
    else unknown.push(finding);
  }
  const stored = await storedEvaluations(
    db,
    tenantId,
    unknown.flatMap(({ decidedScanId: id, decidedMonth: month }) => (id === null ? [] : [{ id, month }])),
  );
  for (const { id, checkId, decidedScanId } of unknown) {
    const last = stored.find(
      ({ scanId, evaluation }) => scanId === decidedScanId && evaluation.checkId === checkId,
    );
    // The history of its month may be gone; a gap in it is no fault that anybody has seen.
    silence.set(id, last !== undefined && findCheck(checkId)?.failsSilently?.(last.evaluation) === true);
  }
  return silence;
}
