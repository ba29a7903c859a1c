import { type ConnectionProbeResult, probeConnection } from "@/lib/aws/probe-connection";
import { type ProbeStep, waitingSteps } from "@/lib/aws/probe-steps";
import { partitions } from "@/lib/checks/words";
import { assertLease, finishDispatch, type Lease } from "@/lib/db/system/dispatch";
import { setScheduleOf } from "@/lib/db/system/schedules";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { toJson } from "@/lib/findings/canonical-json";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import type { ConnectionTestStatus } from "./account-states";
import { principalFor } from "./principals";

const dailyMinutes = 24 * 60;

export interface RunConnectionTestInput {
  readonly ctx: TenantContext;
  readonly lease: Lease;
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
}

/**
 * Tries the role with the four probes and the two reads; each step shows on the page as it ends. Only when all
 * have passed is the role stored, the account connected, scheduled and its first scan asked for, in one
 * transaction behind the lease. When one fails, nothing is stored but the result of the test.
 */
export async function runConnectionTest(input: RunConnectionTestInput): Promise<ConnectionProbeResult> {
  const { ctx, lease } = input;
  const test = await beginTest(ctx, lease);
  const lost = new AbortController();
  const writer = new StepWriter(ctx, lease, test.id, (error) => lost.abort(error));
  const partition = partitions.parse(test.account.partition);
  const result = await probeConnection({
    role: { arn: test.roleArn, externalId: test.account.externalId },
    expectedAccountId: test.account.awsAccountId,
    partition,
    principalArn: principalFor(partition) ?? undefined,
    sessionName: `posturio-${lease.subjectId.slice(0, 8)}`,
    signal: AbortSignal.any([input.signal, lost.signal]),
    onStep: writer.set,
    endpoint: input.endpoint,
    otherExternalIds: test.otherExternalIds,
  });
  await writer.finish();
  input.signal.throwIfAborted();
  await finaliseTest(input, test, result);
  return result;
}

async function beginTest(ctx: TenantContext, lease: Lease): Promise<BegunTest> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (db) => {
    await assertLease(db, lease);
    const test = await db.connectionTest.findUnique({
      where: { tenantId_id: { tenantId, id: lease.subjectId } },
      include: { account: true },
    });
    if (!test) throw new AppError("not_found", "The connection test of this obligation does not exist.");
    await db.connectionTest.update({
      where: { tenantId_id: { tenantId, id: test.id } },
      data: { status: "running", attempt: lease.attempt, steps: toJson(waitingSteps()) as [] },
      select: { id: true },
    });
    const others = await db.account.findMany({
      where: { tenantId, id: { not: test.accountId } },
      select: { externalId: true },
    });
    return { ...test, otherExternalIds: others.map((other) => other.externalId) };
  });
}

/** Writes the checklist as it stands, behind the lease, at most one write at a time. */
class StepWriter {
  readonly #ctx: TenantContext;
  readonly #lease: Lease;
  readonly #testId: string;
  readonly #onFailure: (error: unknown) => void;
  #steps = waitingSteps();
  #isDirty = false;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;

  constructor(ctx: TenantContext, lease: Lease, testId: string, onFailure: (error: unknown) => void) {
    this.#ctx = ctx;
    this.#lease = lease;
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
        await assertLease(db, this.#lease);
        const where = { tenantId_id: { tenantId: this.#ctx.tenantId, id: this.#testId } };
        await db.connectionTest.update({ where, data: { steps }, select: { id: true } });
      });
    } catch (error) {
      this.#failure = error;
      this.#onFailure(error);
    }
  }
}

async function finaliseTest(input: RunConnectionTestInput, test: BegunTest, result: ConnectionProbeResult) {
  const { ctx, lease } = input;
  const { tenantId } = ctx;
  await withTenant(ctx, async (db) => {
    await db.$queryRaw`
      SELECT id FROM accounts WHERE tenant_id = ${tenantId}::uuid AND id = ${test.account.id}::uuid FOR UPDATE`;
    await assertLease(db, lease);
    const status: ConnectionTestStatus = result.ok ? "passed" : "failed";
    const steps = JSON.stringify(result.steps);
    await db.$executeRaw`
      UPDATE connection_tests SET status = ${status}, steps = ${steps}::jsonb, error_code = ${result.error?.code ?? null},
                                  finished_at = clock_timestamp()
      WHERE tenant_id = ${tenantId}::uuid AND id = ${test.id}::uuid`;
    await finishDispatch(db, tenantId, test.id);
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
        connected_at = COALESCE(a.connected_at, now())
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
