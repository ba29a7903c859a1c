import { isStillReferenced } from "@/lib/db/still-referenced";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { PossibleOwner } from "./possible-owners";
import { releaseDuties } from "./release-duties";

/** Somebody has to assign a finding in just that moment for each further try. */
const mostTries = 3;

/**
 * Runs `end`, which ends memberships of a person, once they stand for nothing more in those organizations: their
 * findings go to `successor`, or to nobody. What somebody assigns to them meanwhile a foreign key refuses to leave
 * behind; then that is taken from them too, and the end is tried again. The caller has checked that it may be.
 */
export async function endMemberships<T>(
  contexts: readonly TenantContext[],
  userId: string,
  end: () => Promise<T>,
  successor: PossibleOwner | null = null,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    // Behind the other door, which does not open inside this one.
    for (const ctx of contexts) await releaseDuties(ctx, userId, successor);
    try {
      return await end();
    } catch (error) {
      if (tries === mostTries || !isStillReferenced(error)) throw error;
    }
  }
}
