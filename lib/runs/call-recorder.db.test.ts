import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { RecordedCall } from "@/lib/aws/wire/recorded-call";
import { claimWork, type Held } from "@/lib/db/system/work-items";
import { testDatabase } from "@/lib/db/testing/database";
import { monthOf } from "@/lib/history/month";
import { packJson } from "@/lib/history/packed-json";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { CallEntry } from "./call-entry";
import { CallRecorder } from "./call-recorder";
import type { RunRef } from "./run-kinds";
import { callsOf } from "./run-store";

const database = testDatabase();
const accountId = randomUUID();
let acme: TenantContext;
let held: Held;
let run: RunRef;

beforeAll(async () => {
  acme = await database.makeOrganization("Acme");
  await database.sql(
    `INSERT INTO accounts (tenant_id, id, aws_account_id, partition, name, external_id, status)
     VALUES ($1, $2, '111122223333', 'aws', 'prod', 'pst_0123456789abcdef', 'draft')`,
    [acme.tenantId, accountId],
  );
});

beforeEach(async () => {
  const subjectId = randomUUID();
  const [item] = await database.sql<{ id: string }>(
    `INSERT INTO work_items (kind, tenant_id, subject_id, hinted_at, expires_at)
     VALUES ('trust_probe', $1, $2, now(), now() + interval '1 hour') RETURNING id`,
    [acme.tenantId, subjectId],
  );
  held = (await claimWork(item?.id ?? "", "recorder-test", 60)) as Held;
  run = {
    tenantId: acme.tenantId,
    kind: "trust_probe",
    subjectId,
    accountId,
    month: monthOf(new Date()),
    fence: held.fence,
    startedAt: new Date(),
  };
});

const call = (api: string, second: number, answered?: string): RecordedCall => ({
  at: new Date(Date.UTC(2026, 10, 25, 10, 0, second)).toISOString(),
  ...(answered === undefined ? {} : { answeredAt: answered }),
  api,
  region: "eu-west-1",
  outcome: answered === undefined ? "timeout" : "ok",
  durationMs: 10,
  attempts: 1,
});

/** As they end: the second call ends first, and no answer came to the third. */
const ended = [
  call("b:Second", 1, "2026-12-25T10:00:01.000Z"),
  call("c:Third", 2),
  call("a:First", 0, "2026-12-25T10:00:03.000Z"),
];
const stored = [
  ["a:First", "2026-12-25T10:00:03.000Z"],
  ["b:Second", "2026-12-25T10:00:01.000Z"],
  ["c:Third", "2026-11-25T10:00:07.000Z"],
];

function recorder(): CallRecorder {
  return new CallRecorder({
    ctx: acme,
    held,
    run,
    clockOffsetMs: 5_000,
    onFailure: (error) => expect.fail(String(error)),
  });
}

async function read(): Promise<[string, string][]> {
  const calls = await withTenant(acme, (db) => callsOf(db, run));
  return calls.map(({ api, at }) => [api, at]);
}

test("calls are in the order in which they began, each with the date of AWS's answer", async () => {
  const recording = recorder();
  ended.forEach(recording.add);
  const store = await recording.finish();
  await withTenant(acme, store);
  expect(await read()).toEqual(stored);
});

test("so they do while the run goes on", async () => {
  const recording = recorder();
  ended.forEach(recording.add);
  await expect.poll(read, { timeout: 5_000 }).toEqual(stored);
  const [row] = await database.sql("SELECT count(*)::int AS rows FROM run_progress WHERE subject_id = $1", [
    run.subjectId,
  ]);
  expect(row).toEqual({ rows: 1 });
  await withTenant(acme, await recording.finish());
  expect(await read()).toEqual(stored);
});

test("a list of before its order was kept is read in the order in which its calls were begun", async () => {
  const entry = (api: string, at: string): CallEntry => ({
    at,
    api,
    region: "eu-west-1",
    outcome: "ok",
    durationMs: 1,
  });
  const old = [entry("b:Second", "2026-11-25T10:00:01.000Z"), entry("a:First", "2026-11-25T10:00:00.500Z")];
  await database.sql(
    `INSERT INTO runs (tenant_id, month, subject_id, fence, kind, account_id, started_at, ended_at, ending, calls)
     VALUES ($1, $2, $3, $4, 'trust_probe', $5, now(), now(), 'ended', $6)`,
    [
      acme.tenantId,
      run.month,
      run.subjectId,
      run.fence,
      accountId,
      Buffer.from(packJson(JSON.stringify(old))),
    ],
  );
  expect((await read()).map(([api]) => api)).toEqual(["a:First", "b:Second"]);
});
