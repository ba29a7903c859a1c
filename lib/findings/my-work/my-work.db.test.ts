import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { withClient } from "@/lib/db/with-client";
import { countFailing } from "@/lib/findings/count-failing";
import { insertScanResults } from "@/lib/findings/stored-evaluation";
import { monthOf } from "@/lib/history/month";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { getMyWork } from "./get-my-work";

const database = testDatabase();
const checkId = "cloudtrail.not_multi_region";
let acme: TenantContext;
let mina: TenantContext;
/** Who owns more than a page. */
let ola: TenantContext;

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  mina = await database.makeMember(acme, "member");
});

let numbers = 0;

/** A finding of an account of its own. */
async function add(
  owner: TenantContext | null,
  days: number | null,
  more: { status?: string; episode?: number; accountStatus?: string; organization?: TenantContext } = {},
): Promise<{ id: string; key: string }> {
  const { tenantId } = more.organization ?? acme;
  const number = ++numbers;
  const [row] = await database.sql<{ id: string }>(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, environment, external_id, role_arn, status)
       VALUES ($1, lpad($2::int::text, 12, '0'), 'aws', 'acme-' || $2, 'production', gen_random_uuid()::text, 'arn', $7)
       RETURNING id)
     INSERT INTO findings (tenant_id, account_id, check_id, number, observation, observation_since, status, owner_id,
                           due_at, due_set_by, short, episode)
     SELECT $1, id, $8, $2, 'failing', now(), $3, $4,
            (business_now()::date + $5::int + 1)::timestamptz - interval '1 millisecond',
            CASE WHEN $5::int IS NULL THEN NULL ELSE 'policy' END, '11 of 17 not logged', $6 FROM a RETURNING id::text`,
    [
      tenantId,
      number,
      more.status ?? "open",
      owner && userIdOf(owner),
      days,
      more.episode ?? 1,
      more.accountStatus ?? "connected",
      checkId,
    ],
  );
  return { id: row?.id ?? "", key: `PST-${number}` };
}

/** What the last scan of the finding's account said, as pages read it. */
async function say(findingId: string, text: string): Promise<void> {
  const scanId = randomUUID();
  const month = monthOf(new Date());
  const description = {
    sentence: [{ text, tone: "blind" }],
    short: "",
    sections: [],
    change: {
      action: "CONVERT",
      title: "Convert it",
      reasons: [],
      command: [{ text: "aws cloudtrail update-trail \\\n  --name audit" }],
      steps: [],
      notes: [],
    },
    advisories: [],
    missingPermissions: [],
  } as never;
  await withTenant(acme, (db) =>
    insertScanResults(db, acme.tenantId, month, scanId, [
      { evaluation: { checkId, verdict: "FAIL", remediation: { action: "NONE" } } as never, description },
    ]),
  );
  await database.sql("UPDATE findings SET decided_scan_id = $2, decided_month = $3 WHERE id = $1", [
    findingId,
    scanId,
    month,
  ]);
}

test("is what its owner has to fix, the soonest first, what waits, and what they watch of others", async () => {
  const later = await add(mina, 20);
  const never = await add(mina, null);
  const over = await add(mina, -2);
  const soon = await add(mina, 3, { status: "in_progress" });
  const waiting = await add(mina, 1, { status: "awaiting_verification" });
  const watched = await add(acme, 5);
  await add(mina, null, { status: "closed_out_of_scope" });
  await add(null, 1);
  for (const { id } of [watched, over]) {
    await database.sql("INSERT INTO finding_watchers (tenant_id, finding_id, user_id) VALUES ($1, $2, $3)", [
      acme.tenantId,
      id,
      userIdOf(mina),
    ]);
  }
  await say(over.id, "11 Regions are blind.");
  await say(later.id, "Never read.");
  const work = await getMyWork(mina);
  expect(work.toFix.map(({ key, due }) => [key, due?.daysLeft ?? null])).toEqual([
    [over.key, -2],
    [soon.key, 3],
    [later.key, 20],
    [never.key, null],
  ]);
  expect(work.toFix.map(({ fix }) => fix)).toEqual([
    {
      sentence: [{ text: "11 Regions are blind.", tone: "blind" }],
      command: [{ text: "aws cloudtrail update-trail --name audit" }],
    },
    null,
    null,
    null,
  ]);
  expect(work.waiting.map(({ key }) => key)).toEqual([waiting.key]);
  expect(work.watched.map(({ key }) => key)).toEqual([watched.key]);
  expect(await countFailing(mina)).toMatchObject({ mine: 4 });
  expect(await countFailing(acme)).toMatchObject({ mine: 1 });
});

test("can be claimed in one step by its owner, unless a word more or a readable account is needed", async () => {
  const lena = await database.makeMember(acme, "member");
  const plain = await add(lena, 1);
  const third = await add(lena, 2, { episode: 3 });
  const unread = await add(lena, 3, { accountStatus: "unreachable" });
  const { toFix } = await getMyWork(lena);
  expect(toFix.map(({ key, mayClaim }) => [key, mayClaim])).toEqual([
    [plain.key, true],
    [third.key, false],
    [unread.key, false],
  ]);
});

test("is read page by page, each once, also where nothing is due", async () => {
  ola = await database.makeMember(acme, "member");
  for (let count = 0; count < 60; count += 1) await add(ola, count % 11);
  for (let count = 0; count < 55; count += 1) await add(ola, null);
  const pages: number[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await getMyWork(ola, { cursor });
    pages.push(page.toFix.length);
    for (const { key } of page.toFix) seen.add(key);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(pages).toEqual([50, 50, 15]);
  expect(seen.size).toBe(115);
  await expect(getMyWork(ola, { cursor: "x" })).rejects.toMatchObject({ code: "invalid_input" });
});

test("is nobody else's: another organization and a token see none of it", async () => {
  const beta = await database.makeOrganization("Beta");
  expect(await getMyWork(beta)).toMatchObject({
    toFix: [],
    waiting: [],
    watched: [],
    inbox: { items: [], unread: 0 },
  });
  await expect(getMyWork(await database.systemContext(acme))).rejects.toMatchObject({ code: "forbidden" });
});

test("is read in the order of an index, as the product's role", async () => {
  await withClient(database.appUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT set_config('app.tenant_id', $1, true)", [acme.tenantId]);
    // The tables of a test are so small that any other way is as cheap.
    for (const way of ["sort", "incremental_sort"]) await client.query(`SET LOCAL enable_${way} = off`);
    const { rows } = await client.query<{ "QUERY PLAN": string }>(
      `EXPLAIN SELECT id FROM findings
       WHERE tenant_id = '${acme.tenantId}' AND owner_id = '${userIdOf(ola)}' AND status IN ('open', 'in_progress', 'reopened')
         AND (due_at, id) > ('-infinity'::timestamptz, '${randomUUID()}'::uuid) ORDER BY due_at, id LIMIT 51`,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toMatch(/Index (Only )?Scan using findings_/);
    expect(plan).not.toMatch(/Sort|Seq Scan/);
    await client.query("ROLLBACK");
  });
});
