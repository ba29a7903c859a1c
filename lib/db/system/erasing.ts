import { identityPrisma, prisma } from "@/lib/db/client";
import { insertWork } from "./work-items";

// Erasing an organization is the operator's: it is found by its address, before any context, and none can be had
// while it is being erased.

export interface ErasableOrganization {
  readonly id: string;
  readonly name: string;
  readonly isHeld: boolean;
  readonly erasingAt: Date | null;
}

export async function findErasable(slug: string): Promise<ErasableOrganization | null> {
  const row = await identityPrisma.organization.findUnique({
    where: { slug },
    select: { id: true, name: true, legalHoldAt: true, erasingAt: true },
  });
  return row && { id: row.id, name: row.name, isHeld: row.legalHoldAt !== null, erasingAt: row.erasingAt };
}

/**
 * Closes the organization to everybody, then adds the work of erasing it. Two roles, two transactions, in this order:
 * interrupted in between, it is closed, nothing of it is erased, and the operator's next try goes on. False under a
 * legal hold.
 */
export async function beginErasing(
  tenantId: string,
  work: { readonly kind: string; readonly expiresAfterSeconds: number },
): Promise<boolean> {
  const closed = await identityPrisma.$executeRaw`
    UPDATE organizations SET erasing_at = COALESCE(erasing_at, business_now())
    WHERE id = ${tenantId}::uuid AND legal_hold_at IS NULL`;
  if (closed === 0) return false;
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE work_items SET state = 'done', outcome = 'cancelled', ended_at = business_now(), hinted_at = NULL,
                            lease_owner = NULL, lease_until = NULL
      WHERE tenant_id = ${tenantId}::uuid AND state <> 'done'`;
    await tx.$executeRaw`DELETE FROM scan_schedules WHERE tenant_id = ${tenantId}::uuid`;
    await insertWork(tx, { ...work, tenantId: null, subjectId: tenantId, lane: null, priority: 1 });
  });
  return true;
}

/** Sets or lifts a legal hold. False for an organization that is not there. */
export async function setLegalHold(slug: string, isHeld: boolean): Promise<boolean> {
  const changed = await identityPrisma.$executeRaw`
    UPDATE organizations
    SET legal_hold_at = CASE WHEN ${isHeld} THEN COALESCE(legal_hold_at, business_now()) END
    WHERE slug = ${slug}`;
  return changed === 1;
}

/**
 * Whether the organization may be erased: `closed` to everybody by the operator, `held`, `open`, or `gone`. A work item
 * alone erases nobody: the role that writes work items cannot close an organization.
 */
export async function erasingStateOf(tenantId: string): Promise<"closed" | "held" | "open" | "gone"> {
  const row = await identityPrisma.organization.findUnique({
    where: { id: tenantId },
    select: { legalHoldAt: true, erasingAt: true },
  });
  if (row === null) return "gone";
  if (row.legalHoldAt !== null) return "held";
  return row.erasingAt === null ? "open" : "closed";
}

/**
 * The last step: work items, then users who belonged to this organization alone, and the organization with its
 * memberships, invites and tokens. The organization goes last and whole, so that a step interrupted before it can be
 * taken again.
 */
export async function eraseIdentityOf(tenantId: string): Promise<void> {
  await prisma.$executeRaw`DELETE FROM work_items WHERE tenant_id = ${tenantId}::uuid`;
  await identityPrisma.$transaction(async (tx) => {
    await tx.$executeRaw`
      DELETE FROM users u
      WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.tenant_id = ${tenantId}::uuid)
        AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.tenant_id <> ${tenantId}::uuid)`;
    // Memberships, invites and tokens go with it.
    await tx.$executeRaw`DELETE FROM organizations WHERE id = ${tenantId}::uuid`;
  });
}
