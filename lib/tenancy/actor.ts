import type { TenantContext } from "./tenant-context";

/** Who acts, as history and audit log keep it: `user:<id>`, `token:<id>` or `system`. Names may change, ids do not. */
export function actorOf(ctx: TenantContext): string {
  switch (ctx.principal.type) {
    case "user":
      return `user:${ctx.principal.userId}`;
    case "token":
      return `token:${ctx.principal.tokenId}`;
    case "system":
      return "system";
  }
}
