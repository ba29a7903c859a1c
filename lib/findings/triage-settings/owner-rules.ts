import type { z } from "zod";
import { environmentLabels, environments } from "@/lib/accounts/account-states";
import { namesOf } from "@/lib/db/system/memberships";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError, notFound } from "@/lib/errors";
import { ownerRuleMatches } from "@/lib/findings/triage/owner-rule-match";
import type { OwnerRuleView } from "@/lib/findings/triage-settings-view";
import { parse } from "@/lib/input/parse";
import { unlessLeftMeanwhile } from "@/lib/members/left-meanwhile";
import { requirePossibleOwner } from "@/lib/members/possible-owners";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { newOwnerRule, ownerRuleRemoval } from "./settings-input";

/** Rules of one organization: people read them all on one page. */
const mostRules = 200;

/** The rules in the order in which they count. */
export async function listOwnerRules(ctx: TenantContext): Promise<readonly OwnerRuleView[]> {
  authorize(ctx, "member.view");
  const rows = await withTenant(
    ctx,
    (db) => db.$queryRaw<
      { id: string; match: string; value: string; owner_id: string; account: string | null }[]
    >`
      SELECT r.id::text, r.match, r.value, r.owner_id::text, a.name || ' (' || a.aws_account_id || ')' AS account
      FROM owner_rules r
        LEFT JOIN accounts a ON a.tenant_id = r.tenant_id AND r.match = 'account' AND a.id::text = r.value
      WHERE r.tenant_id = ${ctx.tenantId}::uuid
      ORDER BY array_position(${[...ownerRuleMatches.values]}::text[], r.match), r.created_at, r.id
      LIMIT ${mostRules}`,
  );
  const names =
    rows.length === 0 ? new Map<string, string>() : await namesOf(rows.map((row) => row.owner_id));
  return rows.map((row) => ({
    id: row.id,
    match: ownerRuleMatches.parse(row.match),
    value:
      row.match === "environment"
        ? environmentLabels[environments.parse(row.value)]
        : (row.account ?? row.value),
    owner: { id: row.owner_id, name: names.get(row.owner_id) ?? null },
  }));
}

/**
 * Suggests a member for the findings of an account (by its twelve digits), a label or an environment. A rule for the
 * same is replaced. Throws invalid_input, forbidden, and conflict beyond so many rules.
 */
export async function addOwnerRule(ctx: TenantContext, input: z.input<typeof newOwnerRule>): Promise<void> {
  authorize(ctx, "triage.configure");
  const { match, value, ownerId } = parse(newOwnerRule, input);
  await requirePossibleOwner(ctx, ownerId);
  await withTenant(ctx, async (db) => {
    const meant = match === "account" ? await accountOf(db, ctx.tenantId, value) : wordOf(match, value);
    const others = await db.ownerRule.count({
      where: { tenantId: ctx.tenantId, NOT: { match, value: meant } },
    });
    if (others >= mostRules)
      throw new AppError(
        "conflict",
        `There are ${mostRules} rules already. Remove one that is no longer needed.`,
      );
    await unlessLeftMeanwhile(
      "ownerId",
      () => db.$executeRaw`
        INSERT INTO owner_rules (tenant_id, match, value, owner_id)
        VALUES (${ctx.tenantId}::uuid, ${match}, ${meant}, ${ownerId}::uuid)
        ON CONFLICT (tenant_id, match, value) DO UPDATE SET owner_id = excluded.owner_id`,
    );
    await audit(db, ctx, "triage.rule_set", `user:${ownerId}`, { match, value: meant });
  });
}

/** Throws not_found for a rule that is not there. Who owns findings by it keeps them. */
export async function removeOwnerRule(
  ctx: TenantContext,
  input: z.input<typeof ownerRuleRemoval>,
): Promise<void> {
  authorize(ctx, "triage.configure");
  const { ruleId } = parse(ownerRuleRemoval, input);
  await withTenant(ctx, async (db) => {
    const { count } = await db.ownerRule.deleteMany({ where: { tenantId: ctx.tenantId, id: ruleId } });
    if (count === 0) throw notFound();
    await audit(db, ctx, "triage.rule_removed", `rule:${ruleId}`);
  });
}

function wordOf(match: "label" | "environment", value: string): string {
  if (match === "label") return value.toLowerCase();
  const found = environments.values.find(
    (one) => one === value.toLowerCase() || environmentLabels[one].toLowerCase() === value.toLowerCase(),
  );
  if (found) return found;
  throw refused(
    `Give one of the environments: ${environments.values.map((one) => environmentLabels[one]).join(", ")}.`,
  );
}

async function accountOf(db: TenantDb, tenantId: string, value: string): Promise<string> {
  const awsAccountId = value.replaceAll(/[\s-]/g, "");
  const account = await db.account.findFirst({
    where: { tenantId, awsAccountId, status: { in: ["connected", "unreachable"] } },
    select: { id: true },
  });
  if (account) return account.id;
  throw refused("No connected account has this number. Give its 12 digits, such as 111122223333.");
}

function refused(text: string): AppError {
  return new AppError("invalid_input", text, { fields: { value: text } });
}
