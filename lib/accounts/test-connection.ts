import { parseRoleArn } from "@/lib/aws/customer-role/role-arn";
import { waitingSteps } from "@/lib/aws/probes/steps";
import { AppError } from "@/lib/errors";
import { toJson } from "@/lib/evidence/canonical-json";
import { parse } from "@/lib/input/parse";
import { underWay } from "@/lib/runs/under-way";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { addWork } from "@/lib/work-items/work-kind";
import { connectionTestInput } from "./account-input";
import { type LockedAccount, lockAccount } from "./account-lock";
import type { AccountStatus, ConnectionTestPurpose } from "./account-states";
import { connectionTestWork } from "./connection-test-work";
import { requirePrincipal } from "./principals";

/**
 * Asks the worker to try the role. Nothing of the ARN is stored with the account until all probes have passed.
 * While a test of the account is under way that one is returned. Throws invalid_input with a message of its own
 * per fault of the ARN, conflict for a disconnected account or another role than the connected one.
 */
export async function testConnection(
  ctx: TenantContext,
  input: { accountId: string; roleArn: string },
  options: { delaySeconds?: number } = {},
): Promise<{ testId: string }> {
  authorize(ctx, "account.connect");
  const { accountId, roleArn } = parse(connectionTestInput, input);
  return withTenant(ctx, async (db) => {
    const account = await lockAccount(db, ctx.tenantId, accountId);
    const { partition } = account;
    const parsed = parseRoleArn(roleArn, { accountId: account.awsAccountId, partition });
    if (!parsed.ok)
      throw new AppError("invalid_input", parsed.message, { fields: { roleArn: parsed.message } });
    requirePrincipal(partition);
    refuseOtherRole(account, parsed.arn);
    const running = await db.connectionTest.findFirst({
      where: { tenantId: ctx.tenantId, accountId, status: underWay },
      select: { id: true },
    });
    if (running) return { testId: running.id };
    const test = await db.connectionTest.create({
      data: {
        tenantId: ctx.tenantId,
        accountId,
        roleArn: parsed.arn,
        purpose: purposeOf(account.status),
        steps: toJson(waitingSteps()) as [],
      },
      select: { id: true },
    });
    await addWork(db, connectionTestWork, {
      tenantId: ctx.tenantId,
      subjectId: test.id,
      accountId,
      isAwaited: true,
      delaySeconds: options.delaySeconds ?? 0,
    });
    await audit(db, ctx, "account.connection_tested", `account:${accountId}`, { roleArn: parsed.arn });
    return { testId: test.id };
  });
}

function purposeOf(status: AccountStatus): ConnectionTestPurpose {
  return status === "draft" ? "connect" : "recheck";
}

/** Another role is another connection, with an external id of its own. */
function refuseOtherRole(account: LockedAccount, roleArn: string): void {
  if (account.status === "disconnected") {
    throw new AppError("conflict", "This account is disconnected. Start a new connection for it.");
  }
  if (account.status !== "draft" && account.roleArn !== roleArn) {
    const text = `This account is connected with ${account.roleArn}. To use another role, disconnect it and connect it again.`;
    throw new AppError("conflict", text, { fields: { roleArn: text } });
  }
}
