import type { TenantDb } from "@/lib/db/tenant-db";
import type { KnownFinding } from "@/lib/findings/known-finding";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/** Tells the members who are mentioned in a comment, in the transaction that posts it: both or neither. */
export async function notifyMentioned(
  _db: TenantDb,
  _ctx: TenantContext,
  _comment: {
    readonly finding: KnownFinding;
    readonly commentId: string;
    /** Members who may read it. */
    readonly mentions: readonly string[];
  },
): Promise<void> {}
