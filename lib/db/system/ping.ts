import { prisma } from "@/lib/db/client";

/** Resolves when the database answers. Reads no table. */
export async function pingDatabase(): Promise<void> {
  await prisma.$queryRaw`SELECT 1`;
}
