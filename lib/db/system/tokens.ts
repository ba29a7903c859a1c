import { identityPrisma as prisma } from "@/lib/db/client";
import type { IdentityDb } from "@/lib/db/identity-db";

export function insertToken(
  db: IdentityDb,
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

interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  /** Null once whoever created it is no member any more. */
  readonly creatorName: string | null;
  readonly creatorDisabled: boolean;
}

/** Those that work first, and of each the newest first. SQL, for the name of the member who created it. */
export function listTokensOf(db: IdentityDb, tenantId: string, now: Date): Promise<StoredToken[]> {
  return db.$queryRaw<StoredToken[]>`
    SELECT t.id::text AS id, t.name, t.prefix, t.scopes, t.created_by::text AS "createdBy", t.created_at AS "createdAt",
           t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", t.revoked_at AS "revokedAt",
           u.name AS "creatorName", u.disabled_at IS NOT NULL AS "creatorDisabled"
    FROM api_tokens t
      LEFT JOIN memberships m ON m.tenant_id = t.tenant_id AND m.user_id = t.created_by
      LEFT JOIN users u ON u.id = m.user_id
    WHERE t.tenant_id = ${tenantId}::uuid
    ORDER BY t.revoked_at IS NULL AND t.expires_at > ${now}::timestamptz DESC, t.created_at DESC LIMIT 200`;
}

/** Names of an organization's tokens by id, revoked and expired ones too: history names them still. */
export async function tokenNamesOf(
  tenantId: string,
  ids: readonly string[],
  db: IdentityDb = prisma,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.apiToken.findMany({
    where: { tenantId, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const working = (now: Date) => ({ revokedAt: null, expiresAt: { gt: now } });

/** Tokens that work, with who created each. */
export function listWorkingTokens(db: IdentityDb, tenantId: string, now: Date) {
  return db.apiToken.findMany({
    where: { tenantId, ...working(now) },
    orderBy: { createdAt: "desc" },
    select: { id: true, name: true, prefix: true, createdBy: true, lastUsedAt: true },
  });
}

export function countWorkingTokens(db: IdentityDb, tenantId: string, now: Date): Promise<number> {
  return db.apiToken.count({ where: { tenantId, ...working(now) } });
}

/** How many tokens this person created, in all organizations, that work. For the operator. */
export function countWorkingTokensBy(db: IdentityDb, createdBy: string, now: Date): Promise<number> {
  return db.apiToken.count({ where: { createdBy, ...working(now) } });
}

/** Ends those of the tokens that this person created here and that work; returns their ids. */
export async function revokeTokensBy(
  db: IdentityDb,
  tenantId: string,
  createdBy: string,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await db.apiToken.updateManyAndReturn({
    where: { tenantId, createdBy, id: { in: [...ids] }, ...working(now) },
    data: { revokedAt: now },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function revokeTokenOf(
  db: IdentityDb,
  tenantId: string,
  id: string,
  now: Date,
): Promise<boolean> {
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
