import { AppError } from "@/lib/errors";
import type { TenantContext } from "@/lib/tenancy/tenant-context";

/** Whose inbox is asked for: everybody reads their own. Throws forbidden for a token, which has none. */
export function readerOf({ principal }: TenantContext): string {
  if (principal.type !== "user") throw new AppError("forbidden", "Only people have an inbox.");
  return principal.userId;
}
