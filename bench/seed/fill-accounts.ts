import type pg from "pg";
import type { PlannedOrganization } from "./load-sizes";
import type { Dice } from "./tables";

const uuid = (key: string) => `pg_temp.id(${key})`;

/** Organizations with their members, and what is to become of their accounts, in the session's own tables. */
export async function beginOrganizations(
  client: pg.ClientBase,
  seed: string,
  organizations: readonly PlannedOrganization[],
): Promise<void> {
  await client.query("TRUNCATE load_organization, load_account, load_finding");
  await client.query(
    `INSERT INTO load_organization
     SELECT r.number, ${uuid("$1 || '/organization/' || r.number")}, r.slug, r.accounts, r.scheduled, r.findings, r.days,
            r.before, ARRAY(SELECT ${uuid("$1 || '/member/' || r.number || '/' || m")} FROM generate_series(1, r.members) m)
     FROM json_to_recordset($2::json) AS r(
       number int, slug text, accounts int, scheduled int, findings int, days int, before int, members int)`,
    [seed, JSON.stringify(organizations)],
  );
  await client.query(
    `INSERT INTO organizations (id, slug, name, created_at)
     SELECT tenant_id, slug, initcap(replace(slug, '-', ' ')), now() - interval '400 days' FROM load_organization`,
  );
  await client.query(
    `INSERT INTO users (id, email, name, password_hash)
     SELECT u.id, slug || '-' || place || '@load.example',
            (ARRAY['Ana', 'Ben', 'Chi', 'Dan', 'Eve', 'Finn', 'Gus', 'Hugo', 'Ines', 'Jon', 'Kim', 'Lea'])[1 + (place - 1) % 12]
              || ' ' || initcap(replace(slug, '-', ' ')), 'nobody signs in'
     FROM load_organization, unnest(members) WITH ORDINALITY AS u(id, place)`,
  );
  await client.query(
    `INSERT INTO memberships (tenant_id, user_id, role, can_approve)
     SELECT tenant_id, u.id, CASE place WHEN 1 THEN 'admin' WHEN 2 THEN 'lead' ELSE 'member' END, place = 1
     FROM load_organization, unnest(members) WITH ORDINALITY AS u(id, place)`,
  );
}

/** Accounts with their schedules, and of each the scan that found it as it is and the last one. */
export async function insertAccounts(
  client: pg.ClientBase,
  seed: string,
  dice: Dice,
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO load_account
     SELECT tenant_id, number, ${uuid("key || '/id'")}, n, key,
            environment || '-' || (ARRAY['payments', 'search', 'billing', 'web', 'data', 'media', 'ledger', 'edge'])[1 + pg_temp.roll(key || '/team', 8)]
              || '-' || lpad(n::text, 5, '0'),
            CASE WHEN n = 1 THEN 'management' WHEN n = 2 THEN 'log-archive' WHEN environment = 'dev' THEN 'development'
                 WHEN environment = 'prod' THEN 'production' ELSE environment END,
            example,
            is_scheduled, pg_temp.roll(key || '/gone', 500) = 0, ${uuid("key || '/first'")}, ${uuid("key || '/last'")},
            $4::timestamptz - interval '25 hours' - (pg_temp.roll(key || '/turned', 1000) ^ 2 / 1000000.0) * interval '84 days',
            $4::timestamptz - pg_temp.roll(key || '/last', 86400) * interval '1 second'
     FROM (
       SELECT o.tenant_id, o.number, n, $1 || '/account/' || (o.before + n) AS key, n <= o.scheduled AS is_scheduled,
              ($2::int[])[1 + pg_temp.roll($1 || '/account/' || (o.before + n) || '/example', $3::int)] AS example,
              (ARRAY['prod', 'prod', 'prod', 'prod', 'staging', 'staging', 'dev', 'dev', 'sandbox', 'other'])[
                1 + pg_temp.roll($1 || '/account/' || (o.before + n) || '/environment', 10)] AS environment
       FROM load_organization o CROSS JOIN LATERAL generate_series(1, o.accounts) n
     ) a`,
    [seed, dice.examples, dice.examples.length, now],
  );
  await client.query("ANALYZE load_account");
  await client.query(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, environment, external_id, role_arn, status,
                           status_reason, created_at, connected_at, disconnected_at, last_read_at, labels)
     SELECT a.tenant_id, a.id, (100000000000 + o.before + a.n)::text, 'aws', a.name, a.environment, 'pst_' || md5(key || '/external'),
            'arn:aws:iam::' || (100000000000 + o.before + a.n) || ':role/PosturioReadOnly',
            CASE WHEN is_disconnected THEN 'disconnected' WHEN e.reason = 'ROLE_NOT_ASSUMABLE' THEN 'unreachable' ELSE 'connected' END,
            CASE WHEN NOT is_disconnected AND e.reason = 'ROLE_NOT_ASSUMABLE' THEN e.short END,
            turned_at, turned_at, CASE WHEN is_disconnected THEN last_at END,
            CASE WHEN e.reason = 'ROLE_NOT_ASSUMABLE' THEN turned_at ELSE last_at END,
            CASE pg_temp.roll(key || '/label', 3) WHEN 0 THEN ARRAY[split_part(a.name, '-', 2)] ELSE '{}'::text[] END
     FROM load_account a JOIN load_organization o ON o.number = a.organization
       JOIN load_example e ON e.example = a.example AND e.place = 0`,
  );
  await client.query(
    `INSERT INTO scan_schedules (tenant_id, account_id, next_due_at, trust_due_at)
     SELECT tenant_id, id, last_at + interval '1 day', $1::timestamptz + interval '7 days'
     FROM load_account WHERE is_scheduled AND NOT is_disconnected`,
    [now],
  );
  await client.query(
    `INSERT INTO scans (tenant_id, id, number, account_id, trigger, status, requested_at, started_at, finished_at,
                        engine_version, regions_total, regions_read, api_calls, month)
     SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY at, id), account_id, trigger,
            CASE WHEN is_read THEN 'complete' ELSE 'failed' END, at, at, at + interval '2 seconds', '0.1.0', 17,
            CASE WHEN is_read THEN 17 ELSE 0 END, 42, date_trunc('month', at AT TIME ZONE 'UTC')::date
     FROM (
       SELECT tenant_id, first_scan AS id, id AS account_id, 'connect' AS trigger, turned_at AS at, true AS is_read
       FROM load_account
       UNION ALL
       SELECT a.tenant_id, a.last_scan, a.id, CASE WHEN is_scheduled THEN 'schedule' ELSE 'manual' END, last_at, e.reason <> 'ROLE_NOT_ASSUMABLE'
       FROM load_account a JOIN load_example e ON e.example = a.example AND e.place = 0
     ) s`,
  );
}
