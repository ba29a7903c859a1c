import { parseArn } from "@/lib/checks/arn";
import type { Partition } from "@/lib/checks/facts/facts";

export interface AwsPrincipal {
  readonly partition: Partition;
  /** What a customer's trust policy names. */
  readonly arn: string;
}

/**
 * The principal behind the ARN that GetCallerIdentity answers. A session is named by its role, because a trust policy
 * that names a session ends with it. The path of an IAM Identity Center role is not part of the session's ARN, so
 * there the account is named: the external id still keeps others of that account out. Null for anything else.
 */
export function principalOf(callerArn: string): AwsPrincipal | null {
  const parsed = parseArn(callerArn);
  if (parsed === null) return null;
  const { partition, account, resource } = parsed;
  const named = (name: string) => ({ partition, arn: `arn:${partition}:iam::${account}:${name}` });
  const [, role] = /^assumed-role\/([^/]+)\//.exec(resource) ?? [];
  if (role !== undefined) return named(role.startsWith("AWSReservedSSO_") ? "root" : `role/${role}`);
  return resource === "root" || resource.startsWith("user/") ? named(resource) : null;
}
