import { disableUser } from "@/lib/db/system/identity";
import { listMembershipsOfUser } from "@/lib/db/system/memberships";
import { countWorkingTokensBy } from "@/lib/db/system/tokens";
import { audit } from "@/lib/tenancy/audit";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { tenantFromJob } from "@/lib/tenancy/tenant-from-job";
import { enterOrganization, identityTransaction } from "@/lib/tenancy/with-identity";
import { releaseDuties } from "./release-duties";
import { revokeInvitesOf } from "./revoke-invites-of";

/**
 * For the operator: the person can no longer sign in, their sessions end, and the invites they made stop working, in
 * one transaction with a line in the log of each organization. Memberships stay, and so do API tokens, which belong to
 * the organizations: answers how many that they created still work. Nobody owns their findings afterwards.
 */
export async function disablePerson(userId: string, now = new Date()): Promise<{ workingTokens: number }> {
  const contexts: TenantContext[] = [];
  for (const { organization } of await listMembershipsOfUser(userId)) {
    contexts.push(await tenantFromJob({ tenantId: organization.id }, "operator"));
  }
  const disabled = await identityTransaction(async (db) => {
    await disableUser(db, userId, now);
    for (const ctx of contexts) {
      const here = await enterOrganization(db, ctx);
      await audit(here, ctx, "member.disabled", `user:${userId}`);
      await revokeInvitesOf(here, ctx, userId, now);
    }
    return { workingTokens: await countWorkingTokensBy(db, userId, now) };
  });
  for (const ctx of contexts) await releaseDuties(ctx, userId);
  return disabled;
}
