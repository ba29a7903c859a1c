import type { ReadFailure } from "./reading";

export type PolicyKind =
  | "identity"
  | "scp"
  | "rcp"
  | "boundary"
  | "session"
  | "endpoint"
  | "resource"
  | "trust";

/** The policy that refused a call, as AWS's message names it. */
export interface RefusingPolicy {
  readonly kind: PolicyKind;
  /** It denies the call in so many words; else it does not allow it. */
  readonly isExplicit: boolean;
  /** Given only to callers of the policy's own account or organization. */
  readonly arn: string | null;
}

/** As the messages name them (IAM user guide, "Access denied error message examples"). */
const kinds: readonly (readonly [RegExp, PolicyKind])[] = [
  [/service control policy/i, "scp"],
  [/resource control policy/i, "rcp"],
  [/permissions boundary/i, "boundary"],
  [/session policy/i, "session"],
  [/VPC endpoint policy/i, "endpoint"],
  [/trust policy/i, "trust"],
  [/resource-based policy/i, "resource"],
  [/identity-based policy/i, "identity"],
];

const reason = /\b(because no|with an explicit deny in (?:an?|the)) ([^:]*?(?:policy|boundary))\b/i;

/** Which policy refused, by AWS's own sentence; null when it does not say. */
export function refusingPolicy(message: string): RefusingPolicy | null {
  const [, how = "", name = ""] = reason.exec(message) ?? [];
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
  if (kind === undefined) return null;
  const arn = /\b(?:policy|boundary): (arn:[^\s,]+)/i.exec(message)?.[1];
  return { kind, isExplicit: how.toLowerCase() !== "because no", arn: arn?.replace(/[.)]+$/, "") ?? null };
}

const isDenial = ({ kind }: ReadFailure) => kind === "denied" || kind === "denied_by_scp";

/** Refused for want of a grant: the one denial that allowing the action in the caller's own policy heals. */
export function needsGrant(failure: ReadFailure): boolean {
  const policy = refusingPolicy(failure.message);
  return isDenial(failure) && policy?.kind === "identity" && !policy.isExplicit;
}

/** Refused, and as far as AWS says not by a policy that a grant cannot overrule. */
export function mayLackPermission(failure: ReadFailure): boolean {
  return failure.kind === "denied" && (needsGrant(failure) || refusingPolicy(failure.message) === null);
}

/** Who was refused, as AWS's message names the caller. */
export interface RefusedCaller {
  readonly kind: "role" | "user" | "permission_set";
  readonly name: string;
}

/** Null when the message names no one, or a caller without policies of its own. */
export function refusedCaller(message: string): RefusedCaller | null {
  const [, resource = ""] = /\barn:aws[a-z0-9-]*:(?:iam|sts)::\d{12}:(\S+)/.exec(message) ?? [];
  const [type = "", ...path] = resource.split("/");
  if (type === "user") return named("user", path.at(-1));
  if (type !== "assumed-role") return null;
  const [role = ""] = path;
  const [, permissionSet] = /^AWSReservedSSO_(.+)_[0-9a-f]+$/.exec(role) ?? [];
  return permissionSet === undefined ? named("role", role) : named("permission_set", permissionSet);
}

/** It becomes part of commands, so only what IAM allows in names is accepted. */
function named(kind: RefusedCaller["kind"], name: string | undefined): RefusedCaller | null {
  return name !== undefined && /^[\w+=,.@-]{1,64}$/.test(name) ? { kind, name } : null;
}

/** The caller as the subject of a sentence. */
export function callerText(caller: RefusedCaller | null): string {
  if (caller === null) return "The role";
  return caller.kind === "permission_set"
    ? `The permission set ${caller.name}`
    : `The ${caller.kind} ${caller.name}`;
}
