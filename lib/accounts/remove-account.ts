import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { lockAccount } from "./account-lock";
import { deleteLockedDraft } from "./delete-draft";
import { disconnectLocked } from "./disconnect-account";

/**
 * What a program means by deleting an account: a connection that was never proven is deleted, any other is disconnected
 * and its history kept. Throws not_found, and conflict as those two do.
 */
export async function removeAccount(ctx: TenantContext, { id }: { id: string }): Promise<void> {
  authorize(ctx, "account.disconnect");
  await withTenant(ctx, async (db) => {
    const account = await lockAccount(db, ctx.tenantId, id);
    if (account.status === "draft") await deleteLockedDraft(db, ctx, id, account);
    else await disconnectLocked(db, ctx, id, account);
  });
}
