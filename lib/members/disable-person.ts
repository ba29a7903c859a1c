import { disableUser } from "@/lib/db/system/identity";
import { listMembershipsOfUser } from "@/lib/db/system/memberships";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { enterOrganization, identityTransaction } from "@/lib/tenancy/with-identity";
import { revokeInvitesOf } from "./revoke-invites-of";

/**
 * For the operator: the person can no longer sign in, their sessions end, and the invites they made stop working, in
 * one transaction with a line in the log of each organization. Memberships stay.
 */
export async function disablePerson(userId: string, now = new Date()): Promise<void> {
  const contexts: TenantContext[] = [];
  for (const { organization } of await listMembershipsOfUser(userId)) {
    contexts.push(await tenantFromJob({ tenantId: organization.id }, "operator"));
  }
  await identityTransaction(async (db) => {
    await disableUser(db, userId, now);
    for (const ctx of contexts) {
      const here = await enterOrganization(db, ctx);
      await audit(here, ctx, "member.disabled", `user:${userId}`);
      await revokeInvitesOf(here, ctx, userId, now);
    }
  });
}
