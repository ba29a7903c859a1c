import { prisma } from "@/lib/db/client";
import type { Db } from "./identity";

/** Global because it decides whether a person may enter the organization at all. */
export function findMembership(userId: string, organizationSlug: string) {
  return prisma.membership.findFirst({
    where: {
      userId,
      organization: { slug: organizationSlug, erasingAt: null },
      user: { disabledAt: null },
    },
    select: {
      role: true,
      canApprove: true,
      organization: { select: { id: true, slug: true, name: true } },
      user: { select: { id: true, name: true, email: true } },
    },
  });
}

/** Global because it answers "which organizations may I enter?". */
export function listMembershipsOfUser(userId: string) {
  return prisma.membership.findMany({
    where: { userId, organization: { erasingAt: null } },
    orderBy: { organization: { name: "asc" } },
    select: { role: true, canApprove: true, organization: { select: { id: true, slug: true, name: true } } },
  });
}

/** For the operator's list: names and counts, no customer content. */
export function listOrganizations() {
  return prisma.organization.findMany({
    orderBy: { createdAt: "asc" },
    select: { id: true, slug: true, name: true, createdAt: true, _count: { select: { memberships: true } } },
  });
}

/** Organization and its first admin together. Null when the slug is taken. */
export function createOrganizationWithAdmin(input: { name: string; slug: string; userId: string }) {
  return prisma.$transaction(async (db) => {
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
  });
}

export async function renameOrganization(db: Db, tenantId: string, name: string): Promise<void> {
  await db.organization.update({ where: { id: tenantId }, data: { name }, select: { id: true } });
}

/**
 * Serializes changes of who is admin: two admins who leave at the same moment must not both succeed.
 * Held until the transaction ends.
 */
export async function lockMembers(db: Db, tenantId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM organizations WHERE id = ${tenantId}::uuid FOR UPDATE`;
}

/** Admins who can still sign in. A disabled one rescues nobody. */
export function listAdminIds(db: Db, tenantId: string) {
  return db.membership
    .findMany({ where: { tenantId, role: "admin", user: { disabledAt: null } }, select: { userId: true } })
    .then((rows) => rows.map((row) => row.userId));
}

export function listMembersOf(db: Db, tenantId: string) {
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

export function findMemberOf(db: Db, tenantId: string, userId: string) {
  return db.membership.findUnique({
    where: { tenantId_userId: { tenantId, userId } },
    select: { userId: true, role: true, canApprove: true, user: { select: { name: true, email: true } } },
  });
}

export async function addMember(
  db: Db,
  input: { tenantId: string; userId: string; role: string; canApprove: boolean },
): Promise<boolean> {
  const { count } = await db.membership.createMany({ data: [input], skipDuplicates: true });
  return count === 1;
}

export async function setMemberRole(
  db: Db,
  input: { tenantId: string; userId: string; role: string; canApprove: boolean },
): Promise<void> {
  await db.membership.updateMany({
    where: { tenantId: input.tenantId, userId: input.userId },
    data: { role: input.role, canApprove: input.canApprove },
  });
}

export async function deleteMember(db: Db, tenantId: string, userId: string): Promise<boolean> {
  const { count } = await db.membership.deleteMany({ where: { tenantId, userId } });
  return count === 1;
}
