import { identityPrisma as prisma } from "@/lib/db/client";
import type { IdentityDb } from "@/lib/db/identity-db";
import { identityReader, type Reader } from "@/lib/db/reader";

/** An organization that a person is a member of, and as what. */
export interface OwnMembership {
  readonly role: string;
  readonly canApprove: boolean;
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string };
}

interface Membership extends OwnMembership {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
}

/**
 * Global because it decides whether a person may enter the organization at all. SQL, like the next one, because streams
 * ask for it all the time and the client would ask for each of the tables.
 */
export async function findMembership(
  userId: string,
  organizationSlug: string,
  db: IdentityDb = prisma,
): Promise<Membership | null> {
  const rows = await db.$queryRaw<Membership[]>`
    SELECT m.role, m.can_approve AS "canApprove",
           json_build_object('id', o.id, 'slug', o.slug, 'name', o.name) AS organization,
           json_build_object('id', u.id, 'name', u.name, 'email', u.email) AS "user"
    FROM memberships m
      JOIN organizations o ON o.id = m.tenant_id
      JOIN users u ON u.id = m.user_id
    WHERE m.user_id = ${userId}::uuid AND o.slug = ${organizationSlug} AND o.erasing_at IS NULL
      AND u.disabled_at IS NULL`;
  return rows[0] ?? null;
}

/** Global because it answers "which organizations may I enter?". */
export function listMembershipsOfUser(userId: string): Promise<OwnMembership[]> {
  return prisma.$queryRaw<OwnMembership[]>`
    SELECT m.role, m.can_approve AS "canApprove",
           json_build_object('id', o.id, 'slug', o.slug, 'name', o.name) AS organization
    FROM memberships m JOIN organizations o ON o.id = m.tenant_id
    WHERE m.user_id = ${userId}::uuid AND o.erasing_at IS NULL
    ORDER BY o.name`;
}

/** For the operator's list: names and counts, no customer content. */
export function listOrganizations() {
  return prisma.organization.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, slug: true, name: true, createdAt: true, _count: { select: { memberships: true } } },
  });
}

/** Organization and its first admin together. Null when the slug is taken. */
export async function createOrganizationWithAdmin(
  db: IdentityDb,
  input: { name: string; slug: string; userId: string },
) {
  const rows = await db.organization.createManyAndReturn({
    data: [{ name: input.name, slug: input.slug }],
    skipDuplicates: true,
    select: { id: true, slug: true, name: true },
  });
  const organization = rows[0];
  if (organization === undefined) return null;
  await db.membership.create({
    data: { tenantId: organization.id, userId: input.userId, role: "admin", canApprove: true },
    select: { role: true },
  });
  return organization;
}

export async function renameOrganization(db: IdentityDb, tenantId: string, name: string): Promise<void> {
  await db.organization.update({ where: { id: tenantId }, data: { name }, select: { id: true } });
}

/**
 * Serializes changes of who is admin: two admins who leave at the same moment must not both succeed.
 * Held until the transaction ends.
 */
export async function lockMembers(db: IdentityDb, tenantId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM organizations WHERE id = ${tenantId}::uuid FOR UPDATE`;
}

/** Admins who can still sign in. A disabled one rescues nobody. */
export function listAdminIds(db: IdentityDb, tenantId: string) {
  return db.membership
    .findMany({ where: { tenantId, role: "admin", user: { disabledAt: null } }, select: { userId: true } })
    .then((rows) => rows.map((row) => row.userId));
}

export function listMembersOf(db: IdentityDb, tenantId: string) {
  return db.membership.findMany({
    where: { tenantId },
    orderBy: { createdAt: "asc" },
    select: {
      userId: true,
      role: true,
      canApprove: true,
      createdAt: true,
      user: { select: { name: true, email: true, disabledAt: true } },
    },
  });
}

/** Names of those with one of the roles who can sign in, longest first. */
export async function namesWithRole(
  tenantId: string,
  roles: readonly string[],
  most: number,
): Promise<string[]> {
  const rows = await identityReader.$queryRaw<{ name: string }[]>`
    SELECT u.name FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.tenant_id = ${tenantId}::uuid AND m.role = ANY (${[...roles]}) AND u.disabled_at IS NULL
    ORDER BY m.created_at, m.user_id LIMIT ${most}`;
  return rows.map(({ name }) => name);
}

export function findMemberOf(db: IdentityDb, tenantId: string, userId: string) {
  return db.membership.findUnique({
    where: { tenantId_userId: { tenantId, userId } },
    select: { userId: true, role: true, canApprove: true, user: { select: { name: true, email: true } } },
  });
}

/** The name of a member who can sign in and is no auditor, who may own a finding; null for anybody else. */
export async function findPossibleOwner(
  db: IdentityDb,
  tenantId: string,
  userId: string,
): Promise<string | null> {
  const found = await db.membership.findFirst({
    where: { tenantId, userId, role: { not: "auditor" }, user: { disabledAt: null } },
    select: { user: { select: { name: true } } },
  });
  return found?.user.name ?? null;
}

/** Those of the people who are members, can sign in and are no auditors: the order of `userIds` stays. */
export async function membersAmong(
  db: IdentityDb,
  tenantId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await db.membership.findMany({
    where: { tenantId, userId: { in: [...userIds] }, role: { not: "auditor" }, user: { disabledAt: null } },
    select: { userId: true },
  });
  const members = new Set(rows.map(({ userId }) => userId));
  return userIds.filter((id) => members.has(id));
}

/** Members who may own a finding, by name. SQL, because the list of findings asks for them each time it is shown. */
export function listPossibleOwnersOf(tenantId: string): Promise<{ id: string; name: string }[]> {
  return identityReader.$queryRaw<{ id: string; name: string }[]>`
    SELECT m.user_id::text AS id, u.name FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.tenant_id = ${tenantId}::uuid AND m.role <> 'auditor' AND u.disabled_at IS NULL
    ORDER BY u.name, m.user_id LIMIT 1000`;
}

/** The next members in the order of their ids. */
export async function membersAfter(
  db: IdentityDb,
  tenantId: string,
  after: string | null,
  most: number,
): Promise<{ userId: string; name: string; role: string }[]> {
  const rows = await db.membership.findMany({
    where: { tenantId, ...(after === null ? {} : { userId: { gt: after } }) },
    orderBy: { userId: "asc" },
    take: most,
    select: { userId: true, role: true, user: { select: { name: true } } },
  });
  return rows.map(({ userId, role, user }) => ({ userId, role, name: user.name }));
}

/** Names of people by id, of those that are known. Also of those who have left: history names them still. */
export async function namesOf(
  userIds: readonly string[],
  db: Reader = identityReader,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id::text AS id, name FROM users WHERE id = ANY (${[...userIds]}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function addMember(
  db: IdentityDb,
  input: { tenantId: string; userId: string; role: string; canApprove: boolean },
): Promise<boolean> {
  const { count } = await db.membership.createMany({ data: [input], skipDuplicates: true });
  return count === 1;
}

export async function setMemberRole(
  db: IdentityDb,
  input: { tenantId: string; userId: string; role: string; canApprove: boolean },
): Promise<void> {
  await db.membership.updateMany({
    where: { tenantId: input.tenantId, userId: input.userId },
    data: { role: input.role, canApprove: input.canApprove },
  });
}

export async function deleteMember(db: IdentityDb, tenantId: string, userId: string): Promise<boolean> {
  const { count } = await db.membership.deleteMany({ where: { tenantId, userId } });
  return count === 1;
}
