import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import {
  assertLease,
  claimDispatch,
  extendLease,
  FencedOut,
  finishDispatch,
  insertDispatch,
  type Lease,
  requeueDispatch,
} from "./dispatch";
import { admitDue, takeLostHints } from "./dispatch-queue";
import { dueSchedules, setScheduleOf, takeDueSchedule } from "./schedules";

const database = testDatabase();
const wide = { perWorker: 1000, perTenant: 1000 };

beforeEach(async () => {
  await database.sql("DELETE FROM dispatch");
  await database.sql("DELETE FROM scan_schedules");
});

async function owe(
  ctx: TenantContext,
  rest: { accountId?: string; priority?: 0 | 1; delaySeconds?: number } = {},
) {
  const job = {
    tenantId: ctx.tenantId,
    kind: "scan" as const,
    subjectId: randomUUID(),
    accountId: randomUUID(),
  };
  await withTenant(ctx, (db) =>
    insertDispatch(db, { ...job, priority: 1, giveUpAfterSeconds: 600, ...rest }),
  );
  return { ...job, attempt: 1 };
}

async function claimed(ctx: TenantContext, owner = "worker-1", seconds = 20): Promise<Lease> {
  const lease = await claimDispatch(await owe(ctx), owner, seconds);
  if (!lease) throw new Error("not claimed");
  return lease;
}

describe("admission", () => {
  test("five hundred scans of one organization do not delay the one of another", async () => {
    const [many, one] = [await database.makeOrganization("Many"), await database.makeOrganization("One")];
    await database.sql(
      `INSERT INTO dispatch (tenant_id, kind, subject_id, account_id, due_at, deadline_at)
       SELECT $1, 'scan', gen_random_uuid(), gen_random_uuid(), now() - interval '1 hour', now() + interval '1 hour'
       FROM generate_series(1, 500)`,
      [many.tenantId],
    );
    const lonely = await owe(one);
    const first = await admitDue({ perWorker: 10, perTenant: 5 });
    expect(first.filter((hint) => hint.tenantId === many.tenantId)).toHaveLength(5);
    expect(first.map((hint) => hint.subjectId)).toContain(lonely.subjectId);
    expect(await admitDue({ perWorker: 10, perTenant: 5 })).toEqual([]);
  });

  test("what a person waits for goes before what is scheduled", async () => {
    const ctx = await database.makeOrganization("Priority");
    await owe(ctx, { priority: 1 });
    await owe(ctx, { priority: 1 });
    const awaited = await owe(ctx, { priority: 0 });
    expect((await admitDue({ perWorker: 1, perTenant: 5 })).map((hint) => hint.subjectId)).toEqual([
      awaited.subjectId,
    ]);
  });

  test("an account has one job out at a time, and nothing goes out before it is due", async () => {
    const ctx = await database.makeOrganization("One at a time");
    const accountId = randomUUID();
    await owe(ctx, { accountId });
    await owe(ctx, { accountId });
    await owe(ctx, { delaySeconds: 60 });
    expect(await admitDue(wide)).toHaveLength(1);
    expect(await admitDue(wide)).toHaveLength(0);
  });

  test("ten dispatchers at once give each hint out once", async () => {
    const ctx = await database.makeOrganization("Many dispatchers");
    for (let index = 0; index < 20; index += 1) await owe(ctx);
    const rounds = await Promise.all(Array.from({ length: 10 }, () => admitDue(wide)));
    const later = await admitDue(wide);
    const given = [...rounds.flat(), ...later].map((hint) => hint.subjectId);
    expect(given).toHaveLength(20);
    expect(new Set(given).size).toBe(20);
  });

  test("a hint that nobody took is given out again, a taken one is not", async () => {
    const ctx = await database.makeOrganization("Lost");
    const lost = await owe(ctx);
    const taken = await owe(ctx);
    await admitDue(wide);
    await claimDispatch(taken, "worker-1", 20);
    expect(await takeLostHints(15)).toEqual([]);
    await database.sql("UPDATE dispatch SET dispatched_at = now() - interval '16 seconds'");
    expect((await takeLostHints(15)).map((hint) => hint.subjectId)).toEqual([lost.subjectId]);
  });
});

describe("the lease", () => {
  test("is taken once, however many try", async () => {
    const job = await owe(await database.makeOrganization("Once"));
    const tries = await Promise.all(
      Array.from({ length: 10 }, (_, index) => claimDispatch(job, `w${index}`, 20)),
    );
    expect(tries.filter((lease) => lease !== null)).toHaveLength(1);
  });

  test("is not given for another attempt, another organization, or another kind", async () => {
    const [mine, other] = [
      await database.makeOrganization("Mine"),
      await database.makeOrganization("Theirs"),
    ];
    const job = await owe(mine);
    expect(await claimDispatch({ ...job, attempt: 2 }, "w", 20)).toBeNull();
    expect(await claimDispatch({ ...job, tenantId: other.tenantId }, "w", 20)).toBeNull();
    expect(await claimDispatch({ ...job, kind: "connection_test" }, "w", 20)).toBeNull();
  });

  test("once expired it cannot be extended nor written under, even if nobody else took it", async () => {
    const ctx = await database.makeOrganization("Paused");
    const lease = await claimed(ctx);
    expect(await extendLease(lease, 20)).toBe(true);
    await database.sql("UPDATE dispatch SET lease_until = now() - interval '1 millisecond'");
    expect(await extendLease(lease, 20)).toBe(false);
    await expect(withTenant(ctx, (db) => assertLease(db, lease))).rejects.toThrow(FencedOut);
  });

  test("of an earlier attempt writes nothing after the next has begun", async () => {
    const ctx = await database.makeOrganization("Fenced");
    const lease = await claimed(ctx);
    const expired = { tenantId: lease.tenantId, subjectId: lease.subjectId, attempt: lease.attempt };
    await database.sql("UPDATE dispatch SET lease_until = now() - interval '1 second'");
    expect(await withTenant(ctx, (db) => requeueDispatch(db, expired, 0))).toEqual({
      attempt: 2,
    });
    const next = await claimDispatch({ ...lease, attempt: 2 }, "worker-2", 20);
    expect(next).not.toBeNull();
    await expect(withTenant(ctx, (db) => assertLease(db, lease))).rejects.toThrow(FencedOut);
    await withTenant(ctx, (db) => assertLease(db, next as Lease));
  });

  test("of a live worker cannot be taken away, and a finished obligation cannot be claimed", async () => {
    const ctx = await database.makeOrganization("Alive");
    const lease = await claimed(ctx);
    const { tenantId, subjectId, attempt } = lease;
    expect(
      await withTenant(ctx, (db) => requeueDispatch(db, { tenantId, subjectId, attempt }, 0)),
    ).toBeNull();
    await withTenant(ctx, (db) => finishDispatch(db, tenantId, subjectId));
    expect(await claimDispatch(lease, "worker-2", 20)).toBeNull();
    await expect(withTenant(ctx, (db) => assertLease(db, lease))).rejects.toThrow(FencedOut);
  });
});

describe("schedules", () => {
  test("of accounts connected together do not fall together, and none waits longer than its period", async () => {
    const ctx = await database.makeOrganization("Jitter");
    await withTenant(ctx, async (db) => {
      for (let index = 0; index < 50; index += 1) {
        await setScheduleOf(db, ctx.tenantId, randomUUID(), { everyMinutes: 1440, enabled: true });
      }
    });
    const rows = await database.sql<{ hours: number }>(
      "SELECT (extract(epoch FROM next_due_at - now()) / 3600)::float8 AS hours FROM scan_schedules",
    );
    const hours = rows.map((row) => row.hours);
    expect(Math.min(...hours)).toBeGreaterThan(21.5);
    expect(Math.max(...hours)).toBeLessThanOrEqual(24);
    expect(Math.max(...hours) - Math.min(...hours)).toBeGreaterThan(1);
  });

  test("keep their phase, and after an outage one occurrence stands for all that were missed", async () => {
    const ctx = await database.makeOrganization("Phase");
    const [punctual, late] = [randomUUID(), randomUUID()];
    await withTenant(ctx, async (db) => {
      for (const id of [punctual, late])
        await setScheduleOf(db, ctx.tenantId, id, { everyMinutes: 60, enabled: true });
    });
    await database.sql(
      "UPDATE scan_schedules SET next_due_at = now() - interval '1 minute' WHERE account_id = $1",
      [punctual],
    );
    await database.sql(
      "UPDATE scan_schedules SET next_due_at = now() - interval '9 hours' WHERE account_id = $1",
      [late],
    );
    expect(await dueSchedules(10)).toHaveLength(2);
    const take = (id: string) => withTenant(ctx, (db) => takeDueSchedule(db, ctx.tenantId, id));
    const [first, second] = await Promise.all([take(punctual), take(punctual)]);
    expect([first, second].filter((taken) => taken !== null)).toHaveLength(1);
    expect((await take(late))?.lateSeconds).toBeGreaterThan(32_000);
    expect(await dueSchedules(10)).toEqual([]);
    const next = await database.sql<{ minutes: number }>(
      "SELECT (extract(epoch FROM next_due_at - now()) / 60)::float8 AS minutes FROM scan_schedules ORDER BY account_id = $1 DESC",
      [punctual],
    );
    expect(next[0]?.minutes).toBeCloseTo(59, 0);
    expect(next[1]?.minutes).toBeGreaterThan(53);
  });
});
