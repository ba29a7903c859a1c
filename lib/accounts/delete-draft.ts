import type { z } from "zod";
import type { TenantDb } from "@/lib/db/tenant-db";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { underWay } from "@/lib/runs/under-way";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { draftDeletion } from "./account-input";
import { lockAccount } from "./account-lock";

/**
 * Deletes a connection that was begun and never proven, and its tests. The database refuses it for any other account.
 * Throws not_found, and conflict for an account that is or was connected, or while a test runs.
 */
export async function deleteDraft(ctx: TenantContext, input: z.input<typeof draftDeletion>): Promise<void> {
  authorize(ctx, "account.connect");
  const { id } = parse(draftDeletion, input);
  const { tenantId } = ctx;
  await withTenant(ctx, async (db) => {
    const account = await lockAccount(db, tenantId, id);
    if (account.status !== "draft") {
      throw new AppError(
        "conflict",
        "This account is or was connected. Its history is kept: disconnect it instead.",
      );
    }
    await deleteLockedDraft(db, ctx, id, account);
  });
}

/** The same for an account that is locked and a draft, and whose caller may do it. */
export async function deleteLockedDraft(
  db: TenantDb,
  ctx: TenantContext,
  id: string,
  account: { readonly name: string; readonly awsAccountId: string },
): Promise<void> {
  const { tenantId } = ctx;
  const test = await db.connectionTest.findFirst({
    where: { tenantId, accountId: id, status: underWay },
    select: { id: true },
  });
  if (test !== null) {
    throw new AppError(
      "conflict",
      "A connection test is running. Wait until it has ended, then delete the connection.",
    );
  }
  await db.account.delete({ where: { tenantId_id: { tenantId, id } }, select: { id: true } });
  const { name, awsAccountId } = account;
  await audit(db, ctx, "account.draft_deleted", `account:${id}`, { name, awsAccountId });
}
