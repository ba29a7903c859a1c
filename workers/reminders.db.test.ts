import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureDailyWork } from "@/lib/db/system/work-items";
import { testDatabase, userIdOf } from "@/lib/db/testing/database";
import { planRemindersWork } from "@/lib/findings/reminders/plan-reminders-work";
import { listInbox } from "@/lib/inbox/list-inbox";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { type HintQueue, openQueue } from "@/lib/work-items/backend";
import { kinds } from "./kinds";
import { reconcileWork } from "./reconciler";
import { runWork, type WorkRunner } from "./run-work";

const database = testDatabase();
const worker: WorkRunner = { id: "worker", leaseSeconds: 20, stopping: new AbortController().signal };
/** The clock stands at noon of this day, and one more with every test that needs it. */
let today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
let queue: HintQueue;

beforeAll(async () => {
  queue = openQueue(() => {});
  await database.sql(
    "UPDATE installation_clock SET ahead_seconds = ceil(extract(epoch FROM $1::timestamptz - now()))",
    [`${today}T12:00:00Z`],
  );
});
afterAll(() => queue.close());

async function later(days: number): Promise<void> {
  await database.sql("UPDATE installation_clock SET ahead_seconds = ahead_seconds + $1 * 86400", [days]);
  today = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Everything of the kind that is due, as the worker does it. */
async function runAll(kind: string): Promise<void> {
  await reconcileWork(queue, kinds);
  for (const { id } of await database.sql<{ id: string }>(
    "SELECT id FROM work_items WHERE kind = $1 AND state = 'queued'",
    [kind],
  )) {
    await database.sql("UPDATE work_items SET due_at = business_now(), hinted_at = now() WHERE id = $1", [
      id,
    ]);
    await runWork(worker, { v: 2, workId: id });
  }
}

async function remind(): Promise<void> {
  await ensureDailyWork(planRemindersWork);
  await runAll("reminders.plan");
  await runAll("reminders.send");
  const open = await database.sql(
    "SELECT kind, state, outcome FROM work_items WHERE kind LIKE 'reminders.%' AND state <> 'done'",
  );
  expect(open).toEqual([]);
}

/** Findings of accounts of their own, due in so many days, at the end of a day of the organization. */
async function addFindings(
  ctx: TenantContext,
  owner: TenantContext | null,
  days: number,
  { count = 1, status = "open", zone = "UTC" } = {},
): Promise<void> {
  const { tenantId } = ctx;
  await database.sql(
    `WITH a AS (
       INSERT INTO accounts (tenant_id, aws_account_id, partition, name, external_id, role_arn, status)
       SELECT $1, lpad((random() * 1e11)::bigint::text, 12, '1'), 'aws', 'a' || n, gen_random_uuid()::text, 'arn', 'connected'
       FROM generate_series(1, $2) n RETURNING id)
     , s AS (INSERT INTO scan_schedules (tenant_id, account_id, next_due_at, enabled)
       SELECT $1, id, '2100-01-01', false FROM a)
     INSERT INTO findings (tenant_id, account_id, check_id, observation_since, status, owner_id, due_at, due_set_by)
     SELECT $1, id, 'cloudtrail.not_multi_region', now(), $3, $4,
            ((business_now() AT TIME ZONE $6)::date + $5::int + 1)::timestamp AT TIME ZONE $6 - interval '1 millisecond', 'policy'
     FROM a`,
    [tenantId, count, status, owner && userIdOf(owner), days, zone],
  );
}

const told = async (ctx: TenantContext) =>
  (await listInbox(ctx, { limit: 200 })).items.map(({ kind, days }) => `${kind} ${days}`).sort();

test("an owner is reminded 7 and 2 days before, on the day, when it is over and every week after, once each", async () => {
  const acme = await database.makeOrganization("Acme");
  const mina = await database.makeMember(acme, "member");
  await addFindings(acme, mina, 8);
  await addFindings(acme, mina, 7, { status: "awaiting_verification" });
  await addFindings(acme, mina, 7, { status: "closed_out_of_scope" });
  await addFindings(acme, null, 7);
  await addFindings(acme, mina, 200);
  const days = [0, 1, 2, 5, 6, 7, 8, 9, 10, 15, 16, 17, 22, 23];
  const seen: string[][] = [];
  for (const [index, day] of days.entries()) {
    await later(day - (days[index - 1] ?? 0));
    for (let time = 0; time < 2; time += 1) {
      await remind();
      await database.sql("DELETE FROM work_items");
    }
    seen.push(await told(mina));
  }
  const news = seen.map((list, index) => list.filter((one) => !(seen[index - 1] ?? []).includes(one)));
  expect(
    Object.fromEntries(news.flatMap((list, index) => (list.length ? [[days[index], list]] : []))),
  ).toEqual({
    1: ["due 7"],
    6: ["due 2"],
    8: ["due 0"],
    9: ["overdue 1"],
    16: ["overdue 8"],
    23: ["overdue 15"],
  });
  expect(await told(acme)).toEqual([]);
}, 60_000);

test("what another day makes of it is told anew, and a day that the worker missed costs no word of what is overdue", async () => {
  const acme = await database.makeOrganization("Late");
  await addFindings(acme, acme, -4);
  await remind();
  await database.sql("DELETE FROM work_items");
  expect(await told(acme)).toEqual(["overdue 4"]);
  await database.sql("UPDATE findings SET due_at = due_at + interval '2 days' WHERE tenant_id = $1", [
    acme.tenantId,
  ]);
  await remind();
  await database.sql("DELETE FROM work_items");
  expect(await told(acme)).toEqual(["overdue 2", "overdue 4"]);
});

test("days are those of the organization", async () => {
  const acme = await database.makeOrganization("Auckland");
  await database.sql("INSERT INTO triage_settings (tenant_id, time_zone) VALUES ($1, 'Pacific/Auckland')", [
    acme.tenantId,
  ]);
  // At noon in UTC it is the next day there.
  await addFindings(acme, acme, 0, { zone: "Pacific/Auckland" });
  await addFindings(acme, acme, 2, { zone: "Pacific/Auckland" });
  await remind();
  await database.sql("DELETE FROM work_items");
  expect(await told(acme)).toEqual(["due 0", "due 2"]);
});

test("many are read page by page, each told once, also when the worker died in between; others hear nothing", async () => {
  const acme = await database.makeOrganization("Many");
  const beta = await database.makeOrganization("Beta");
  await addFindings(acme, acme, 2, { count: 1_203 });
  await remind();
  await database.sql(
    "DELETE FROM inbox_items WHERE id IN (SELECT id FROM inbox_items WHERE tenant_id = $1 LIMIT 600)",
    [acme.tenantId],
  );
  await database.sql("DELETE FROM work_items");
  await remind();
  await database.sql("DELETE FROM work_items");
  const counted = await database.sql(
    "SELECT tenant_id, count(*)::int, count(DISTINCT finding_id)::int AS findings FROM inbox_items WHERE tenant_id = ANY($1) GROUP BY 1",
    [[acme.tenantId, beta.tenantId]],
  );
  expect(counted).toEqual([{ tenant_id: acme.tenantId, count: 1_203, findings: 1_203 }]);
});

test("inboxes are cleared in the same round", async () => {
  const acme = await database.makeOrganization("Clear");
  await addFindings(acme, acme, 2);
  await database.sql(
    `INSERT INTO inbox_items (tenant_id, user_id, kind, because, cause, actor, at, read_at)
     SELECT $1, $2, 'assigned', 'owner', n::text, 'system', business_now() - interval '100 days',
            CASE WHEN n > 2 THEN business_now() - interval '91 days' END
     FROM generate_series(1, 2503) n`,
    [acme.tenantId, userIdOf(acme)],
  );
  await remind();
  await database.sql("DELETE FROM work_items");
  expect(await told(acme)).toEqual(["assigned null", "assigned null", "due 2"]);
});
