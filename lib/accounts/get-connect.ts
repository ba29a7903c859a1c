import { z } from "zod";
import { cliTemplate } from "@/lib/aws/customer-role/cli-template";
import { cloudFormationTemplate } from "@/lib/aws/customer-role/cloudformation-template";
import { quickCreateUrl } from "@/lib/aws/customer-role/quick-create";
import { defaultRoleName } from "@/lib/aws/customer-role/role-template";
import { terraformTemplate } from "@/lib/aws/customer-role/terraform-template";
import type { TenantDb } from "@/lib/db/tenant-db";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { findAccountRow } from "./account-rows";
import { connectionTestStatuses, connectStepStates, connectSteps } from "./account-states";
import type { ConnectionTestView, ConnectStep, ConnectView } from "./account-view";
import { requirePrincipal } from "./principals";
import { requestedPermissions } from "./requested-permissions";

/** Everything the connect page shows: the role to make, in three forms, and how the last test went. Throws not_found. */
export async function getConnect(ctx: TenantContext, accountId: string): Promise<ConnectView> {
  authorize(ctx, "account.connect");
  if (!z.uuid().safeParse(accountId).success) throw notFound();
  const { account, externalId, test, firstScanNumber } = await withTenant(ctx, async (db) => {
    const row = await findAccountRow(db, ctx.tenantId, accountId);
    const stored = await db.account.findUnique({
      where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
      select: { externalId: true },
    });
    if (!row || !stored) throw notFound();
    return {
      account: row,
      externalId: stored.externalId,
      test: await lastTest(db, ctx.tenantId, accountId),
      firstScanNumber: await firstScan(db, ctx.tenantId, accountId),
    };
  });
  const { partition } = account;
  const principalArn = requirePrincipal(partition);
  const input = { externalId, principalArn };
  const bucketUrl = env.POSTURIO_TEMPLATE_BUCKET_URL;
  return {
    account,
    externalId,
    principalArn,
    roleName: defaultRoleName,
    suggestedRoleArn: `arn:${partition}:iam::${account.awsAccountId}:role/${defaultRoleName}`,
    permissions: requestedPermissions(),
    quickCreateUrl: bucketUrl === undefined ? null : quickCreateUrl(bucketUrl, partition, input),
    cloudFormation: cloudFormationTemplate(input),
    terraform: terraformTemplate(input),
    cli: cliTemplate(input),
    test,
    firstScanNumber,
  };
}

async function lastTest(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<ConnectionTestView | null> {
  const test = await db.connectionTest.findFirst({
    where: { tenantId, accountId },
    orderBy: { createdAt: "desc" },
  });
  if (!test) return null;
  return {
    id: test.id,
    status: connectionTestStatuses.parse(test.status),
    roleArn: test.roleArn,
    createdAt: test.createdAt.toISOString(),
    finishedAt: test.finishedAt?.toISOString() ?? null,
    steps: (test.steps as unknown as ConnectStep[]).map((step) => ({
      ...step,
      id: connectSteps.parse(step.id),
      state: connectStepStates.parse(step.state),
    })),
  };
}

async function firstScan(db: TenantDb, tenantId: string, accountId: string): Promise<number | null> {
  const where = { tenantId, accountId, trigger: "connect" };
  const scan = await db.scan.findFirst({ where, orderBy: { number: "desc" }, select: { number: true } });
  return scan?.number ?? null;
}
