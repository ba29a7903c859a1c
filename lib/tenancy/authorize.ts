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

/** Throws `forbidden` unless the context carries the permission. Every use case calls it first. */
export function authorize(ctx: TenantContext, permission: Permission): void {
  if (!may(ctx, permission)) {
    const text =
      ctx.principal.type === "token"
        ? "This token's scopes do not allow this."
        : "Your role in this organization does not allow this. An admin can change it.";
    throw new AppError("forbidden", text);
  }
}
