import { z } from "zod";
import {
  createOrganizationWithAdmin,
  listMembershipsOfUser,
  renameOrganization,
} from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { type Role, roles } from "@/lib/tenancy/permissions";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { slugFrom, slugTry } from "./slug";

/** An organization's name: one line of up to 80 characters. */
export const organizationNameField = z
  .string()
  .transform((text) =>
    text
      .normalize("NFKC")
      .replace(/[\p{Cc}\p{Cf}]/gu, "")
      .replace(/\s+/g, " ")
      .trim(),
  )
  .pipe(z.string().min(2, "Use at least 2 characters.").max(80, "Use at most 80 characters."));

export interface MyOrganization {
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
}

/** Organizations the person is a member of, by name. */
export async function listMyOrganizations(userId: string): Promise<readonly MyOrganization[]> {
  const memberships = await listMembershipsOfUser(userId);
  return memberships.map((row) => ({
    slug: row.organization.slug,
    name: row.organization.name,
    role: roles.parse(row.role),
  }));
}

/** Makes an organization with the person as its admin and approver. The slug comes from the name and never changes. */
export async function createOrganization(
  userId: string,
  input: { name: string },
): Promise<{ id: string; slug: string }> {
  const mine = await listMembershipsOfUser(userId);
  if (mine.length >= 50) {
    throw new AppError(
      "conflict",
      "You are a member of 50 organizations, which is the limit. Leave one first.",
    );
  }
  const slug = slugFrom(input.name);
  for (let attempt = 1; attempt <= 50; attempt += 1) {
    const made = await createOrganizationWithAdmin({
      name: input.name,
      slug: slugTry(slug, attempt),
      userId,
    });
    if (made === null) continue;
    const ctx = await tenantForUser(userId, made.slug, "organization.view");
    await withTenant(ctx, (db) =>
      audit(db, ctx, "organization.created", `organization:${made.id}`, { name: made.name }),
    );
    return { id: made.id, slug: made.slug };
  }
  const text = "Too many organizations have this name already. Choose another.";
  throw new AppError("conflict", text, { fields: { name: text } });
}

/** Renames the organization. Its address stays, so that links keep working. */
export async function updateOrganization(ctx: TenantContext, input: { name: string }): Promise<void> {
  authorize(ctx, "organization.edit");
  await withTenant(ctx, async (db) => {
    await renameOrganization(db, ctx.tenantId, input.name);
    await audit(db, ctx, "organization.renamed", `organization:${ctx.tenantId}`, {
      before: ctx.organizationName,
      after: input.name,
    });
  });
}
