import type { z } from "zod";
import { renewScores } from "@/lib/findings/priority/renew-scores";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { accountUpdate } from "./account-input";
import { lockAccount } from "./account-lock";
import { findAccountRow } from "./account-rows";
import { setAccountSchedule } from "./account-schedule";
import { refuseStale } from "./account-version";
import type { AccountRow } from "./account-view";

/**
 * Changes what the organization calls the account, and its schedule: all of it or nothing. With the `version` that the
 * caller has read, a change of somebody else since then is not overwritten. Answers the account as it then is. Throws
 * invalid_input, not_found, version_conflict, and conflict for a schedule of an account that is not connected.
 */
export async function updateAccount(
  ctx: TenantContext,
  input: z.input<typeof accountUpdate>,
): Promise<AccountRow> {
  authorize(ctx, "account.edit");
  const { id, name, environment, labels, version, everyMinutes } = parse(accountUpdate, input);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(environment === undefined ? {} : { environment }),
    ...(labels === undefined ? {} : { labels }),
  };
  return withTenant(ctx, async (db) => {
    const current = await lockAccount(db, ctx.tenantId, id);
    await refuseStale(db, ctx.tenantId, id, current, version);
    if (Object.keys(change).length > 0) {
      await db.account.update({
        where: { tenantId_id: { tenantId: ctx.tenantId, id } },
        data: { ...change, version: { increment: 1 } },
        select: { id: true },
      });
      if (environment !== undefined) await renewScores(db, ctx.tenantId, { accountIds: [id] });
      await audit(db, ctx, "account.updated", `account:${id}`, change);
    }
    if (everyMinutes !== undefined)
      await setAccountSchedule(db, ctx, { id, status: current.status }, everyMinutes);
    const row = await findAccountRow(db, ctx.tenantId, id);
    if (!row) throw new Error("The account that was just changed is not there.");
    return row;
  });
}
