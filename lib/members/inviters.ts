import { permissions } from "@/lib/tenancy/permissions";

/** Roles that may invite. A link is worth what its maker may do now: who can no longer invite lets nobody in. */
export const inviterRoles: readonly string[] = permissions["member.manage"].roles;

/** Whether the role may invite. */
export function mayInvite(role: string): boolean {
  return inviterRoles.includes(role);
}
