import { identityPrisma as prisma } from "@/lib/db/client";

/**
 * Crosses tenants because a work item names its organization by id alone, and must learn whether there is such a one.
 * None that is being erased.
 */
export function findOrganization(id: string): Promise<{ id: string; slug: string; name: string } | null> {
  return prisma.organization.findFirst({
    where: { id, erasingAt: null },
    select: { id: true, slug: true, name: true },
  });
}
