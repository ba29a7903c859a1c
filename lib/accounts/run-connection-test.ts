import { type ConnectionProbeResult, probeConnection } from "@/lib/aws/probes/probe-connection";
import { type ProbeStep, waitingSteps } from "@/lib/aws/probes/steps";
import { partitions } from "@/lib/checks/words";
import { setScheduleOf } from "@/lib/db/system/schedules";
import { assertHeld, finishWork, type Held } from "@/lib/db/system/work-items";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { toJson } from "@/lib/evidence/canonical-json";
import { monthFrom, monthOf } from "@/lib/history/month";
import { CallRecorder } from "@/lib/runs/call-recorder";
import type { RunRef } from "@/lib/runs/run-kinds";
import { keepProgress } from "@/lib/runs/run-store";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { lockAccountIfThere } from "./account-lock";
import type { ConnectionTestStatus } from "./account-states";
import { principalFor } from "./principals";

const dailyMinutes = 24 * 60;

export interface RunConnectionTestInput {
  readonly ctx: TenantContext;
  readonly held: Held;
  readonly testId: string;
  /** Aborted when the lease is lost or the worker stops: then nothing more is written. */
  readonly signal: AbortSignal;
  /** One address for all AWS services, from the operator. */
  readonly endpoint: string | undefined;
  /** What follows from a passed test in the same transaction: the first scan. */
  readonly onConnected: (db: TenantDb, ctx: TenantContext, accountId: string) => Promise<unknown>;
}

interface BegunTest {
  readonly id: string;
  readonly roleArn: string;
  readonly account: {
    readonly id: string;
    readonly awsAccountId: string;
    readonly partition: string;
    readonly externalId: string;
  };
  readonly otherExternalIds: readonly string[];
  readonly run: RunRef;
  readonly clockOffsetMs: number;
}

/**
 * Tries the role with the four probes and the two reads; each step shows on the page as it ends. Only when all
 * have passed is the role stored, the account connected, scheduled and its first scan asked for, in one
 * transaction behind the lease. When one fails, nothing is stored but the result of the test.
 */
export async function runConnectionTest(input: RunConnectionTestInput): Promise<ConnectionProbeResult> {
  const { ctx, held } = input;
  const test = await beginTest(ctx, held, input.testId);
  const lost = new AbortController();
  const onFailure = (error: unknown) => lost.abort(error);
  const writer = new StepWriter(ctx, held, test.id, onFailure);
  const { run, clockOffsetMs } = test;
  const recorder = new CallRecorder({ ctx, held, run, clockOffsetMs, onFailure });
  const partition = partitions.parse(test.account.partition);
  const result = await probeConnection({
    role: { arn: test.roleArn, externalId: test.account.externalId },
    expectedAccountId: test.account.awsAccountId,
    partition,
    principalArn: principalFor(partition) ?? undefined,
    sessionName: `posturio-${test.id.slice(0, 8)}`,
    signal: AbortSignal.any([input.signal, lost.signal]),
    onStep: writer.set,
    onCall: recorder.add,
    endpoint: input.endpoint,
    otherExternalIds: test.otherExternalIds,
  });
  await writer.finish();
  const storeRun = await recorder.finish();
  input.signal.throwIfAborted();
  await finalizeTest(input, test, result, storeRun);
  return result;
}

async function beginTest(ctx: TenantContext, held: Held, testId: string): Promise<BegunTest> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    const now = await assertHeld(db, held);
    await keepProgress(db, tenantId, testId);
    const test = await db.connectionTest.findUnique({
      where: { tenantId_id: { tenantId, id: testId } },
      include: { account: true },
    });
    if (!test) throw new AppError("not_found", "The connection test of this work item does not exist.");
    const month = test.month ? monthFrom(test.month) : monthOf(now);
    await db.connectionTest.update({
      where: { tenantId_id: { tenantId, id: test.id } },
      data: {
        status: "running",
        attempt: held.fence,
        month: new Date(month),
        steps: toJson(waitingSteps()) as [],
      },
      select: { id: true },
    });
    const others = await db.account.findMany({
      where: { tenantId, id: { not: test.accountId } },
      select: { externalId: true },
    });
    return {
      ...test,
      otherExternalIds: others.map((other) => other.externalId),
      clockOffsetMs: now.getTime() - Date.now(),
      run: {
        tenantId,
        kind: "connection_test",
        subjectId: test.id,
        accountId: test.accountId,
        month,
        fence: held.fence,
        startedAt: now,
      },
    };
  });
}

/** Writes the present checklist, behind the lease, at most one write at a time. */
class StepWriter {
  readonly #ctx: TenantContext;
  readonly #held: Held;
  readonly #testId: string;
  readonly #onFailure: (error: unknown) => void;
  #steps = waitingSteps();
  #isDirty = false;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(ctx: TenantContext, held: Held, testId: string, onFailure: (error: unknown) => void) {
    this.#ctx = ctx;
    this.#held = held;
    this.#testId = testId;
    this.#onFailure = onFailure;
  }

  readonly set = (changed: ProbeStep): void => {
    this.#steps = this.#steps.map((step) => (step.id === changed.id ? changed : step));
    this.#isDirty = true;
    this.#writing = this.#writing.then(() => this.#write());
  };

  async finish(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #write(): Promise<void> {
    if (!this.#isDirty || this.#failure !== undefined) return;
    this.#isDirty = false;
    const steps = toJson(this.#steps) as [];
    try {
      await withTenant(this.#ctx, async (db) => {
        await assertHeld(db, this.#held);
        const where = { tenantId_id: { tenantId: this.#ctx.tenantId, id: this.#testId } };
        await db.connectionTest.update({ where, data: { steps }, select: { id: true } });
      });
    } catch (error) {
      this.#failure = error;
      this.#onFailure(error);
    }
  }
}

async function finalizeTest(
  input: RunConnectionTestInput,
  test: BegunTest,
  result: ConnectionProbeResult,
  storeRun: (db: TenantDb) => Promise<void>,
): Promise<void> {
  const { ctx, held } = input;
  const { tenantId } = ctx;
  await withTenant(ctx, async (db) => {
    await lockAccountIfThere(db, tenantId, test.account.id);
    await assertHeld(db, held);
    const status: ConnectionTestStatus = result.ok ? "passed" : "failed";
    const steps = JSON.stringify(result.steps);
    await db.$executeRaw`
      UPDATE connection_tests SET status = ${status}, steps = ${steps}::jsonb, error_code = ${result.error?.code ?? null},
                                  finished_at = business_now()
      WHERE tenant_id = ${tenantId}::uuid AND id = ${test.id}::uuid`;
    await storeRun(db);
    await finishWork(db, held);
    if (result.ok) await connect(db, input, test);
    await audit(db, ctx, `account.connection_${status}`, `account:${test.account.id}`, {
      roleArn: test.roleArn,
      error: result.error?.code ?? null,
      requestIds: result.steps.flatMap((step) => step.requestId ?? []),
    });
  });
}

async function connect(db: TenantDb, input: RunConnectionTestInput, test: BegunTest): Promise<void> {
  const { ctx } = input;
  const rows = await db.$queryRaw<{ is_new: boolean }[]>`
    UPDATE accounts a
    SET status = 'connected', status_reason = NULL, role_arn = ${test.roleArn},
        connected_at = COALESCE(a.connected_at, business_now())
    FROM (SELECT connected_at IS NULL AS is_new FROM accounts
          WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${test.account.id}::uuid) AS before
    WHERE a.tenant_id = ${ctx.tenantId}::uuid AND a.id = ${test.account.id}::uuid
      AND a.status IN ('draft', 'connected', 'unreachable')
    RETURNING before.is_new`;
  const connected = rows[0];
  if (!connected) return;
  if (connected.is_new) {
    await setScheduleOf(db, ctx.tenantId, test.account.id, { everyMinutes: dailyMinutes, enabled: true });
  }
  await input.onConnected(db, ctx, test.account.id);
}
