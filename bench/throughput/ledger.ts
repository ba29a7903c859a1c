import pg from "pg";
import { type BenchAccount, expected } from "./accounts";

export interface Outcome {
  readonly perSecond: number;
  /** Without the first and the last tenth, while the worker starts and runs dry. */
  readonly steadyPerSecond: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly readings: number;
  readonly wrong: number;
  readonly incomplete: number;
}

/** What the database says of the scans, over all organizations. */
export interface Ledger {
  ended(): Promise<number>;
  /** Ids of accounts that are not being scanned, at most so many. */
  idleAccounts(most: number): Promise<string[]>;
  outcome(accounts: readonly BenchAccount[]): Promise<Outcome>;
  /** What kept scans from being whole, in words for the console. */
  troubles(): Promise<string[]>;
  close(): Promise<void>;
}

interface ScanRow {
  account_id: string;
  started_at: Date;
  finished_at: Date;
  is_whole: boolean;
  verdicts: string[];
  readings: number;
}

export async function openLedger(url: string): Promise<Ledger> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    ended: async () => {
      const { rows } = await client.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM scans WHERE finished_at IS NOT NULL",
      );
      return rows[0]?.n ?? 0;
    },
    idleAccounts: async (most) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT a.id FROM accounts a WHERE NOT EXISTS (
           SELECT 1 FROM scans s WHERE s.tenant_id = a.tenant_id AND s.account_id = a.id
             AND s.status IN ('queued', 'running')) LIMIT $1`,
        [most],
      );
      return rows.map(({ id }) => id);
    },
    outcome: async (accounts) => {
      // Whole: done at the first attempt, every Region read, its calls kept once.
      const { rows } = await client.query<ScanRow>(
        `SELECT s.account_id, s.started_at, s.finished_at,
           s.status = 'complete' AND s.attempt = 1 AND s.regions_read = s.regions_total
             AND 1 = (SELECT count(*) FROM runs r WHERE r.tenant_id = s.tenant_id AND r.subject_id = s.id
                        AND r.ending = 'ended')
             AS is_whole,
           ARRAY(SELECT e.verdict FROM evaluations e WHERE e.tenant_id = s.tenant_id AND e.scan_id = s.id
             AND e.check_id = 'cloudtrail.not_multi_region') AS verdicts,
           COALESCE(s.api_calls, 0) AS readings
         FROM scans s WHERE s.finished_at IS NOT NULL`,
      );
      return outcomeOf(rows, new Map(accounts.map((account) => [account.id, account])));
    },
    troubles: async () => {
      const { rows } = await client.query<{ text: string }>(
        `SELECT format('%s scans %s, attempt %s, %s of %s Regions', count(*), status, attempt, regions_read, regions_total) AS text
         FROM scans GROUP BY status, attempt, regions_read, regions_total
         UNION ALL
         SELECT format('%s evaluations %s %s', count(*), check_id, reason)
         FROM evaluations WHERE verdict = 'NOT_EVALUATED' GROUP BY check_id, reason`,
      );
      return rows.map(({ text }) => text);
    },
    close: () => client.end(),
  };
}

function outcomeOf(rows: readonly ScanRow[], accounts: ReadonlyMap<string, BenchAccount>): Outcome {
  const ends = rows.map((row) => row.finished_at.getTime()).sort((a, b) => a - b);
  const begun = Math.min(...rows.map((row) => row.started_at.getTime()));
  const durations = rows
    .map((row) => row.finished_at.getTime() - row.started_at.getTime())
    .sort((a, b) => a - b);
  const at = (list: readonly number[], part: number) => list[Math.floor((list.length - 1) * part)] ?? 0;
  const steadyMs = at(ends, 0.9) - at(ends, 0.1);
  const isRight = ({ account_id, verdicts }: ScanRow) => {
    const account = accounts.get(account_id);
    return account !== undefined && verdicts.length === 1 && verdicts[0] === expected[account.kind];
  };
  return {
    perSecond: rows.length / ((at(ends, 1) - begun) / 1_000),
    steadyPerSecond: (rows.length * 0.8) / (steadyMs / 1_000),
    medianMs: at(durations, 0.5),
    p99Ms: at(durations, 0.99),
    readings: rows.reduce((sum, row) => sum + row.readings, 0),
    wrong: rows.filter((row) => !isRight(row)).length,
    incomplete: rows.filter((row) => !row.is_whole).length,
  };
}
