import type { RoleArnProblem } from "@/lib/aws/customer-role/role-arn";
import { patternsInWords } from "@/lib/aws/customer-role/role-pattern";
import { isUnreadableError } from "@/lib/checks/facts/failure-kind";
import { failureWords } from "@/lib/checks/facts/failure-words";
import type { ReadFailure, ReadFailureKind } from "@/lib/checks/facts/reading";
import { mayLackPermission } from "@/lib/checks/facts/refusing-policy";

/** Why a step of the connection test failed, in plain words. */
export interface ProbeError {
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly whatToDo: string;
}

/** The names that the messages fill in. */
export interface ProbeNames {
  readonly roleArn: string;
  readonly roleName: string;
  readonly accountId: string;
  readonly externalId: string;
  readonly principalArn: string;
}

export const tryAgain = "Start the test again in a minute. Nothing was stored or changed.";

type Words = Omit<ProbeError, "code">;

/** Failures that say nothing about the role: the test could not be carried out. `doing` ends "While …". */
const undecided: Partial<Record<ReadFailureKind, (doing: string, failure: ReadFailure) => Words>> = {
  throttled: (doing) => ({
    title: "AWS is limiting requests",
    text: `While ${doing}, AWS kept answering that too many requests were made. This says nothing about the role.`,
    whatToDo: tryAgain,
  }),
  timeout: (doing, { region }) => ({
    title: "AWS did not answer in time",
    text: `While ${doing}, ${region} gave no answer in time. This says nothing about the role.`,
    whatToDo: tryAgain,
  }),
  network: (doing, { code }) => ({
    title: "The connection to AWS broke off",
    text: `While ${doing}, the network connection failed (${code}). This says nothing about the role.`,
    whatToDo:
      "Start the test again. If it keeps failing, ask your operator whether the worker can reach AWS.",
  }),
  garbage: (doing) => ({
    title: "The answer did not come from AWS",
    text: `While ${doing}, Posturio received something that is not the AWS protocol, such as a web page. A proxy between Posturio and AWS may have answered.`,
    whatToDo: "Ask your operator to check the way from the worker to AWS, then start the test again.",
  }),
  server_error: (doing, { code }) => ({
    title: "AWS reported an internal error",
    text: `While ${doing}, AWS answered with an error of its own (${code}). This says nothing about the role.`,
    whatToDo: tryAgain,
  }),
  deadline: (doing) => ({
    title: "The test ran out of time",
    text: `The test ended while ${doing}.`,
    whatToDo: tryAgain,
  }),
};

/** Our own identity is at fault, not the customer's role. */
const ourIdentity: Words = {
  title: "Posturio has no valid AWS identity",
  text: "AWS did not accept the identity that Posturio itself signs with, so it could not try your role.",
  whatToDo: "This is for the operator of this installation: check the worker's AWS credentials.",
};

export function roleNotAssumed(failure: ReadFailure, names: ProbeNames): ProbeError {
  if (["token_refused", "expired"].includes(failure.kind) || failure.code === "CredentialsProviderError") {
    return { code: "scanner_identity", ...ourIdentity };
  }
  if (failure.kind === "denied_by_scp") {
    return {
      code: "role_denied_by_scp",
      title: "A service control policy forbids assuming the role",
      text: "A service control policy of the organization refused it, AWS says. The role itself may be fine.",
      whatToDo: `Ask who manages the organization's policies to exempt ${names.roleArn}.`,
    };
  }
  if (failure.kind !== "denied") return testFailed(failure, "assuming the role");
  if (/no identity-based policy allows/.test(failure.message)) {
    return {
      code: "scanner_not_permitted",
      title: "Posturio may not assume this role",
      text: `The identity ${names.principalArn} has no permission to assume ${names.roleArn}.`,
      whatToDo: `This is for the operator: allow sts:AssumeRole on ${patternsInWords()} for the worker's identity.`,
    };
  }
  return {
    code: "role_refused",
    title: "AWS did not let Posturio assume the role",
    text: `Either there is no role ${names.roleName} in account ${names.accountId}, or its trust policy does not name ${names.principalArn} with external id ${names.externalId}. AWS gives the same answer for each.`,
    whatToDo: `Open IAM in account ${names.accountId}. If the role ${names.roleName} is missing, create it with the template on this page. If it is there, compare its ARN, path included, with ${names.roleArn}, and principal and external id under “Trust relationships” with the values above.`,
  };
}

/** The role opened for the external id of another connection of the same organization. */
export function wrongExternalId(names: ProbeNames): ProbeError {
  return {
    code: "wrong_external_id",
    title: "The role expects another external id",
    text: `The role ${names.roleName} exists and trusts Posturio, but with the external id of an earlier or different connection. This connection's is ${names.externalId}.`,
    whatToDo: `Put ${names.externalId} as sts:ExternalId into the trust policy of ${names.roleName}, or update the stack with it, then start the test again.`,
  };
}

export function trustTooOpen(names: ProbeNames): ProbeError {
  return {
    code: "trust_open",
    title: "The role can be assumed without the external id",
    text: "AWS let Posturio in although no external id was given. Another customer of any Posturio could reach your account that way, so this role was not stored.",
    whatToDo: `Add the condition StringEquals sts:ExternalId = ${names.externalId} to the trust policy of ${names.roleName}, then start the test again.`,
  };
}

export function trustWildcard(names: ProbeNames): ProbeError {
  return {
    code: "trust_wildcard",
    title: "The role accepts any external id",
    text: "AWS let Posturio in with a random external id. The trust policy probably compares with StringLike and a wildcard. The role was not stored.",
    whatToDo: `Compare with StringEquals and exactly ${names.externalId} in the trust policy of ${names.roleName}, then start the test again.`,
  };
}

export function wrongAccount(found: string, names: ProbeNames): ProbeError {
  return {
    code: "wrong_account",
    title: "The role belongs to another account",
    text: `You are connecting account ${names.accountId}, but the role acts in account ${found}.`,
    whatToDo: `Create the role in account ${names.accountId}, or start a new connection for ${found}.`,
  };
}

/** `message` is the parser's own sentence for the problem. */
export function invalidArn(problem: RoleArnProblem, message: string): ProbeError {
  const whatToDo =
    "Copy the ARN from the role's page in IAM, or from the output of the stack, and try again.";
  return { code: `role_arn_${problem}`, title: "This is not the role to connect", text: message, whatToDo };
}

export function partitionNotConfigured(label: string): ProbeError {
  return {
    code: "partition_not_configured",
    title: `${label} is not configured on this installation`,
    text: `Roles cannot be assumed across AWS partitions, and this installation has no identity in ${label}.`,
    whatToDo: "Ask the operator to set up a scanner principal for this partition.",
  };
}

/** A read that the role should allow did not work. `permission` is the IAM action. */
export function notReadable(failure: ReadFailure, what: "Regions" | "trails", names: ProbeNames): ProbeError {
  const code = what === "Regions" ? "regions" : "trails";
  if (failure.kind === "denied" && !mayLackPermission(failure)) {
    return { code: `${code}_denied_by_policy`, ...failureWords(failure) };
  }
  if (failure.kind === "denied") {
    return {
      code: `${code}_not_permitted`,
      title: `The role may not read ${what}`,
      text: `The role ${names.roleName} can be assumed, but its policy does not allow ${failure.api}.`,
      whatToDo: `Allow ${failure.api} on * in the role's policy, or deploy the template on this page again.`,
    };
  }
  if (failure.kind === "denied_by_scp") {
    return {
      code: `${code}_denied_by_scp`,
      title: `A service control policy forbids reading ${what}`,
      text: `The role may allow ${failure.api}, but a service control policy of the organization refuses it in ${failure.region}.`,
      whatToDo: `Ask who manages the organization's policies to exempt ${names.roleArn} for ${failure.api}.`,
    };
  }
  return testFailed(failure, `reading ${what}`);
}

/** A probe that must be refused, or a read, that came to no decision: the test fails closed. */
export function testFailed(failure: ReadFailure, doing: string): ProbeError {
  const kind = isUnreadableError(failure) ? "garbage" : failure.kind;
  const words = undecided[kind]?.(doing, failure);
  if (words) return { code: kind, ...words };
  return {
    code: "unexpected",
    title: "AWS gave an unexpected answer",
    text: `While ${doing}, AWS answered ${failure.code}: ${failure.message}`,
    whatToDo: tryAgain,
  };
}
