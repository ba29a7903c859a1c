import { permissionLines } from "@/lib/aws/customer-role/customer-policy";

/** Every action of the role that a customer creates for us, with its reason: exactly what the collectors declare. */
export function requestedPermissions(): readonly { readonly action: string; readonly why: string }[] {
  return permissionLines().map(({ action, why }) => ({ action, why }));
}
