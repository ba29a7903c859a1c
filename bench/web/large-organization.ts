import { randomUUID } from "node:crypto";
import pg from "pg";

export interface LargeOrganization {
  readonly tenantId: string;
  readonly organization: string;
  readonly findingKey: string;
}

/**
 * An organization with so many accounts, each with a finding of two checks and a schedule, and the person as its
 * admin. Three of ten findings fail, one could not be judged.
 */
export async function insertLargeOrganization(
  url: string,
  userId: string,
  accounts: number,
): Promise<LargeOrganization> {
  const tenantId = randomUUID();
  const organization = "large";
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, 'Large')", [
      tenantId,
      organization,
    ]);
    await client.query(
      "INSERT INTO memberships (tenant_id, user_id, role, can_approve) VALUES ($1, $2, 'admin', true)",
      [tenantId, userId],
    );
    await client.query(
      `INSERT INTO accounts (tenant_id, aws_account_id, partition, name, environment, external_id, role_arn, status,
                             connected_at, last_read_at)
       SELECT $1, (100000000000 + i)::text, 'aws',
              (ARRAY['prod', 'staging', 'dev', 'data', 'legacy'])[1 + i % 5] || '-' || md5(i::text),
              (ARRAY['production', 'staging', 'development'])[1 + i % 3], 'pst_' || md5('x' || i), 'arn:aws:iam::1:role/P',
              CASE WHEN i % 200 = 0 THEN 'unreachable' ELSE 'connected' END, now() - interval '90 days',
              now() - make_interval(mins => i % 1440)
       FROM generate_series(1, $2::int) AS i`,
      [tenantId, accounts],
    );
    await client.query(
      `INSERT INTO scan_schedules (tenant_id, account_id, next_due_at, trust_due_at)
       SELECT tenant_id, id, now() + interval '1 day', now() + interval '1 year' FROM accounts WHERE tenant_id = $1`,
      [tenantId],
    );
    await client.query(
      `INSERT INTO findings (tenant_id, account_id, check_id, number, status, observation, observation_since, verdict,
                             reason, severity, short, decided_at, last_checked_at, episode)
       SELECT $1, id, check_id, CASE WHEN place < 3 THEN row_number() OVER (PARTITION BY place < 3) END,
              CASE WHEN place < 3 THEN 'open' ELSE 'none' END,
              CASE WHEN place < 3 THEN 'failing' WHEN place = 3 THEN 'unknown' ELSE 'passing' END, now(),
              CASE WHEN place < 3 THEN 'FAIL' WHEN place > 3 THEN 'PASS' END,
              CASE WHEN place < 3 THEN 'SINGLE_REGION_ONLY' END,
              CASE WHEN place < 3 THEN (ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])[1 + n % 4] END,
              CASE WHEN place < 3 THEN '11 of 17 not logged' WHEN place > 3 THEN 'All 17 logged' END,
              now() - interval '1 hour', now(), CASE WHEN place < 3 THEN 1 ELSE 0 END
       FROM (SELECT a.id, c.check_id, n, (n + c.shift) % 10 AS place
             FROM (SELECT id, row_number() OVER ()::int AS n FROM accounts WHERE tenant_id = $1) a,
                  (VALUES ('cloudtrail.not_multi_region', 0), ('iam.root_mfa_disabled', 5)) AS c (check_id, shift)) rows`,
      [tenantId],
    );
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
  return { tenantId, organization, findingKey: "PST-1" };
}
