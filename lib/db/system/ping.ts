import { identityPrisma, prisma } from "@/lib/db/client";

/** Resolves when the database answers both of the product's roles. Reads no table. */
export async function pingDatabase(): Promise<void> {
  await Promise.all([prisma.$queryRaw`SELECT 1`, identityPrisma.$queryRaw`SELECT 1`]);
}
