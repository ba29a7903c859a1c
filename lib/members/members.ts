import type { z } from "zod";
import { deleteMember, findMemberOf, listMembersOf, setMemberRole } from "@/lib/db/system/memberships";
import { notFound } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { type Role, roles } from "@/lib/tenancy/permissions";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { requireAnotherAdmin } from "./last-admin";
import { roleChange } from "./member-input";

export interface MemberRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly canApprove: boolean;
  readonly joinedAt: string;
  readonly isYou: boolean;
  readonly isDisabled: boolean;
}

/** The members of the organization, longest first. */
export async function listMembers(ctx: TenantContext): Promise<readonly MemberRow[]> {
  authorize(ctx, "member.view");
  const rows = await withTenant(ctx, (db) => listMembersOf(db, ctx.tenantId));
  const you = ctx.principal.type === "user" ? ctx.principal.userId : null;
  return rows.map((row) => ({
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: roles.parse(row.role),
    canApprove: row.canApprove,
    joinedAt: row.createdAt.toISOString(),
    isYou: row.userId === you,
    isDisabled: row.user.disabledAt !== null,
  }));
}

/** Takes effect at the member's next request. Refused for the last admin. */
export async function changeRole(ctx: TenantContext, change: z.input<typeof roleChange>): Promise<void> {
  authorize(ctx, "member.manage");
  const input = parse(roleChange, change);
  await withTenant(ctx, async (db) => {
    const before = await findMemberOf(db, ctx.tenantId, input.userId);
    if (before === null) throw notFound();
    if (input.role !== "admin") await requireAnotherAdmin(db, ctx.tenantId, input.userId);
    const canApprove = input.canApprove ?? (before.canApprove && input.role !== "auditor");
    await setMemberRole(db, { tenantId: ctx.tenantId, ...input, canApprove });
    await audit(db, ctx, "member.role_changed", `user:${input.userId}`, {
      before: { role: before.role, canApprove: before.canApprove },
      after: { role: input.role, canApprove },
    });
  });
}

/** Takes the membership away; the person's other organizations and user stay. Refused for the last admin. */
export async function removeMember(ctx: TenantContext, input: { userId: string }): Promise<void> {
  authorize(ctx, "member.manage");
  await withTenant(ctx, async (db) => {
    await requireAnotherAdmin(db, ctx.tenantId, input.userId);
    if (!(await deleteMember(db, ctx.tenantId, input.userId))) throw notFound();
    await audit(db, ctx, "member.removed", `user:${input.userId}`);
  });
}
