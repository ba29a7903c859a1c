import type { Environment } from "@/lib/accounts/account-states";
import { getConnect } from "@/lib/accounts/get-connect";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { startConnection } from "@/lib/accounts/start-connection";
import { testConnection } from "@/lib/accounts/test-connection";
import { hashSecret } from "@/lib/auth/secret";
import { registerUser } from "@/lib/auth/sign-up";
import { findUserByEmail } from "@/lib/db/system/identity";
import { createOrganizationWithAdmin } from "@/lib/db/system/memberships";
import { findUsableToken, insertToken } from "@/lib/db/system/tokens";
import { closeDatabase } from "@/lib/db/system/workers";
import { env } from "@/lib/env";
import { tokenScopes } from "@/lib/tenancy/permissions";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { type DemoAccount, demoAccountsOf, trustExternalId } from "./sandbox-control";

export interface SeedDemoInput {
  readonly email: string;
  readonly password: string;
  /** `pst_live_…`, in clear; its hash is stored. */
  readonly apiToken: string;
  readonly organization: { readonly slug: string; readonly name: string };
}

/** The demo's accounts fit on one page. */
const all = { limit: 200 };

/** The management account goes first: what it shows is evidence for the others. In seconds. */
const othersWait = 4;

const environments: Readonly<Record<string, Environment>> = {
  management: "management",
  "log-archive": "log-archive",
  prod: "production",
  payments: "production",
  "data-platform": "production",
  analytics: "production",
  "eu-retail": "production",
  "legacy-billing": "production",
  staging: "staging",
  dev: "development",
  "ml-research": "development",
  sandbox: "sandbox",
};

/**
 * Makes the demo organization: a person, a token, and the sandbox's accounts, connected the way a customer
 * connects them. Safe to run at every start: what is there stays as people left it. The sandbox forgets the
 * roles' trust when it stops, so that alone is sent again each time.
 */
export async function seedDemo(input: SeedDemoInput): Promise<void> {
  const sandboxUrl = env.POSTURIO_AWS_ENDPOINT;
  if (!env.POSTURIO_DEMO || sandboxUrl === undefined) {
    throw new Error("Demo data is only for a demo installation with its sandbox.");
  }
  try {
    const ctx = await demoOrganization(input);
    const accounts = await demoAccountsOf(sandboxUrl);
    await renewTrust(ctx, sandboxUrl);
    for (const account of inOrder(accounts)) await connect(ctx, sandboxUrl, account);
  } finally {
    await closeDatabase();
  }
}

async function demoOrganization(input: SeedDemoInput): Promise<TenantContext> {
  const { email, password, organization } = input;
  const known = await findUserByEmail(email);
  const userId = known?.id ?? (await registerUser({ email, password, name: "Demo admin" }));
  if (userId === null)
    throw new Error("Another process made the demo's person at the same moment. Start again.");
  // Null when it is there already.
  await createOrganizationWithAdmin({ ...organization, userId });
  const ctx = await tenantForUser(userId, organization.slug, "account.connect");
  await storeToken(ctx, userId, input.apiToken);
  return ctx;
}

async function storeToken(ctx: TenantContext, userId: string, token: string): Promise<void> {
  const tokenHash = hashSecret(token);
  const now = new Date();
  if (await findUsableToken(tokenHash, now)) return;
  await withTenant(ctx, (db) =>
    insertToken(db, {
      tenantId: ctx.tenantId,
      name: "Demo token",
      prefix: token.slice(0, 13),
      tokenHash,
      scopes: [...tokenScopes.values],
      createdBy: userId,
      expiresAt: new Date(now.getTime() + 365 * 24 * 60 * 60 * 1000),
    }),
  );
}

/** The management account first; accounts outside the organization are left for visitors to connect. */
function inOrder(accounts: readonly DemoAccount[]): DemoAccount[] {
  const members = accounts.filter((account) => account.orgRole !== "STANDALONE");
  const rank = (account: DemoAccount) => (account.orgRole === "MANAGEMENT" ? 0 : 1);
  return members.sort((a, b) => rank(a) - rank(b));
}

/** Connected accounts, with the roles that people gave them. */
async function renewTrust(ctx: TenantContext, sandboxUrl: string): Promise<void> {
  for (const account of (await listAccounts(ctx, all)).rows) {
    if (account.roleArn === null || account.status === "disconnected") continue;
    await trust(
      ctx,
      sandboxUrl,
      account.id,
      account.awsAccountId,
      account.roleArn.slice(account.roleArn.lastIndexOf("/") + 1),
    );
  }
}

async function connect(ctx: TenantContext, sandboxUrl: string, account: DemoAccount): Promise<void> {
  const known = (await listAccounts(ctx, all)).rows.filter((row) => row.awsAccountId === account.id);
  if (known.some((row) => row.status !== "draft")) return;
  const { id } = await startConnection(ctx, {
    name: account.name,
    awsAccountId: account.id,
    environment: environments[account.name.replace(/^[a-z0-9]+-/, "")] ?? "other",
  });
  const { suggestedRoleArn, roleName } = await getConnect(ctx, id);
  await trust(ctx, sandboxUrl, id, account.id, roleName);
  const delaySeconds = account.orgRole === "MANAGEMENT" ? 0 : othersWait;
  await testConnection(ctx, { accountId: id, roleArn: suggestedRoleArn }, { delaySeconds });
}

async function trust(
  ctx: TenantContext,
  sandboxUrl: string,
  id: string,
  awsAccountId: string,
  roleName: string,
): Promise<void> {
  const { externalId, principalArn } = await getConnect(ctx, id);
  await trustExternalId(sandboxUrl, { account: awsAccountId, roleName, externalId, principalArn });
}
