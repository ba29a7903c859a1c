import { AppError } from "@/lib/errors";
import { type Permission, permissions } from "./permissions";
import type { TenantContext } from "./tenant-context";

/** Whether the context carries the permission: for showing or leaving out a button. Use cases call authorize(). */
export function may(ctx: TenantContext, permission: Permission): boolean {
  const { roles, scope } = permissions[permission];
  switch (ctx.principal.type) {
    case "user":
      return ctx.role !== null && (roles as readonly string[]).includes(ctx.role);
    case "token":
      return scope !== null && ctx.scopes.includes(scope);
    case "system":
      // Our own worker and seed, which no request reaches; what it may do is what its code does.
      return true;
  }
}

/** The same for something that `ownerId` owns: an owner may do what the permission leaves to owners. */
export function mayAsOwner(ctx: TenantContext, permission: Permission, ownerId: string | null): boolean {
  if (may(ctx, permission)) return true;
  const { principal, role } = ctx;
  return (
    "owner" in permissions[permission] &&
    principal.type === "user" &&
    principal.userId === ownerId &&
    role !== null &&
    role !== "auditor"
  );
}

/** Throws `forbidden` unless the context carries the permission. Every use case calls it first. */
export function authorize(ctx: TenantContext, permission: Permission): void {
  if (!may(ctx, permission)) throw forbidden(ctx);
}

/** Throws `forbidden` for whoever could not do it even to what they own: before it is known whose it is. */
export function authorizeOwners(ctx: TenantContext, permission: Permission): void {
  const self = ctx.principal.type === "user" ? ctx.principal.userId : null;
  if (!mayAsOwner(ctx, permission, self)) throw forbidden(ctx);
}

/** The same for something that `ownerId` owns, once it is known who that is. */
export function authorizeAsOwner(ctx: TenantContext, permission: Permission, ownerId: string | null): void {
  if (!mayAsOwner(ctx, permission, ownerId)) throw forbidden(ctx, "owner" in permissions[permission]);
}

function forbidden(ctx: TenantContext, isOwnersToo = false): AppError {
  if (ctx.principal.type === "token")
    return new AppError("forbidden", "This token's scopes do not allow this.");
  const who = isOwnersToo
    ? "Leads, admins and the owner of a finding can do this."
    : "An admin can change it.";
  return new AppError("forbidden", `Your role in this organization does not allow this. ${who}`);
}
