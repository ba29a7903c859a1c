/**
 * What a scan that changes nothing leaves behind: rows and bytes by table, indexes and TOAST included, and the same for
 * a year of 10,000 accounts. Daily scans by schedule, through the real worker, against a sandbox in which logs are
 * delivered meanwhile; the clocks of both are moved a day at a time. Fails over 10 kB or 12 rows a scan, and over 1.7 kB
 * or 4 rows for the snapshots of an account's day, which are there whether it is scanned or not.
 *
 *   --days N      daily scans of each account, after five that are not counted; 50 when absent
 *   --accounts N  10 when absent; all of 17 Regions, six of ten in order
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { insertAccounts, makeAccounts, worldOf } from "./throughput/accounts";
import { startInstallation } from "./throughput/installation";

const { values } = parseArgs({
  options: { days: { type: "string", default: "50" }, accounts: { type: "string", default: "10" } },
});
const [days, perDay] = [Number(values.days), Number(values.accounts)];
const scans = days * perDay;
/** Tables whose rows do not stay (hints, progress, ended work) have their size by then. */
const warmUpDays = 5;
const most = { bytes: 10_000, rows: 12 };
const snapshotTables = ["snapshots", "coverage_days"];
const mostOfSnapshots = { bytes: 1_700, rows: 4 };

const accounts = makeAccounts([perDay]);
const installation = await startInstallation(worldOf(accounts, 2, 0));
const client = new pg.Client({ connectionString: installation.allUrl });
try {
  await client.connect();
  await insertAccounts(installation.allUrl, accounts);
  await client.query(
    "INSERT INTO scan_schedules (tenant_id, account_id, next_due_at, trust_due_at) SELECT tenant_id, id, now(), now() + interval '10 years' FROM accounts",
  );
  const worker = await installation.startWorker(
    { POSTURIO_DEMO: "1", POSTURIO_RETENTION_RAW_MONTHS: "1200", POSTURIO_RECONCILE_SECONDS: "1" },
    [],
  );
  await untilEnded(perDay);
  let before = await sizes();
  for (let day = 1; day <= warmUpDays + days; day += 1) {
    await nextDay();
    await untilEnded(perDay * (day + 1));
    if (day === warmUpDays) before = await sizes();
  }
  const events = await client.query(
    "SELECT kind, text, count(*)::int AS events FROM finding_events GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 12",
  );
  console.table(events.rows);
  const after = await sizes();
  await worker.stop();
  report(before, after);
} finally {
  await client.end();
  await installation.stop();
}

async function nextDay(): Promise<void> {
  const response = await fetch(`${installation.sandbox.url}/_sandbox/time`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance: "1d" }),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  await client.query("UPDATE installation_clock SET ahead_seconds = ahead_seconds + 86400");
}

/** Waits for so many ended scans. Fails when it takes minutes, or when one did not end well. */
async function untilEnded(wanted: number): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const { rows } = await client.query<{ ended: number; bad: number }>(
      `SELECT count(*) FILTER (WHERE finished_at IS NOT NULL)::int AS ended,
              count(*) FILTER (WHERE status IN ('failed', 'partial'))::int AS bad FROM scans`,
    );
    if ((rows[0]?.bad ?? 0) > 0) throw new Error("A scan was not complete.");
    if ((rows[0]?.ended ?? 0) >= wanted) return;
    await sleep(100);
  }
  throw new Error(`Only some of ${wanted} scans ended in time.`);
}

interface Size {
  readonly bytes: number;
  readonly rows: number;
  readonly inserted: number;
}

/** By table, partitions counted with their parent, the queue's tables together. */
async function sizes(): Promise<Map<string, Size>> {
  await client.query("VACUUM ANALYZE");
  await client.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await client.query<{ name: string; bytes: string; inserted: string; live: string }>(`
    SELECT CASE n.nspname WHEN 'public' THEN COALESCE(i.inhparent::regclass::text, c.relname) ELSE 'queue' END AS name,
           sum(pg_total_relation_size(c.oid)) AS bytes, sum(s.n_tup_ins) AS inserted, sum(s.n_live_tup) AS live
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
      JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE n.nspname IN ('public', 'bullmq') AND c.relkind = 'r' GROUP BY 1`);
  return new Map(
    rows.map(({ name, bytes, inserted, live }) => [
      name,
      { bytes: Number(bytes), rows: Number(live), inserted: Number(inserted) },
    ]),
  );
}

function report(before: ReadonlyMap<string, Size>, after: ReadonlyMap<string, Size>): void {
  const table: Record<string, { bytes: number; "rows left": number; "rows inserted": number }> = {};
  const sum = { bytes: 0, rows: 0 };
  const snapshots = { bytes: 0, rows: 0 };
  for (const [name, { bytes, rows, inserted }] of [...after].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const was = before.get(name) ?? { bytes: 0, rows: 0, inserted: 0 };
    // Rows that were inserted and are deleted again, as hints and progress are, leave no bytes that last.
    const left = rows - was.rows;
    if (inserted === was.inserted) continue;
    const counted = snapshotTables.includes(name) ? snapshots : sum;
    counted.bytes += bytes - was.bytes;
    counted.rows += Math.max(0, left);
    table[name] = {
      bytes: Math.round((bytes - was.bytes) / scans),
      "rows left": Number((left / scans).toFixed(2)),
      "rows inserted": Number(((inserted - was.inserted) / scans).toFixed(2)),
    };
  }
  const perScan = { bytes: sum.bytes / scans, rows: sum.rows / scans };
  const perDay = { bytes: snapshots.bytes / scans, rows: snapshots.rows / scans };
  console.log(`${scans} unchanged daily scans of 17 Regions, each:`);
  console.table(table);
  console.table({
    "bytes a scan": Math.round(perScan.bytes),
    "rows a scan": perScan.rows.toFixed(2),
    "bytes of snapshots a day": Math.round(perDay.bytes),
    "rows of snapshots a day": perDay.rows.toFixed(2),
    "10,000 accounts daily for a year, GB": (((perScan.bytes + perDay.bytes) * 3_650_000) / 1e9).toFixed(1),
  });
  hold("a scan", perScan, most);
  hold("of snapshots a day", perDay, mostOfSnapshots);
}

function hold(of: string, found: Readonly<typeof most>, limits: Readonly<typeof most>): void {
  for (const what of ["bytes", "rows"] as const) {
    if (found[what] <= limits[what]) continue;
    console.error(`Over budget: ${found[what].toFixed(1)} ${what} ${of}, at most ${limits[what]}`);
    process.exitCode = 1;
  }
}
