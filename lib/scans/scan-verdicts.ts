import type { TenantDb } from "@/lib/db/tenant-db";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import type { ScanVerdict } from "./scan-row";

interface ScanOfAccount {
  readonly id: string;
  readonly accountId: string;
  readonly month: Date | null;
}

/** What the checks said in each of some scans, by scan id, in two queries however many there are. */
export async function scanVerdicts(
  db: TenantDb,
  tenantId: string,
  scans: readonly ScanOfAccount[],
): Promise<ReadonlyMap<string, readonly ScanVerdict[]>> {
  const evaluations = await storedEvaluations(db, tenantId, scans);
  if (evaluations.length === 0) return new Map();
  const findings = await db.finding.findMany({
    where: { tenantId, accountId: { in: [...new Set(scans.map((scan) => scan.accountId))] } },
    select: { accountId: true, checkId: true, number: true },
  });
  const numbers = new Map(
    findings.map(({ accountId, checkId, number }) => [`${accountId} ${checkId}`, number]),
  );
  const accounts = new Map(scans.map((scan) => [scan.id, scan.accountId]));
  const byScan = new Map<string, ScanVerdict[]>();
  for (const { scanId, evaluation, description } of evaluations) {
    const { checkId, verdict, reason } = evaluation;
    const findingNumber = numbers.get(`${accounts.get(scanId)} ${checkId}`) ?? null;
    const verdicts = byScan.get(scanId) ?? [];
    const { regions } = evaluation;
    byScan.set(scanId, [...verdicts, { checkId, verdict, reason, description, regions, findingNumber }]);
  }
  return byScan;
}
