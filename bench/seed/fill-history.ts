import type pg from "pg";
import { keeperRole } from "@/lib/installation/roles";

/** Of how many accounts of an organization the facts and results of the last scan are stored, so that their pages open. */
const storedAccounts = 20;

/** Partitions for every month of which there is history: the keeper's, as all of them. */
export async function insertMonths(client: pg.ClientBase, days: number): Promise<void> {
  await client.query(`SET ROLE ${keeperRole}`);
  await client.query(
    `SELECT create_history_month(m::date)
     FROM generate_series(date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(days => $1::int + 2)),
                          date_trunc('month', now() AT TIME ZONE 'UTC'), '1 month') m`,
    [Math.max(days, 90)],
  );
  await client.query("RESET ROLE");
}

/** What the last scan said of each finding, the lines of its history, and of a few accounts what was read. */
export async function insertHistory(client: pg.ClientBase): Promise<void> {
  await client.query(
    `INSERT INTO evaluations (tenant_id, month, scan_id, check_id, finding_id, check_version, verdict, reason, severity,
                              assurance, disposition, at, sha256)
     SELECT f.tenant_id, date_trunc('month', f.last_at AT TIME ZONE 'UTC')::date, f.last_scan, f.check_id, f.id,
            e.check_version, e.verdict, e.reason, e.severity, e.assurance, e.disposition, f.last_at, e.sha256
     FROM load_finding f JOIN load_example e USING (example, check_id)`,
  );
  await client.query(
    `INSERT INTO finding_events (tenant_id, month, id, finding_id, at, kind, actor, scan_id, text)
     SELECT tenant_id, date_trunc('month', at AT TIME ZONE 'UTC')::date, pg_temp.id(key || kind), id, at, kind, actor, scan_id, text
     FROM (
       SELECT f.tenant_id, f.key, f.id, f.turned_at AS at, 'system' AS actor, f.first_scan AS scan_id,
              CASE WHEN f.episode > 0 THEN 'detected' ELSE 'first_passed' END AS kind,
              CASE WHEN f.episode > 0 THEN 'Detected: ' ELSE 'Passed the first evaluation: ' END
                || COALESCE(CASE WHEN e.verdict = 'FAIL' OR f.episode = 0 THEN e.short END, w.short) || '.' AS text
       FROM load_finding f
         LEFT JOIN load_example e ON e.example = f.decided AND e.check_id = f.check_id
         JOIN load_example w ON w.example = f.was AND w.check_id = f.check_id
       WHERE f.decided IS NOT NULL
       UNION ALL
       SELECT f.tenant_id, f.key, f.id, f.last_at, 'system', f.last_scan, k.kind, k.said || e.short || '.'
       FROM load_finding f JOIN load_example e USING (example, check_id)
         JOIN (VALUES ('could_not_read', 'Could not be evaluated: '), ('failing_again', 'Failing again: '),
                      ('now_passing', 'Now passing: ')) AS k(kind, said)
           ON (k.kind = 'could_not_read' AND f.observation = 'unknown') OR (k.kind = 'failing_again' AND f.comebacks > 0)
             OR (k.kind = 'now_passing' AND f.observation = 'passing' AND f.episode > 0)
       UNION ALL
       SELECT tenant_id, key, id, turned_at + (last_at - turned_at) * 0.1, 'user:' || owner_id, NULL, 'assigned', 'Assigned.'
       FROM load_finding WHERE owner_id IS NOT NULL
       UNION ALL
       SELECT tenant_id, key, id, turned_at + (last_at - turned_at) * 0.2, 'user:' || owner_id, NULL, 'started', 'Started.'
       FROM load_finding WHERE owner_id IS NOT NULL AND status IN ('in_progress', 'awaiting_verification')
     ) lines`,
  );
  for (const [table, column] of [
    ["scan_facts", "facts"],
    ["scan_results", "results"],
  ] as const) {
    await client.query(
      `INSERT INTO ${table} (tenant_id, month, scan_id, ${column})
       SELECT a.tenant_id, date_trunc('month', a.last_at AT TIME ZONE 'UTC')::date, a.last_scan, p.${column}
       FROM load_account a JOIN load_packed p USING (example) WHERE a.n <= $1`,
      [storedAccounts],
    );
  }
  await client.query(
    `INSERT INTO suggested_changes (tenant_id, month, hash, body)
     SELECT DISTINCT a.tenant_id, date_trunc('month', a.last_at AT TIME ZONE 'UTC')::date, c.hash, c.body
     FROM load_account a JOIN load_change c USING (example) WHERE a.n <= $1`,
    [storedAccounts],
  );
}

/** The snapshots of one day of the organizations that have any: what each finding was before it turned, or is since. */
export async function insertSnapshotsOf(client: pg.ClientBase, day: string, ago: number): Promise<void> {
  await client.query(
    `INSERT INTO snapshots (tenant_id, month, day, check_id, account_id, scan_id, scan_month, owner_id, due_at, decided_at,
       check_version, episode, every_minutes, connected_seconds, covered_seconds, partial_seconds, uncovered_seconds,
       unknown_seconds, covered_regions, partial_regions, uncovered_regions, unknown_regions, environment, status,
       observation, severity, unknown_because, regions)
     SELECT f.tenant_id, date_trunc('month', $1::date)::date, $1::date, f.check_id, f.account_id, f.first_scan,
            date_trunc('month', f.turned_at AT TIME ZONE 'UTC')::date, CASE WHEN has_turned THEN f.owner_id END,
            CASE WHEN has_turned THEN f.due_at END, LEAST(f.last_at, $1::date + interval '1 day'), e.check_version,
            CASE WHEN has_turned THEN f.episode ELSE 0 END, CASE WHEN f.is_scheduled THEN 1440 END, 86400,
            86400 * e.states[1], 86400 * e.states[2], 86400 * e.states[3], 86400 * e.states[4], e.states[1], e.states[2], e.states[3],
            e.states[4], f.environment, CASE WHEN has_turned THEN f.status ELSE 'none' END,
            CASE e.verdict WHEN 'FAIL' THEN 'failing' WHEN 'PASS' THEN 'passing' ELSE 'unknown' END, e.severity,
            CASE WHEN e.verdict = 'NOT_EVALUATED' THEN e.reason END, e.day
     FROM (SELECT *, turned_at < $1::date + interval '1 day' AS has_turned FROM load_finding) f
       JOIN load_organization o ON o.number = f.organization AND o.days >= $2::int
       JOIN load_example e ON e.check_id = f.check_id AND e.example = CASE WHEN has_turned THEN f.example ELSE f.was END
     ORDER BY f.tenant_id, f.check_id, f.account_id`,
    [day, ago],
  );
}
