import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { catalogViolations } from "@/lib/db/catalog";
import { testDatabase } from "@/lib/db/testing/database";
import { onDatabase } from "@/lib/db/testing/on-database";
import { withClient } from "@/lib/db/with-client";
import { migrate } from "@/lib/installation/migrate";

// An installation that is brought up to date knows what came back before: from the history that it still has.

const database = testDatabase();
const name = `posturio_comebacks_${randomUUID().slice(0, 8)}_test`;
const at = (url: string) => onDatabase(url, name);
const root = mkdtempSync(join(tmpdir(), "posturio-comebacks-"));
const migrations = join("prisma", "migrations");
const added = "20261126112000_comebacks";
const [tenantId, accountId] = [randomUUID(), randomUUID()];

const run = () =>
  migrate({
    adminUrl: database.adminUrl,
    ownerUrl: at(database.ownerUrl),
    appUrl: at(database.appUrl),
    authUrl: at(database.authUrl),
    keeperUrl: at(database.keeperUrl),
    root,
  });

function take(names: readonly string[]) {
  for (const each of names) {
    cpSync(join(migrations, each), join(root, migrations, each), { recursive: true });
  }
}

afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await database.sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

test("comebacks of before are counted, with the scans between which the last one happened", async () => {
  const all = readdirSync(migrations)
    .filter((each) => /^\d/.test(each))
    .sort();
  take(all.filter((each) => each < added));
  await run();
  const [twice, never] = [randomUUID(), randomUUID()];
  // Found failing, passing, failing again, passing, unreadable, failing again: two months, a day for each scan.
  const history = [
    ["2026-10-28", "FAIL", "detected"],
    ["2026-10-29", "PASS", "now_passing"],
    ["2026-10-30", "FAIL", "failing_again"],
    ["2026-10-31", "PASS", "now_passing"],
    ["2026-11-01", "PASS", null],
    ["2026-11-02", "NOT_EVALUATED", "could_not_read"],
    ["2026-11-03", "FAIL", "failing_again"],
    ["2026-11-04", "FAIL", null],
  ] as const;
  const scans = history.map(() => randomUUID());
  await withClient(at(database.superuserUrl), async (client) => {
    await client.query("SET ROLE posturio_keeper");
    for (const month of ["2026-10-01", "2026-11-01"]) {
      await client.query("SELECT create_history_month($1::date)", [month]);
    }
    await client.query("RESET ROLE");
    await client.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'acme', 'Acme')", [tenantId]);
    await client.query(
      `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status)
       VALUES ($1, $2, '111122223333', 'aws', 'prod', 'pst_1', 'draft')`,
      [tenantId, accountId],
    );
    for (const [id, checkId] of [
      [twice, "cloudtrail.not_multi_region"],
      [never, "iam.root_mfa_disabled"],
    ]) {
      await client.query(
        "INSERT INTO findings (tenant_id, id, account_id, check_id, observation_since) VALUES ($1, $2, $3, $4, now())",
        [tenantId, id, accountId, checkId],
      );
    }
    for (const [index, [day, verdict, kind]] of history.entries()) {
      const scan = [tenantId, `${day.slice(0, 7)}-01`, scans[index]];
      for (const [id, checkId, said] of [
        [twice, "cloudtrail.not_multi_region", verdict],
        [never, "iam.root_mfa_disabled", "PASS"],
      ]) {
        await client.query(
          `INSERT INTO evaluations (tenant_id, month, scan_id, check_id, finding_id, check_version, verdict, reason, at, sha256)
           VALUES ($1, $2, $3, $4, $5, 1, $6, 'R', $7, '\\x00')`,
          [...scan, checkId, id, said, day],
        );
      }
      if (kind === null) continue;
      await client.query(
        `INSERT INTO finding_events (tenant_id, month, scan_id, finding_id, at, kind, actor, text)
         VALUES ($1, $2, $3, $4, $5, $6, 'system', 'T')`,
        [...scan, twice, day, kind],
      );
    }
  });
  take([added]);
  expect(await run()).toEqual([added]);
  await withClient(at(database.superuserUrl), async (client) => {
    const { rows } = await client.query(
      `SELECT id::text, comebacks, came_back_scan_id::text AS back, came_back_month::text AS back_month,
              passed_scan_id::text AS passed, passed_month::text AS passed_month
       FROM findings ORDER BY comebacks DESC`,
    );
    expect(rows).toEqual([
      {
        id: twice,
        comebacks: 2,
        back: scans[6],
        back_month: "2026-11-01",
        passed: scans[4],
        passed_month: "2026-11-01",
      },
      { id: never, comebacks: 0, back: null, back_month: null, passed: null, passed_month: null },
    ]);
  });
  // Nothing that was opened for it stayed open; the catalog is judged as this version has it.
  take(all);
  await run();
  expect(await catalogViolations(at(database.appUrl))).toEqual([]);
}, 60_000);
