import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Facts } from "@/lib/checks/facts/facts";
import { findCheck } from "@/lib/checks/registry";
import { type Comparison, compareSettings, type Setting } from "@/lib/checks/settings";
import type { TenantReader } from "@/lib/db/tenant-db";
import { monthFrom } from "@/lib/history/month";
import { readScanFacts } from "@/lib/history/scan-facts";
import { Kept } from "@/lib/kept";
import type { BackView } from "./finding-view";
import { storedEvaluations } from "./stored-evaluation";

export interface ScanInHistory {
  readonly id: string;
  readonly month: Date;
}

/** What differs between the scan that found it passing and the one that found it failing again, read once: neither changes. */
const kept = new Kept<Pick<BackView, "differences" | "same">>(200);

/**
 * What put a finding back: the settings that differ between its last PASS and the FAIL after it. Null when the
 * history of either is gone.
 */
export async function whatPutItBack(
  db: TenantReader,
  tenantId: string,
  { checkId, passed, failed }: { checkId: string; passed: ScanInHistory; failed: ScanInHistory },
): Promise<BackView | null> {
  const rows = await db.$queryRaw<{ id: string; number: number; at: Date }[]>`
    SELECT s.id::text AS id, s.number, e.at
    FROM evaluations e JOIN scans s ON s.tenant_id = e.tenant_id AND s.id = e.scan_id
    WHERE e.tenant_id = ${tenantId}::uuid AND e.month = ANY (${[passed.month, failed.month]}::date[])
      AND e.scan_id = ANY (${[passed.id, failed.id]}::uuid[]) AND e.check_id = ${checkId}`;
  const [then, now] = [passed, failed].map(({ id }) => rows.find((row) => row.id === id));
  if (!then || !now) return null;
  const key = [tenantId, checkId, passed.id, failed.id].join(" ");
  const compared = await kept.get(key, () => compare(db, tenantId, { checkId, passed, failed }));
  const told = ({ number, at }: typeof then) => ({ scanNumber: number, at: at.toISOString() });
  return { passed: told(then), failed: told(now), ...compared };
}

async function compare(
  db: TenantReader,
  tenantId: string,
  { checkId, passed, failed }: { checkId: string; passed: ScanInHistory; failed: ScanInHistory },
): Promise<Pick<BackView, "differences" | "same">> {
  const settings = [];
  for (const scan of [passed, failed]) settings.push(await settingsIn(db, tenantId, checkId, scan));
  const [before, after] = settings;
  const { differences, same }: Comparison =
    before && after ? compareSettings(before, after) : { differences: [], same: 0 };
  const regions = await regionsLogged(db, tenantId, checkId, [passed, failed]);
  return { differences: [...differences, ...regions], same };
}

/** The settings that the check saw in a scan; null once its facts are gone, which go before the verdicts do. */
async function settingsIn(
  db: TenantReader,
  tenantId: string,
  checkId: string,
  { id, month }: ScanInHistory,
): Promise<readonly Setting[] | null> {
  const stored = await readScanFacts(db, tenantId, monthFrom(month), id);
  if (stored === null) return null;
  const { facts, context } = stored as { facts: Partial<Facts>; context: EvaluationContext };
  return findCheck(checkId)?.settings?.(facts, context) ?? null;
}

/** What it came to, for a check that judges Regions. */
async function regionsLogged(
  db: TenantReader,
  tenantId: string,
  checkId: string,
  scans: readonly ScanInHistory[],
): Promise<BackView["differences"]> {
  if (!findCheck(checkId)?.hasRegionVerdicts) return [];
  const stored = await storedEvaluations(db, tenantId, scans, { checkId });
  const [before, after] = scans.map(({ id }) => {
    const said = stored.find(({ scanId }) => scanId === id)?.evaluation;
    if (!said) return null;
    const all = [said.coveredRegions, said.partialRegions, said.uncoveredRegions, said.unknownRegions];
    return `${said.coveredRegions.length} of ${all.flat().length}`;
  });
  if (!before || !after || before === after) return [];
  return [{ of: null, attribute: "Regions logged", before, after }];
}
