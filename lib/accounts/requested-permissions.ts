import { logBucketPermissions } from "@/lib/aws/collectors/requested-permissions";
import { permissionLines } from "@/lib/aws/customer-role/customer-policy";

/**
 * Every action of the role that a customer creates for us, with its reason: exactly what the collectors declare, and
 * what reading log files takes where the customer names their bucket.
 */
export function requestedPermissions(
  readsLogBucket = false,
): readonly { readonly action: string; readonly why: string }[] {
  const optional = readsLogBucket ? logBucketPermissions : [];
  return [...permissionLines(), ...optional].map(({ action, why }) => ({ action, why }));
}
