import { prisma } from "@/lib/db/client";
import type { Db } from "./identity";

export function insertToken(
  db: Db,
  input: {
    tenantId: string;
    name: string;
    prefix: string;
    tokenHash: string;
    scopes: string[];
    createdBy: string;
    expiresAt: Date;
  },
) {
  return db.apiToken.create({ data: input, select: { id: true } });
}

export function listTokensOf(db: Db, tenantId: string) {
  return db.apiToken.findMany({
    where: { tenantId },
    orderBy: { createdAt: "desc" },
    take: 200,
    select: {
      id: true,
      name: true,
      prefix: true,
      scopes: true,
      createdBy: true,
      createdAt: true,
      expiresAt: true,
      lastUsedAt: true,
      revokedAt: true,
    },
  });
}

export async function revokeTokenOf(db: Db, tenantId: string, id: string, now: Date): Promise<boolean> {
  const { count } = await db.apiToken.updateMany({
    where: { id, tenantId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1;
}

/** Global because the token alone names its organization. Null when unknown, revoked or expired. */
export function findUsableToken(tokenHash: string, now: Date) {
  return prisma.apiToken.findFirst({
    where: { tokenHash, revokedAt: null, expiresAt: { gt: now }, organization: { erasingAt: null } },
    select: {
      id: true,
      name: true,
      scopes: true,
      lastUsedAt: true,
      organization: { select: { id: true, slug: true, name: true } },
    },
  });
}

/** "Last used" is exact to the minute: at most one write a minute. */
export async function touchToken(id: string, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  await prisma.apiToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minuteAgo } }] },
    data: { lastUsedAt: now },
  });
}
