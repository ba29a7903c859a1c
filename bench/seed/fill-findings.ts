import type pg from "pg";
import { checks } from "@/lib/checks/registry";
import type { Dice } from "./tables";

/**
 * A finding of each check and account, as far as the organization has findings: verdicts are those of the account's
 * example, and people have worked on what fails.
 */
export async function insertFindings(client: pg.ClientBase, dice: Dice, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO load_finding
     SELECT tenant_id, organization, id, account_id, check_id, n, key, example, decided, was, environment, observation,
            severity, episode, comebacks,
            CASE WHEN episode > 0 THEN row_number() OVER (PARTITION BY tenant_id, episode > 0 ORDER BY turned_at, id) END,
            status, CASE WHEN status <> 'none' AND pg_temp.roll(key || '/owned', 10) < 6 THEN members[1 + pg_temp.roll(key || '/owner', cardinality(members))] END,
            CASE WHEN status IN ('open', 'in_progress', 'awaiting_verification') AND pg_temp.roll(key || '/due', 30) > 0
                 THEN (date_trunc('day', turned_at AT TIME ZONE 'UTC') + make_interval(days => 1 + days) - interval '1 millisecond') AT TIME ZONE 'UTC' END,
            CASE WHEN status IN ('open', 'in_progress', 'awaiting_verification')
                 THEN CASE WHEN pg_temp.roll(key || '/due', 30) < 4 THEN 'person' ELSE 'policy' END END,
            turned_at, last_at, first_scan, last_scan, is_scheduled
     FROM (
       SELECT f.*, CASE WHEN episode = 0 THEN 'none' WHEN is_disconnected THEN 'closed_out_of_scope'
                ELSE (ARRAY['open', 'open', 'open', 'open', 'open', 'open', 'in_progress', 'in_progress', 'in_progress', 'awaiting_verification'])[
                  1 + pg_temp.roll(key || '/status', 10)] END AS status,
              CASE WHEN comebacks > 0 THEN (days_whole + 1) / 2 ELSE days_whole END
                + CASE WHEN pg_temp.roll(key || '/due', 30) < 4 THEN pg_temp.roll(key || '/chosen', 30) ELSE 0 END AS days
       FROM (
         SELECT a.tenant_id, a.organization, pg_temp.id(a.key || '/' || e.check_id) AS id, a.id AS account_id, e.check_id, a.n,
                a.key || '/' || e.check_id AS key, a.example, d.example AS decided,
                CASE WHEN e.verdict = 'PASS' AND pg_temp.roll(a.key || '/mended/' || e.check_id, 7) = 0 THEN $3::int ELSE $2::int END AS was, a.environment, a.is_disconnected,
                a.is_scheduled, a.turned_at, a.last_at, a.first_scan, a.last_scan, o.members,
                CASE e.verdict WHEN 'FAIL' THEN 'failing' WHEN 'PASS' THEN 'passing' ELSE 'unknown' END AS observation,
                d.severity, CASE d.severity WHEN 'CRITICAL' THEN 7 WHEN 'HIGH' THEN 14 WHEN 'MEDIUM' THEN 30 ELSE 90 END AS days_whole,
                CASE WHEN d.verdict = 'FAIL' OR (e.verdict = 'PASS' AND pg_temp.roll(a.key || '/mended/' || e.check_id, 7) = 0) THEN 1 ELSE 0 END AS episode,
                CASE WHEN e.verdict = 'FAIL' AND pg_temp.roll(a.key || '/back/' || e.check_id, 8) = 0 THEN 1 + pg_temp.roll(a.key || '/times/' || e.check_id, 3) ELSE 0 END AS comebacks
         FROM load_account a
           JOIN load_organization o ON o.number = a.organization
           JOIN load_example e ON e.example = a.example
           -- What could not be read was read before, of nine accounts in ten.
           LEFT JOIN load_example d ON d.check_id = e.check_id AND d.example = CASE WHEN e.verdict <> 'NOT_EVALUATED' THEN a.example
             WHEN pg_temp.roll(a.key || '/stands', 10) > 0 THEN CASE WHEN pg_temp.roll(a.key || '/stood', 3) = 0 THEN $3::int ELSE $2::int END END
         WHERE (a.n - 1) * $1::int + e.place < o.findings
       ) f
     ) f`,
    [checks.length, dice.passing, dice.failing],
  );
  await client.query("ANALYZE load_finding");
  await client.query(
    `INSERT INTO findings (tenant_id, id, account_id, check_id, number, status, observation, observation_since, verdict,
       reason, severity, assurance, region_counts, short, decided_at, decided_scan_id, decided_month, last_scan_id,
       last_month, unchanged_checks, last_checked_at, episode, first_failed_at, comebacks, created_at, version, owner_id,
       due_at, due_set_by, ticket_url, priority, score, receipt, cause, cause_rank, blind_regions)
     SELECT f.tenant_id, f.id, f.account_id, f.check_id, f.number, f.status, f.observation, f.turned_at, d.verdict, d.reason,
            d.severity, d.assurance, COALESCE(d.region_counts, '{}'), d.short, CASE WHEN d.verdict IS NOT NULL THEN f.decided_at END,
            CASE WHEN d.verdict IS NOT NULL THEN f.decided_scan END,
            CASE WHEN d.verdict IS NOT NULL THEN date_trunc('month', f.decided_at AT TIME ZONE 'UTC')::date END, f.last_scan,
            date_trunc('month', f.last_at AT TIME ZONE 'UTC')::date, pg_temp.roll(f.key || '/unchanged', 80), f.last_at, f.episode,
            CASE WHEN f.episode > 0 THEN f.turned_at END, f.comebacks, f.turned_at, 1 + pg_temp.roll(f.key || '/version', 4),
            f.owner_id, f.due_at, f.due_set_by,
            CASE WHEN f.owner_id IS NOT NULL AND pg_temp.roll(f.key || '/ticket', 6) = 0 THEN 'https://tickets.load.example/SEC-' || f.number END,
            CASE WHEN s.score >= 70 THEN 1 WHEN s.score >= 50 THEN 2 WHEN s.score >= 30 THEN 3 WHEN s.score IS NOT NULL THEN 4 END,
            s.score, s.receipt, d.cause, COALESCE(d.cause_rank, 999), COALESCE(d.blind_regions, '{}')
     FROM (SELECT *, CASE observation WHEN 'unknown' THEN turned_at ELSE last_at END AS decided_at,
                  CASE observation WHEN 'unknown' THEN first_scan ELSE last_scan END AS decided_scan FROM load_finding) f
       LEFT JOIN load_example d ON d.example = f.decided AND d.check_id = f.check_id
       LEFT JOIN LATERAL (${scored}) s ON d.verdict = 'FAIL' AND f.status IN ('open', 'in_progress', 'awaiting_verification')
     ORDER BY f.tenant_id, f.number`,
    [now],
  );
  await client.query(
    `INSERT INTO episodes (tenant_id, finding_id, number, detected_at, detected_scan_id)
     SELECT tenant_id, id, 1, turned_at, first_scan FROM load_finding WHERE episode > 0`,
  );
  // Who works on something has claimed it before, now and then.
  await client.query(
    `INSERT INTO claims (tenant_id, finding_id, episode, claimed_from, claimed_at, claimed_by, note, ended_at, ending)
     SELECT f.tenant_id, f.id, 1, 'in_progress', turned_at + (last_at - turned_at) * 0.8,
            'user:' || COALESCE(f.owner_id, o.members[1]), 'Deployed.',
            CASE WHEN status = 'in_progress' THEN last_at END, CASE WHEN status = 'in_progress' THEN 'refuted' END
     FROM load_finding f JOIN load_organization o ON o.number = f.organization
     WHERE status = 'awaiting_verification' OR (status = 'in_progress' AND observation = 'failing' AND pg_temp.roll(key || '/claimed', 5) = 0)`,
  );
  await client.query(
    `INSERT INTO finding_watchers (tenant_id, finding_id, user_id, since)
     SELECT f.tenant_id, f.id, o.members[1], last_at FROM load_finding f JOIN load_organization o ON o.number = f.organization
     WHERE episode > 0 AND pg_temp.roll(key || '/watched', 200) = 0`,
  );
  await client.query(
    `INSERT INTO counters (tenant_id, name, value)
     SELECT tenant_id, 'finding', max(number) FROM load_finding WHERE number IS NOT NULL GROUP BY 1
     UNION ALL SELECT tenant_id, 'scan', 2 * count(*) FROM load_account GROUP BY 1`,
  );
}

/** The receipt of a finding `f` with the verdict `d`, as version 1 of the formula adds it up at the time $1. */
const scored = `
  SELECT LEAST(100, sum((line ->> 'points')::int))::int AS score,
         jsonb_build_object('version', 1, 'lines', jsonb_agg(line ORDER BY place), 'score', LEAST(100, sum((line ->> 'points')::int)),
           'band', CASE WHEN sum((line ->> 'points')::int) >= 70 THEN 1 WHEN sum((line ->> 'points')::int) >= 50 THEN 2
                        WHEN sum((line ->> 'points')::int) >= 30 THEN 3 ELSE 4 END) AS receipt
  FROM (VALUES
    (1, jsonb_build_object('id', 'severity', 'severity', d.severity,
          'points', CASE d.severity WHEN 'CRITICAL' THEN 40 WHEN 'HIGH' THEN 30 WHEN 'MEDIUM' THEN 20 WHEN 'LOW' THEN 10 ELSE 0 END)),
    (2, CASE WHEN d.has_regions AND cardinality(d.region_counts) = 4 THEN jsonb_build_object('id', 'blind', 'active', NULL,
          'blind', d.region_counts[2] + d.region_counts[3],
          'enabled', d.region_counts[1] + d.region_counts[2] + d.region_counts[3] + d.region_counts[4],
          'points', round(25.0 * (d.region_counts[2] + d.region_counts[3]) / (d.region_counts[1] + d.region_counts[2] + d.region_counts[3] + d.region_counts[4]))::int) END),
    (3, jsonb_build_object('id', 'environment', 'environment', f.environment,
          'points', CASE WHEN f.environment IN ('log-archive', 'management') THEN 15 WHEN f.environment = 'production' THEN 10 WHEN f.environment = 'sandbox' THEN 0 ELSE 4 END)),
    (4, jsonb_build_object('id', 'sla', 'from', to_char(f.turned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'dueAt', to_char(f.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'isOverdue', COALESCE(f.due_at < $1, false),
          'points', CASE WHEN f.due_at IS NULL THEN 0 ELSE round(10 * LEAST(1.0, ($1::date - f.turned_at::date)::numeric / GREATEST(1, f.due_at::date - f.turned_at::date)))::int
                      + CASE WHEN f.due_at < $1 THEN 5 ELSE 0 END END)),
    (5, jsonb_build_object('id', 'recurrence', 'comebacks', f.comebacks, 'points', LEAST(12, 4 * f.comebacks))),
    (6, CASE WHEN d.is_silent IS NOT NULL THEN jsonb_build_object('id', 'silent', 'isSilent', d.is_silent, 'points', CASE WHEN d.is_silent THEN 5 ELSE 0 END) END)
  ) AS lines(place, line) WHERE line IS NOT NULL`;
