import { z } from "zod";
import { notFound } from "@/lib/errors";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { accountRows } from "./account-rows";
import type { AccountRow } from "./account-view";

/** All accounts of the organization, disconnected ones and drafts included: those that need attention first. */
export async function listAccounts(ctx: TenantContext): Promise<AccountRow[]> {
  authorize(ctx, "organization.view");
  return withTenant(ctx, (db) => accountRows(db, ctx.tenantId));
}

/** One account. Throws not_found. */
export async function getAccount(ctx: TenantContext, id: string): Promise<AccountRow> {
  authorize(ctx, "organization.view");
  if (!z.uuid().safeParse(id).success) throw notFound();
  const rows = await withTenant(ctx, (db) => accountRows(db, ctx.tenantId, id));
  const row = rows[0];
  if (!row) throw notFound();
  return row;
}
