import { prisma } from "@/lib/db/client";

/** Crosses tenants because a job names its organization by id alone, and must learn whether there is such a one. */
export function findOrganization(id: string): Promise<{ id: string; slug: string; name: string } | null> {
  return prisma.organization.findUnique({ where: { id }, select: { id: true, slug: true, name: true } });
}
