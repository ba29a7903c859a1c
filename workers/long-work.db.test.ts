import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimWork, finishWork, parkWork } from "@/lib/db/system/work-items";
import { admitDue } from "@/lib/db/system/work-queue";
import { testDatabase } from "@/lib/db/testing/database";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type HintQueue, openQueue } from "@/lib/work-items/backend";
import { addWork, type TenantWork } from "@/lib/work-items/work-kind";
import { admissible, kinds } from "./kinds";
import { reconcileWork } from "./reconciler";
import { runWork, type WorkRunner } from "./run-work";

// What a verification will be: work that looks every few minutes for hours, across errors, deaths and a deploy.

const database = testDatabase();
const looksWanted = 30;
const secondsBetween = 120;
const stopping = new AbortController().signal;
let queue: HintQueue;
let acme: TenantContext;

beforeAll(async () => {
  queue = openQueue(() => {});
  acme = await database.makeOrganization("Acme");
});
afterAll(() => queue.close());

/** Effects that were committed, and calls that were begun. */
const effects: string[] = [];
let begun = 0;
let looks = 0;

const watch: TenantWork = {
  definition: {
    kind: "watch",
    lane: "account",
    maxFailures: 5,
    expiresAfterSeconds: 24 * 60 * 60,
    budget: "long",
  },
  scope: "tenant",
  run: async ({ ctx, held }) => {
    begun += 1;
    if ([5, 6, 20].includes(begun)) throw new Error(`error ${begun}`);
    await withTenant(ctx, async (db) => {
      if (looks === looksWanted) return finishWork(db, held);
      const [row] = await db.$queryRaw<{ until: Date }[]>`
        SELECT business_now() + make_interval(secs => ${secondsBetween}) AS until`;
      await parkWork(db, held, row?.until as Date);
    });
    if (looks === looksWanted) effects.push("ended");
    else looks += 1;
    return {};
  },
  released: async () => {},
  failed: async () => {
    effects.push("failed");
  },
};

const newer: WorkRunner = {
  id: "newer",
  leaseSeconds: 20,
  stopping,
  kinds: new Map([...kinds, [watch.definition.kind, watch]]),
};
const older: WorkRunner = { ...newer, id: "older", kinds };

const advance = (seconds: number) =>
  database.sql("UPDATE installation_clock SET ahead_seconds = ahead_seconds + $1", [seconds]);

test("parks 30 times over simulated hours, meets three errors, two worker deaths and an older worker, ends once", async () => {
  const subjectId = randomUUID();
  await withTenant(acme, (db) =>
    addWork(db, watch.definition, {
      tenantId: acme.tenantId,
      subjectId,
      accountId: randomUUID(),
      isAwaited: false,
    }),
  );
  const item = async () =>
    (
      await database.sql<{ id: string; state: string; outcome: string; failures: number; fence: number }>(
        "SELECT id::text, state, outcome, failures, fence FROM work_items WHERE subject_id = $1",
        [subjectId],
      )
    )[0];
  const id = (await item())?.id ?? "";
  const admit = async (runner: WorkRunner) =>
    (await admitDue({ perWorker: 10, perTenant: 5, kinds: admissible(runner.kinds) }))
      .map(({ workId }) => workId)
      .filter((workId) => workId === id);

  // The older worker neither admits nor reconciles it, and puts it back when a hint reaches it all the same.
  expect(await admit(older)).toEqual([]);
  await reconcileWork(queue, older.kinds ?? kinds);
  expect(await admit(newer)).toEqual([id]);
  await runWork(older, { v: 2, workId: id });
  expect(await item()).toMatchObject({ state: "queued", failures: 0, fence: 1 });

  let deaths = 0;
  for (let turn = 0; turn < 200 && (await item())?.state !== "done"; turn += 1) {
    await advance(secondsBetween);
    if ((await admit(newer)).length === 0) continue;
    if (turn === 8 || turn === 15) {
      // A worker takes it and dies without a word.
      expect(await claimWork(id, "dead", 20)).not.toBeNull();
      await database.sql("UPDATE work_items SET lease_until = now() - interval '1 second' WHERE id = $1", [
        id,
      ]);
      await reconcileWork(queue, older.kinds ?? kinds);
      expect((await item())?.state).toBe("running");
      await reconcileWork(queue, newer.kinds ?? kinds);
      deaths += 1;
      continue;
    }
    await Promise.all([runWork(newer, { v: 2, workId: id }), runWork(newer, { v: 2, workId: id })]);
  }
  expect(deaths).toBe(2);
  expect(looks).toBe(looksWanted);
  expect(effects).toEqual(["ended"]);
  // 30 looks and the end, three errors, two deaths, one visit to the older worker.
  expect(await item()).toMatchObject({ state: "done", outcome: "finished", failures: 3, fence: 37 });
});
