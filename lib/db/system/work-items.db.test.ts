import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { dueAccounts, setScheduleOf, takeDueScans } from "./schedules";
import {
  assertHeld,
  cancelWork,
  claimWork,
  ensureDailyWork,
  extendLease,
  FencedOut,
  finishWork,
  type Held,
  insertWork,
  parkWork,
  reclaimWork,
  retryWork,
  returnWork,
  withInstallation,
} from "./work-items";
import { type Admission, admitDue, endUnknownWork, takeLostHints } from "./work-queue";

const database = testDatabase();
const kinds = [
  { kind: "scan", budget: "scan", share: 1 },
  { kind: "delivery", budget: "delivery", share: 0.5 },
];
const wide: Admission = { perWorker: 1000, perTenant: 1000, kinds };

beforeEach(async () => {
  await database.sql("DELETE FROM work_items");
  await database.sql("DELETE FROM scan_schedules");
});

interface Owed {
  readonly lane?: string | null;
  readonly priority?: 0 | 1;
  readonly delaySeconds?: number;
  readonly kind?: string;
}

/** Adds an item; returns its subject. */
async function owe(ctx: TenantContext, rest: Owed = {}): Promise<string> {
  const subjectId = randomUUID();
  const item = { tenantId: ctx.tenantId, kind: "scan", subjectId, lane: randomUUID(), priority: 1 as const };
  await withTenant(ctx, (db) => insertWork(db, { ...item, expiresAfterSeconds: 600, ...rest }));
  return subjectId;
}

async function idOf(subjectId: string): Promise<string> {
  const [row] = await database.sql<{ id: string }>("SELECT id FROM work_items WHERE subject_id = $1", [
    subjectId,
  ]);
  return row?.id ?? "";
}

/** Admits everything and claims one item. */
async function claimed(ctx: TenantContext, rest: Owed = {}, owner = "worker-1"): Promise<Held> {
  const id = await idOf(await owe(ctx, rest));
  await admitDue(wide);
  const held = await claimWork(id, owner, 20);
  if (!held) throw new Error("not claimed");
  return held;
}

const expire = (id: string) =>
  database.sql("UPDATE work_items SET lease_until = now() - interval '1 second' WHERE id = $1", [id]);
const rowOf = async (id: string) =>
  (
    await database.sql("SELECT state, outcome, fence, failures, losses FROM work_items WHERE id = $1", [id])
  )[0];

describe("admission", () => {
  test("five hundred scans of one organization do not delay the one of another", async () => {
    const [many, one] = [await database.makeOrganization("Many"), await database.makeOrganization("One")];
    await database.sql(
      `INSERT INTO work_items (tenant_id, kind, subject_id, lane, due_at, expires_at)
       SELECT $1, 'scan', gen_random_uuid(), gen_random_uuid(), now() - interval '1 hour', now() + interval '1 hour'
       FROM generate_series(1, 500)`,
      [many.tenantId],
    );
    const lonely = await owe(one);
    const first = await admitDue({ ...wide, perWorker: 10, perTenant: 5 });
    expect(first.filter((item) => item.tenantId === many.tenantId)).toHaveLength(5);
    expect(first.map((item) => item.subjectId)).toContain(lonely);
    expect(await admitDue({ ...wide, perWorker: 10, perTenant: 5 })).toEqual([]);
  });

  test("what a person waits for goes before what is scheduled", async () => {
    const ctx = await database.makeOrganization("Priority");
    await owe(ctx, { priority: 1 });
    await owe(ctx, { priority: 1 });
    const awaited = await owe(ctx, { priority: 0 });
    const admitted = await admitDue({ ...wide, perWorker: 1, perTenant: 5 });
    expect(admitted.map((item) => item.subjectId)).toEqual([awaited]);
  });

  test("a budget takes its share of the slots and no more, and what people wait for finds room", async () => {
    const ctx = await database.makeOrganization("Budgets");
    for (let index = 0; index < 10; index += 1) await owe(ctx, { kind: "delivery", lane: null });
    const slots = { ...wide, perWorker: 6 };
    expect(await admitDue(slots)).toHaveLength(3);
    expect(await admitDue(slots)).toHaveLength(0);
    await owe(ctx, { kind: "delivery", lane: null, priority: 0 });
    await owe(ctx);
    expect((await admitDue(slots)).map((item) => item.kind).sort()).toEqual(["delivery", "scan"]);
  });

  test("a lane has one item out at a time, no lane has no limit, and nothing goes out before it is due", async () => {
    const ctx = await database.makeOrganization("One at a time");
    const lane = randomUUID();
    await owe(ctx, { lane });
    await owe(ctx, { lane, kind: "delivery" });
    await owe(ctx, { lane: null });
    await owe(ctx, { lane: null });
    await owe(ctx, { delaySeconds: 60 });
    expect(await admitDue(wide)).toHaveLength(3);
    expect(await admitDue(wide)).toHaveLength(0);
  });

  test("ten dispatchers at once give each hint out once", async () => {
    const ctx = await database.makeOrganization("Many dispatchers");
    for (let index = 0; index < 20; index += 1) await owe(ctx);
    const rounds = await Promise.all(Array.from({ length: 10 }, () => admitDue(wide)));
    const later = await admitDue(wide);
    const given = [...rounds.flat(), ...later].map((item) => item.subjectId);
    expect(given).toHaveLength(20);
    expect(new Set(given).size).toBe(20);
  });

  test("a hint that no worker took is given out again, a taken one is not", async () => {
    const ctx = await database.makeOrganization("Lost");
    const lost = await owe(ctx);
    const taken = await owe(ctx);
    await admitDue(wide);
    await claimWork(await idOf(taken), "worker-1", 20);
    expect(await takeLostHints(15, ["scan"])).toEqual([]);
    await database.sql(
      "UPDATE work_items SET hinted_at = now() - interval '16 seconds' WHERE state = 'queued'",
    );
    expect(await takeLostHints(15, ["delivery"])).toEqual([]);
    expect((await takeLostHints(15, ["scan"])).map((item) => item.subjectId)).toEqual([lost]);
  });

  test("a kind that this version does not know is left alone until it has been expired for a day", async () => {
    const ctx = await database.makeOrganization("Newer");
    const id = await idOf(await owe(ctx, { kind: "of_a_newer_version" }));
    expect(await admitDue(wide)).toEqual([]);
    await database.sql("UPDATE work_items SET expires_at = now() - interval '23 hours'");
    expect(await endUnknownWork(["scan"])).toEqual([]);
    await database.sql("UPDATE work_items SET expires_at = now() - interval '25 hours'");
    expect(await endUnknownWork(["of_a_newer_version"])).toEqual([]);
    expect(await endUnknownWork(["scan"])).toEqual(["of_a_newer_version"]);
    expect(await rowOf(id)).toMatchObject({ state: "done", outcome: "expired" });
  });

  test("the installation's daily work needs no organization, is open once, and comes back the next day", async () => {
    const kind = { kind: "upkeep", expiresAfterSeconds: 60 };
    const open = () => database.sql("SELECT 1 FROM work_items WHERE kind = 'upkeep' AND state <> 'done'");
    await Promise.all([ensureDailyWork(kind), ensureDailyWork(kind), ensureDailyWork(kind)]);
    expect(await open()).toHaveLength(1);
    const admitted = await admitDue({ ...wide, kinds: [{ kind: "upkeep", budget: "upkeep", share: 0.1 }] });
    expect(admitted).toMatchObject([{ kind: "upkeep", tenantId: null, subjectId: null }]);
    const held = await claimWork(admitted[0]?.workId ?? "", "worker-1", 20);
    await withInstallation((db) => finishWork(db, held as Held));
    await ensureDailyWork(kind);
    expect(await open()).toHaveLength(0);
    await database.sql(
      "UPDATE work_items SET ended_at = ended_at - interval '25 hours' WHERE kind = 'upkeep'",
    );
    await ensureDailyWork(kind);
    expect(await open()).toHaveLength(1);
  });
});

describe("the lease", () => {
  test("is taken once, however many try, and raises the fence", async () => {
    const id = await idOf(await owe(await database.makeOrganization("Once")));
    await admitDue(wide);
    const tries = await Promise.all(Array.from({ length: 10 }, (_, index) => claimWork(id, `w${index}`, 20)));
    expect(tries.filter((held) => held !== null)).toMatchObject([{ fence: 1, failures: 0 }]);
  });

  test("is not given for an item that was not admitted, is not due, or does not exist", async () => {
    const ctx = await database.makeOrganization("Not yet");
    const id = await idOf(await owe(ctx));
    expect(await claimWork(id, "w", 20)).toBeNull();
    await admitDue(wide);
    await database.sql("UPDATE work_items SET due_at = now() + interval '1 minute'");
    expect(await claimWork(id, "w", 20)).toBeNull();
    expect(await claimWork(randomUUID(), "w", 20)).toBeNull();
  });

  test("once expired it cannot be extended nor written under, even if no other worker took it", async () => {
    const ctx = await database.makeOrganization("Paused");
    const held = await claimed(ctx);
    expect(await extendLease(held, 20)).toBe(true);
    await expire(held.workId);
    expect(await extendLease(held, 20)).toBe(false);
    await expect(withTenant(ctx, (db) => assertHeld(db, held))).rejects.toThrow(FencedOut);
  });

  test("of an earlier claim writes nothing after the next has begun, whatever the verb", async () => {
    const ctx = await database.makeOrganization("Fenced");
    const held = await claimed(ctx);
    await expire(held.workId);
    expect(await withTenant(ctx, (db) => reclaimWork(db, held, 0))).toEqual({ losses: 1 });
    await admitDue(wide);
    const next = (await claimWork(held.workId, "worker-2", 20)) as Held;
    expect(next.fence).toBe(2);
    for (const write of [
      (late: Held) => withTenant(ctx, (db) => finishWork(db, late)),
      (late: Held) => withTenant(ctx, (db) => parkWork(db, late, new Date())),
      (late: Held) => withTenant(ctx, (db) => retryWork(db, late, 0)),
      (late: Held) => withTenant(ctx, (db) => returnWork(db, late, 0)),
    ]) {
      await expect(write(held)).rejects.toThrow(FencedOut);
    }
    await withTenant(ctx, (db) => finishWork(db, next));
    expect(await rowOf(held.workId)).toMatchObject({ state: "done", outcome: "finished", fence: 2 });
  });

  test("of a live worker cannot be taken away, and a cancelled item cannot be claimed or written under", async () => {
    const ctx = await database.makeOrganization("Alive");
    const held = await claimed(ctx);
    expect(await withTenant(ctx, (db) => reclaimWork(db, held, 0))).toBeNull();
    await withTenant(ctx, (db) => cancelWork(db, ctx.tenantId, "scan", held.subjectId ?? ""));
    expect(await claimWork(held.workId, "worker-2", 20)).toBeNull();
    await expect(withTenant(ctx, (db) => assertHeld(db, held))).rejects.toThrow(FencedOut);
  });
});

describe("putting back", () => {
  test("counts an error of the work, and neither a stop nor a park nor a lost lease", async () => {
    const ctx = await database.makeOrganization("Counts");
    const held = await claimed(ctx);
    const again = async () => {
      await admitDue(wide);
      return (await claimWork(held.workId, "worker-1", 20)) as Held;
    };
    await withTenant(ctx, (db) => returnWork(db, held, 0));
    await withTenant(ctx, async (db) => parkWork(db, await assertedNow(db, await again()), new Date()));
    await withTenant(ctx, async (db) => retryWork(db, await assertedNow(db, await again()), 0));
    expect(await rowOf(held.workId)).toMatchObject({ state: "queued", failures: 1, losses: 0, fence: 3 });
    const lost = await again();
    await expire(held.workId);
    await withTenant(ctx, (db) => reclaimWork(db, lost, 0));
    expect(await rowOf(held.workId)).toMatchObject({ failures: 1, losses: 1 });
    const alive = await again();
    await withTenant(ctx, (db) => parkWork(db, alive, new Date()));
    expect(await rowOf(held.workId)).toMatchObject({ failures: 1, losses: 0 });
  });

  test("a parked item frees its lane and its slot until it is due", async () => {
    const ctx = await database.makeOrganization("Parked");
    const lane = randomUUID();
    const held = await claimed(ctx, { lane });
    const waiting = await owe(ctx, { lane });
    expect(await admitDue(wide)).toEqual([]);
    await withTenant(ctx, (db) => parkWork(db, held, new Date(Date.now() + 60_000)));
    expect((await admitDue(wide)).map((item) => item.subjectId)).toEqual([waiting]);
    await database.sql("UPDATE installation_clock SET ahead_seconds = 120");
    await withTenant(ctx, (db) => cancelWork(db, ctx.tenantId, "scan", waiting));
    expect((await admitDue(wide)).map((item) => item.workId)).toEqual([held.workId]);
    await database.sql("UPDATE installation_clock SET ahead_seconds = 0");
  });
});

async function assertedNow(db: Parameters<typeof assertHeld>[0], held: Held): Promise<Held> {
  await assertHeld(db, held);
  return held;
}

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

  test("keep their phase, and after an outage one occurrence replaces all that were missed", async () => {
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
    const due = () => dueAccounts("scan", { limit: 10, backlog: 10 });
    expect(await due()).toEqual([{ tenantId: ctx.tenantId, accountIds: [late, punctual] }]);
    const take = (id: string) => withTenant(ctx, (db) => takeDueScans(db, ctx.tenantId, [id]));
    const [first, second] = await Promise.all([take(punctual), take(punctual)]);
    expect([...first, ...second]).toEqual([punctual]);
    expect(await take(late)).toEqual([late]);
    expect(await due()).toEqual([]);
    const next = await database.sql<{ minutes: number }>(
      "SELECT (extract(epoch FROM next_due_at - now()) / 60)::float8 AS minutes FROM scan_schedules ORDER BY account_id = $1 DESC",
      [punctual],
    );
    expect(next[0]?.minutes).toBeCloseTo(59, 0);
    expect(next[1]?.minutes).toBeGreaterThan(53);
  });
});
