import type { Severity, Verdict } from "@/lib/checks/evaluation";
import { severities, verdicts } from "@/lib/checks/words";
import type { TenantDb } from "@/lib/db/tenant-db";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import { type Month, monthFrom } from "@/lib/history/month";
import { type Judgment, judgmentOf } from "./region-time";

/** What a check said of an account, with the scan in which it said it. */
export interface SaidOf extends Judgment {
  readonly scanId: string;
  readonly month: Month;
  readonly checkVersion: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly severity: Severity | null;
}

interface Row {
  readonly account_id: string;
  readonly scan_id: string;
  readonly month: Date;
  readonly check_id: string;
  readonly check_version: number;
  readonly verdict: string;
  readonly reason: string;
  readonly severity: string | null;
  readonly at: Date;
}

/** Accounts are found by when a scan was asked for, which may be this long before it judged, in hours. */
const longestWaitHours = 24;

/** Key of what was said of an account by a check. */
export function saidKey(accountId: string, checkId: string): string {
  return `${accountId} ${checkId}`;
}

/** All that was said of some accounts in a time, oldest first, by account and check. */
export async function saidOf(
  db: TenantDb,
  tenantId: string,
  accountIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Map<string, SaidOf[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.account_id::text, e.scan_id::text, e.month, e.check_id, e.check_version, e.verdict, e.reason, e.severity, e.at
    FROM scans s JOIN evaluations e ON e.tenant_id = s.tenant_id AND e.month = s.month AND e.scan_id = s.id
    WHERE s.tenant_id = ${tenantId}::uuid AND s.account_id = ANY (${[...accountIds]}::uuid[])
      AND s.requested_at >= ${from}::timestamptz - make_interval(hours => ${longestWaitHours})
      AND s.requested_at < ${to} AND s.month IS NOT NULL AND e.at >= ${from} AND e.at < ${to}
    ORDER BY e.at, e.scan_id`;
  const scans = new Map(rows.map(({ scan_id, month }) => [scan_id, month]));
  const stored = await storedEvaluations(
    db,
    tenantId,
    [...scans].map(([id, month]) => ({ id, month })),
  );
  const evaluations = new Map(
    stored.map(({ scanId, evaluation }) => [`${scanId} ${evaluation.checkId}`, evaluation]),
  );
  const said = new Map<string, SaidOf[]>();
  for (const row of rows) {
    const evaluation = evaluations.get(`${row.scan_id} ${row.check_id}`);
    if (!evaluation)
      throw new Error(`Scan ${row.scan_id} has an evaluation of ${row.check_id} and no result of it.`);
    const key = saidKey(row.account_id, row.check_id);
    const list = said.get(key) ?? [];
    list.push({
      ...judgmentOf(row.at, evaluation),
      scanId: row.scan_id,
      month: monthFrom(row.month),
      checkVersion: row.check_version,
      verdict: verdicts.parse(row.verdict),
      reason: row.reason,
      severity: severities.parseOrNull(row.severity),
    });
    said.set(key, list);
  }
  return said;
}
