import { limit, roomOf } from "@/lib/auth/rate-limit";
import { sql } from "@/lib/db/sql";
import { AppError, notFound } from "@/lib/errors";
import { findingAt } from "@/lib/findings/finding-at";
import { type Observation, observations } from "@/lib/findings/lifecycle/states";
import { isUnderWay } from "@/lib/runs/under-way";
import { authorize, may } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { createScan } from "./create-scan";

/** Whether this finding's account may be scanned from it: for showing or leaving out the button. */
export function mayScanFinding(ctx: TenantContext, observation: Observation): boolean {
  return may(ctx, "scan.request") || (may(ctx, "finding.scan") && observation !== "passing");
}

/**
 * Asks for a scan of a finding's account, from that finding. Leads, admins and tokens as often as they like; a member
 * only while it fails or is unknown, and so many times an hour that nobody spends the account's quota at AWS. A scan
 * that is under way already is returned, and counts for nobody. Throws not_found, forbidden, rate_limited and conflict.
 */
export async function scanFinding(
  ctx: TenantContext,
  input: { key: string; trigger: "manual" | "api" },
): Promise<{ id: string; number: number }> {
  const { id, number } = await askForScan(ctx, input);
  return { id, number };
}

/** The same, and whether a scan of the account was under way already, which then is the answer. */
export async function askForScan(
  ctx: TenantContext,
  input: { key: string; trigger: "manual" | "api" },
): Promise<{ id: string; number: number; wasUnderWay: boolean }> {
  authorize(ctx, "finding.scan");
  const finding = await findingToScan(ctx, input.key);
  if (!mayScanFinding(ctx, finding.observation)) {
    throw new AppError(
      "forbidden",
      "This finding passes. A member can have it scanned while it fails or is unknown; leads and admins at any time.",
    );
  }
  if (!may(ctx, "scan.request") && !finding.isUnderWay) await countScan(ctx, finding.accountId);
  return withTenant(ctx, async (db) => {
    const { accountId, isUnderWay } = finding;
    const { id, number, created } = await createScan(db, ctx, { accountId, trigger: input.trigger });
    return { id, number, wasUnderWay: !created && isUnderWay };
  });
}

/** See scanRoom(). */
export interface ScanRoom {
  readonly byPerson: number;
  readonly byAccount: ReadonlyMap<string, number>;
}

interface FindingToScan {
  readonly accountId: string;
  readonly observation: Observation;
  readonly isUnderWay: boolean;
}

async function findingToScan(ctx: TenantContext, key: string): Promise<FindingToScan> {
  const where = findingAt(key);
  if (!where) throw notFound();
  const [row] = await withTenant(
    ctx,
    (db) => db.$queryRaw<{ accountId: string; observation: string; isUnderWay: boolean }[]>`
      SELECT f.account_id::text AS "accountId", f.observation,
             EXISTS (SELECT 1 FROM scans s WHERE s.tenant_id = f.tenant_id AND s.account_id = f.account_id
                       AND ${isUnderWay(sql`s.status`)} AND s.not_before IS NULL) AS "isUnderWay"
      FROM findings f WHERE f.tenant_id = ${ctx.tenantId}::uuid AND ${where}`,
  );
  if (!row) throw notFound();
  return { ...row, observation: observations.parse(row.observation) };
}

/** How many scans a member may still ask for in this hour, in all and of each of the accounts; null for who is not counted. */
export async function scanRoom(ctx: TenantContext, accountIds: readonly string[]): Promise<ScanRoom | null> {
  if (may(ctx, "scan.request") || ctx.principal.type !== "user") return null;
  const person = `${ctx.tenantId} ${ctx.principal.userId}`;
  const [byPerson, byAccount] = await Promise.all([
    roomOf("memberScansByPerson", [person]),
    roomOf(
      "memberScansOfAccount",
      accountIds.map((id) => `${ctx.tenantId} ${id}`),
    ),
  ]);
  return {
    byPerson: byPerson[0] ?? 0,
    byAccount: new Map(accountIds.map((id, at) => [id, byAccount[at] ?? 0])),
  };
}

/** Counts a member's scan, by person and by account; what the account's count refuses costs the person nothing. */
async function countScan(ctx: TenantContext, accountId: string): Promise<void> {
  if (ctx.principal.type !== "user") return;
  const person = `${ctx.tenantId} ${ctx.principal.userId}`;
  const byPerson = await limit("memberScansByPerson", person);
  try {
    await limit("memberScansOfAccount", `${ctx.tenantId} ${accountId}`);
  } catch (error) {
    await byPerson.giveBack();
    throw error;
  }
}
