import type { z } from "zod";
import {
  createOrganizationWithAdmin,
  listMembershipsOfUser,
  renameOrganization,
} from "@/lib/db/system/memberships";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import { type Role, roles } from "@/lib/tenancy/permissions";
import { tenantForUser } from "@/lib/tenancy/require-tenant";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { enterOrganization, identityTransaction, withIdentity } from "@/lib/tenancy/with-identity";
import { organizationInput } from "./organization-input";
import { slugFrom, slugTry } from "./slug";

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
  input: z.input<typeof organizationInput>,
): Promise<{ id: string; slug: string }> {
  const { name } = parse(organizationInput, input);
  const mine = await listMembershipsOfUser(userId);
  if (mine.length >= 50) {
    throw new AppError(
      "conflict",
      "You are a member of 50 organizations, which is the limit. Leave one first.",
    );
  }
  const slug = slugFrom(name);
  for (let attempt = 1; attempt <= 50; attempt += 1) {
    const made = await createIfFree({ name, slug: slugTry(slug, attempt), userId });
    if (made !== null) return made;
  }
  const text = "Too many organizations have this name already. Choose another.";
  throw new AppError("conflict", text, { fields: { name: text } });
}

/** The organization, its first admin and the first line of its log, all or nothing. Null when the slug is taken. */
function createIfFree(wanted: {
  name: string;
  slug: string;
  userId: string;
}): Promise<{ id: string; slug: string } | null> {
  return identityTransaction(async (db) => {
    const made = await createOrganizationWithAdmin(db, wanted);
    if (made === null) return null;
    const { id, slug, name } = made;
    const ctx = await tenantForUser(wanted.userId, slug, "organization.view", undefined, db);
    await audit(await enterOrganization(db, ctx), ctx, "organization.created", `organization:${id}`, {
      name,
    });
    return { id, slug };
  });
}

/** Renames the organization. Its address stays, so that links keep working. */
export async function updateOrganization(
  ctx: TenantContext,
  input: z.input<typeof organizationInput>,
): Promise<{ name: string }> {
  authorize(ctx, "organization.edit");
  const { name } = parse(organizationInput, input);
  await withIdentity(ctx, async (db) => {
    await renameOrganization(db, ctx.tenantId, name);
    await audit(db, ctx, "organization.renamed", `organization:${ctx.tenantId}`, {
      before: ctx.organizationName,
      after: name,
    });
  });
  return { name };
}
