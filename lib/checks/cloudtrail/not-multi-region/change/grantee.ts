import type { ReadFailure } from "@/lib/checks/facts/reading";
import { needsGrant, type RefusedCaller, refusedCaller } from "@/lib/checks/facts/refusing-policy";
import type { Scanner } from "@/lib/checks/scanner";

/** Whose policies decide about the reads. */
export interface Grantee {
  readonly kind: RefusedCaller["kind"];
  readonly name: string;
  /** As in Scanner. */
  readonly path: string;
}

/**
 * Whom AWS's refusal names, else who scans; null when neither is known, which means the role of our templates. The path
 * is in the scanner's own ARN alone.
 */
export function granteeOf(refusal: ReadFailure | undefined, scanner: Scanner | null): Grantee | null {
  const caller = refusedCaller(refusal?.message ?? "");
  if (caller === null) return scanner && (permissionSetOf(scanner) ?? scanner);
  const isScanner = scanner?.kind === caller.kind && scanner.name === caller.name;
  return { ...caller, path: isScanner ? scanner.path : "" };
}

/** IAM actions that the change of its policy and the read-back take; none when no grant heals the refusal. */
export function grantingActions(
  blockedBy: readonly ReadFailure[],
  scanner: Scanner | null,
): readonly string[] {
  const refusal = blockedBy.find(needsGrant);
  if (refusal === undefined) return [];
  switch (granteeOf(refusal, scanner)?.kind) {
    case "user":
      return ["iam:PutUserPolicy", "iam:GetUserPolicy"];
    case "permission_set":
      return ["sso:PutInlinePolicyToPermissionSet"];
    default:
      return ["iam:PutRolePolicy", "iam:GetRolePolicy"];
  }
}

/** IAM Identity Center names the roles that it makes of a permission set so. */
function permissionSetOf({ name }: Scanner): Grantee | null {
  const [, permissionSet] = /^AWSReservedSSO_(.+)_[0-9a-f]+$/.exec(name) ?? [];
  return permissionSet === undefined ? null : { kind: "permission_set", name: permissionSet, path: "" };
}
