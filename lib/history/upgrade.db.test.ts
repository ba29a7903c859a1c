import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogViolations } from "@/lib/db/catalog";
import { createClient } from "@/lib/db/client";
import type { TenantDb } from "@/lib/db/tenant-db";
import { testDatabase } from "@/lib/db/testing/database";
import { onDatabase } from "@/lib/db/testing/on-database";
import { withClient } from "@/lib/db/with-client";
import { canonicalJson, sha256OfJson, sha256OfText } from "@/lib/evidence/canonical-json";
import { storedEvaluations } from "@/lib/findings/stored-evaluation";
import { migrate } from "@/lib/installation/migrate";
import { answersOf, callsOf } from "@/lib/runs/run-store";
import { readScanFacts } from "./scan-facts";

// An installation from before the history was partitioned keeps all its evidence: every call with its hash, every
// evaluation with its hash, every line of history.

const database = testDatabase();
const name = `posturio_upgrade_${randomUUID().slice(0, 8)}_test`;
const at = (url: string) => onDatabase(url, name);
const root = mkdtempSync(join(tmpdir(), "posturio-upgrade-"));
const tenantId = randomUUID();
const [accountId, findingId] = [randomUUID(), randomUUID()];
const scans = [
  { id: randomUUID(), number: 1, day: "2026-08-31T23:59:00.000Z", month: "2026-08-01" },
  { id: randomUUID(), number: 2, day: "2026-09-01T10:00:00.000Z", month: "2026-09-01" },
];
const evaluations = scans.map(() => randomUUID());
const arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";

const responses = (day: string) => [
  {
    api: "ec2:DescribeRegions",
    response: { Regions: [{ RegionName: "us-east-1", OptInStatus: "opt-in-not-required" }] },
  },
  {
    api: "cloudtrail:DescribeTrails",
    response: { trailList: [{ TrailARN: arn, Name: "audit é", IsMultiRegionTrail: true }] },
  },
  {
    api: "cloudtrail:GetTrailStatus",
    response: { IsLogging: true, LatestDeliveryTime: day, LatestDeliveryError: "", TimeLoggingStopped: "" },
  },
];
const facts = (day: string) => ({
  context: { now: day },
  facts: { organization: { ok: true, value: { role: "MANAGEMENT", organizationId: "o-1" } } },
});
const result = { verdict: "PASS", reason: "COVERED", rules: [] };
const description = (day: string) => ({ short: "17 of 17 logged", sentence: [{ text: day }] });
const evaluationHash = (day: string) =>
  sha256OfText(
    `{"description":${canonicalJson(description(day))},"evaluation":${canonicalJson(result)},"facts":${canonicalJson(facts(day))}}`,
  );

beforeAll(async () => {
  mkdirSync(join(root, "prisma", "migrations"), { recursive: true });
  for (const migration of ["20261122190000_init", "20261122211500_evaluations_of_organizations"]) {
    cpSync(join("prisma", "migrations", migration), join(root, "prisma", "migrations", migration), {
      recursive: true,
    });
  }
  await migrate({ ...urls(), root });
  await withClient(at(database.superuserUrl), async (client) => {
    await client.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'acme', 'Acme')", [tenantId]);
    await client.query(
      `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status, role_arn)
       VALUES ($1, $2, '111122223333', 'aws', 'prod', 'pst_1', 'connected', 'arn:aws:iam::111122223333:role/PosturioReadOnly')`,
      [tenantId, accountId],
    );
    await client.query(
      `INSERT INTO findings (tenant_id, id, account_id, check_id, observation_since, decided_evaluation_id, last_evaluation_id)
       VALUES ($1, $2, $3, 'cloudtrail.not_multi_region', now(), $4, $5)`,
      [tenantId, findingId, accountId, evaluations[0], evaluations[1]],
    );
    for (const [index, { id, number, day }] of scans.entries()) {
      await client.query(
        `INSERT INTO scans (tenant_id, id, number, account_id, trigger, status, started_at, finished_at)
         VALUES ($1, $2, $3, $4, 'schedule', 'complete', $5, $5)`,
        [tenantId, id, number, accountId, day],
      );
      for (const [order, { api, response }] of responses(day).entries()) {
        await client.query(
          `INSERT INTO readings (tenant_id, scan_id, attempt, api, region, target, outcome, request_id, at, duration_ms, response, sha256)
           VALUES ($1, $2, 1, $3, 'us-east-1', $4, 'ok', $5, $6::timestamptz + make_interval(secs => $7), 12, $8, $9)`,
          [
            tenantId,
            id,
            api,
            arn,
            `req-${number}-${order}`,
            day,
            order / 1000,
            JSON.stringify(response),
            sha256OfJson(response),
          ],
        );
      }
      await client.query(
        `INSERT INTO readings (tenant_id, scan_id, attempt, api, region, outcome, error_code, message, at, duration_ms)
         VALUES ($1, $2, 1, 'cloudtrail:ListTags', 'us-east-1', 'denied', 'AccessDenied', 'no', $3::timestamptz + interval '1 second', 3)`,
        [tenantId, id, day],
      );
      await client.query(
        `INSERT INTO evaluations (tenant_id, id, scan_id, finding_id, check_id, check_version, verdict, reason, assurance, at, result, description, facts, sha256)
         VALUES ($1, $2, $3, $4, 'cloudtrail.not_multi_region', 1, 'PASS', 'COVERED', 'INFERRED', $5, $6, $7, $8, $9)`,
        [
          tenantId,
          evaluations[index],
          id,
          findingId,
          day,
          JSON.stringify(result),
          JSON.stringify(description(day)),
          JSON.stringify(facts(day)),
          evaluationHash(day),
        ],
      );
      await client.query(
        `INSERT INTO finding_events (tenant_id, finding_id, at, kind, actor, scan_id, text)
         VALUES ($1, $2, $3, 'still_passing', 'system', $4, 'Still passing: 17 of 17 logged.')`,
        [tenantId, findingId, day, id],
      );
    }
    await client.query(
      `INSERT INTO dispatch (tenant_id, kind, subject_id, account_id, state, attempt, deadline_at) VALUES
         ($1, 'scan', gen_random_uuid(), $2, 'running', 2, now() + interval '1 hour'),
         ($1, 'scan', gen_random_uuid(), $2, 'done', 1, now())`,
      [tenantId, accountId],
    );
  });
  expect(await migrate(urls())).toContain("20261126030000_history");
}, 60_000);

afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await database.sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

function urls() {
  return {
    adminUrl: database.adminUrl,
    ownerUrl: at(database.ownerUrl),
    appUrl: at(database.appUrl),
    authUrl: at(database.authUrl),
    keeperUrl: at(database.keeperUrl),
  };
}

/** As the product reads it, under the organization's context. */
async function read<T>(work: (db: TenantDb) => Promise<T>): Promise<T> {
  const client = createClient(at(database.appUrl), 1);
  try {
    return await client.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
      return work(tx as unknown as TenantDb);
    });
  } finally {
    await client.$disconnect();
  }
}

test("every call is there, in the month of its scan, and its answer gives the hash that was written when it was read", async () => {
  for (const { id, day, month } of scans) {
    const { calls, answers } = await read(async (db) => {
      const found = await callsOf(db, { tenantId, month, subjectId: id, fence: 1 });
      return { calls: found, answers: await answersOf(db, tenantId, month, found) };
    });
    expect(calls.map(({ api, outcome }) => [api, outcome])).toEqual([
      ...responses(day).map(({ api }) => [api, "ok"]),
      ["cloudtrail:ListTags", "denied"],
    ]);
    expect(answers).toEqual([...responses(day).map(({ response }) => response), null]);
    expect(calls[0]).toMatchObject({ at: day, requestId: expect.stringMatching(/^req-/), durationMs: 12 });
  }
});

test("every evaluation is there, and its hash is that of what is stored", async () => {
  for (const { id, day, month } of scans) {
    const { stored, storedFacts, hash } = await read(async (db) => ({
      stored: (
        await storedEvaluations(db, tenantId, [{ id, month: new Date(month) }], { withChange: true })
      )[0],
      storedFacts: await readScanFacts(db, tenantId, month, id),
      hash: await db.evaluation.findFirst({ where: { scanId: id }, select: { sha256: true } }),
    }));
    expect(stored).toMatchObject({ evaluation: result, description: description(day) });
    expect(storedFacts).toEqual(facts(day));
    expect(Buffer.from(hash?.sha256 ?? []).toString("hex")).toBe(evaluationHash(day));
  }
});

test("findings, history, and what is owed are carried over", async () => {
  const { finding, events, organization } = await read(async (db) => ({
    finding: await db.finding.findFirst(),
    events: await db.findingEvent.findMany({ orderBy: { at: "asc" } }),
    organization: await db.accountFact.findMany(),
  }));
  expect(finding).toMatchObject({
    decidedScanId: scans[0]?.id,
    lastScanId: scans[1]?.id,
    // Of the evaluation that stands, from the history.
    assurance: "INFERRED",
  });
  expect(events.map(({ month, scanId }) => [month.toISOString().slice(0, 10), scanId])).toEqual(
    scans.map(({ id, month }) => [month, id]),
  );
  expect(organization).toMatchObject([{ name: "organization", value: { role: "MANAGEMENT" } }]);
  const owed = await withClient(at(database.superuserUrl), (client) =>
    client.query("SELECT kind, state, fence FROM work_items"),
  );
  expect(owed.rows).toEqual([{ kind: "scan", state: "queued", fence: 2 }]);
  expect(await catalogViolations(at(database.appUrl))).toEqual([]);
});
