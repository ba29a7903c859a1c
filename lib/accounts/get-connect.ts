import { z } from "zod";
import { cliTemplate } from "@/lib/aws/customer-role/cli-template";
import { cloudFormationTemplate } from "@/lib/aws/customer-role/cloudformation-template";
import { quickCreateUrl } from "@/lib/aws/customer-role/quick-create";
import { parseRoleArn } from "@/lib/aws/customer-role/role-arn";
import { type ConventionsText, readConventions } from "@/lib/aws/customer-role/role-conventions";
import { rolePatterns } from "@/lib/aws/customer-role/role-pattern";
import { defaultRoleName } from "@/lib/aws/customer-role/role-template";
import { terraformTemplate } from "@/lib/aws/customer-role/terraform-template";
import type { TenantDb } from "@/lib/db/tenant-db";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { findAccountRow } from "./account-rows";
import { connectionTestStatuses, connectStepStates, connectSteps, stoppedTest } from "./account-states";
import type { AccountRow, ConnectionTestView, ConnectStep, ConnectView } from "./account-view";
import { requirePrincipal } from "./principals";
import { requestedPermissions } from "./requested-permissions";

/**
 * Everything the connect page shows: the role to create, in three forms, and how the last test went. `wishes` are what
 * the rules of the customer's organization ask of the role; wrong ones come back with what is wrong. Name and path
 * of a role that was tested before are kept. Throws not_found.
 */
export async function getConnect(
  ctx: TenantContext,
  accountId: string,
  wishes: ConventionsText = {},
): Promise<ConnectView> {
  authorize(ctx, "account.connect");
  return connectView(await withTenant(ctx, (db) => readConnection(db, ctx.tenantId, accountId)), wishes);
}

interface StoredConnection {
  readonly account: AccountRow;
  readonly externalId: string;
  readonly test: ConnectionTestView | null;
  readonly firstScanNumber: number | null;
}

/** What is stored of a connection, for a caller that has checked the permission. Throws not_found. */
export async function readConnection(
  db: TenantDb,
  tenantId: string,
  accountId: string,
): Promise<StoredConnection> {
  if (!z.uuid().safeParse(accountId).success) throw notFound();
  const account = await findAccountRow(db, tenantId, accountId);
  const stored = await db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { externalId: true },
  });
  if (!account || !stored) throw notFound();
  return {
    account,
    externalId: stored.externalId,
    test: await lastTest(db, tenantId, accountId),
    firstScanNumber: await firstScan(db, tenantId, accountId),
  };
}

/** The role to create for a connection, in three forms, as `wishes` ask for it. */
export function connectView(
  { account, externalId, test, firstScanNumber }: StoredConnection,
  wishes: ConventionsText,
): ConnectView {
  const { partition } = account;
  const principalArn = requirePrincipal(partition);
  const wished = { ...namesOf(test?.roleArn ?? account.roleArn), ...given(wishes) };
  const { conventions, problems } = readConventions(wished, { id: account.awsAccountId, partition });
  const { roleName, rolePath } = conventions;
  const input = { externalId, principalArn, ...conventions };
  const bucketUrl = env.POSTURIO_TEMPLATE_BUCKET_URL;
  return {
    account,
    externalId,
    principalArn,
    roleName,
    rolePath,
    rolePatterns: rolePatterns(),
    wishes: { values: wished, problems },
    suggestedRoleArn: `arn:${partition}:iam::${account.awsAccountId}:role${rolePath}${roleName}`,
    permissions: requestedPermissions(conventions.logBucket !== undefined),
    quickCreateUrl: bucketUrl === undefined ? null : quickCreateUrl(bucketUrl, partition, input),
    cloudFormation: cloudFormationTemplate(input),
    terraform: terraformTemplate(input),
    cli: cliTemplate(input),
    test,
    firstScanNumber,
  };
}

/** The same for programs: wishes that are wrong are refused, with a message at each field. */
export async function getConnection(
  ctx: TenantContext,
  accountId: string,
  asked: ConventionsText = {},
): Promise<Omit<ConnectView, "wishes">> {
  const { wishes, ...connection } = await getConnect(ctx, accountId, asked);
  const fields = Object.fromEntries(Object.entries(wishes.problems));
  const [first] = Object.values(fields);
  if (first !== undefined) throw new AppError("invalid_input", first, { fields });
  return connection;
}

/** Name and path of a role that was given before, for the templates to repeat; nothing where they are the proposed ones. */
function namesOf(roleArn: string | null): ConventionsText {
  const role = roleArn === null ? null : parseRoleArn(roleArn);
  if (!role?.ok || (role.roleName === defaultRoleName && role.rolePath === "/")) return {};
  return { roleName: role.roleName, rolePath: role.rolePath };
}

/** Wishes that someone uttered: an empty field says nothing. */
function given(wishes: ConventionsText): ConventionsText {
  return Object.fromEntries(Object.entries(wishes).filter(([, text]) => text?.trim()));
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
    isStopped: test.errorCode === stoppedTest,
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
