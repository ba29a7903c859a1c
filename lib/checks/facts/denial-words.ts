import type { ReadFailure } from "./reading";
import {
  callerText,
  type PolicyKind,
  type RefusingPolicy,
  refusedCaller,
  refusingPolicy,
} from "./refusing-policy";

/** A failed call, for people. */
export interface FailureWords {
  readonly title: string;
  /** What happened, one sentence. */
  readonly text: string;
  readonly whatToDo: string;
}

/** What people call each policy, and who can change it. */
const policies: Readonly<Record<PolicyKind, { readonly name: string; readonly holder: string }>> = {
  identity: { name: "policy of its own", holder: "whoever manages the account's IAM policies" },
  scp: { name: "service control policy", holder: "whoever manages the AWS organization" },
  rcp: { name: "resource control policy", holder: "whoever manages the AWS organization" },
  boundary: { name: "permissions boundary", holder: "whoever set the boundary" },
  session: { name: "session policy", holder: "whoever opened the session" },
  endpoint: {
    name: "VPC endpoint policy",
    holder: "whoever manages the VPC endpoint that the scanner calls through",
  },
  resource: { name: "resource-based policy", holder: "whoever manages the resource" },
  trust: { name: "role trust policy", holder: "whoever manages the role" },
};

/** A denied call in plain words: which policy refused, and what heals that. A grant heals one kind alone. */
export function denialWords(failure: ReadFailure): FailureWords {
  const { api, region, message } = failure;
  const policy = refusingPolicy(message) ?? (failure.kind === "denied_by_scp" ? impliedScp : null);
  const who = callerText(refusedCaller(message));
  if (policy === null) {
    return {
      title: "Denied",
      text: `AWS denied ${api} (${region}) and does not say which policy refused.`,
      whatToDo: `Look in the account for what refuses ${api}: a policy of the caller that lacks or denies it, a permissions boundary, or a service control policy. Which of them cannot be told from the answer.`,
    };
  }
  if (policy.kind === "identity") {
    return policy.isExplicit
      ? {
          title: "Denied by the caller's own policy",
          text: `${who} may not call ${api} (${region}): an identity-based policy${named(policy)} denies it explicitly.`,
          whatToDo: `Remove that Deny, or exempt ${api} from it. Allowing the action as well does not help: an explicit deny wins.`,
        }
      : {
          title: "Permission missing",
          text: `${who} may not call ${api} (${region}).`,
          whatToDo: `Allow ${api} on all resources in ${policyOf(message)}, then scan again.`,
        };
  }
  const { name, holder } = policies[policy.kind];
  return {
    title: `Denied by a ${name}`,
    text: policy.isExplicit
      ? `A ${name}${named(policy)} denies ${api} in ${region}.`
      : `No ${name} allows ${api} in ${region}.`,
    whatToDo: policy.isExplicit
      ? `Ask ${holder} to exempt the caller from that policy for ${api}. Granting the caller the action does not help.`
      : `Ask ${holder} to allow ${api} there as well. Granting the caller the action does not help.`,
  };
}

/** The same in short, to follow a colon. */
export function denialCause(failure: ReadFailure): string {
  const policy = refusingPolicy(failure.message) ?? (failure.kind === "denied_by_scp" ? impliedScp : null);
  if (policy === null) return `${failure.api} is denied`;
  if (policy.kind === "identity") {
    return policy.isExplicit ? `the caller's own policy denies ${failure.api}` : `${failure.api} is denied`;
  }
  const { name } = policies[policy.kind];
  return policy.isExplicit ? `a ${name} denies ${failure.api}` : `no ${name} allows ${failure.api}`;
}

/** Stored failures of before the message was read for more carry the kind alone. */
const impliedScp: RefusingPolicy = { kind: "scp", isExplicit: true, arn: null };

function named({ arn }: RefusingPolicy): string {
  return arn === null ? "" : ` (${arn})`;
}

function policyOf(message: string): string {
  const caller = refusedCaller(message);
  if (caller === null) return "the role's policy";
  return caller.kind === "permission_set"
    ? `the permission set ${caller.name}`
    : `the policy of the ${caller.kind} ${caller.name}`;
}
