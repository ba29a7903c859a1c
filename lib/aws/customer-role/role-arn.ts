import { isPartition } from "@/lib/checks/arn";
import type { Partition } from "@/lib/checks/facts/facts";
import { partitionLabels } from "@/lib/checks/labels";
import { mayBeAssumed, patternsInWords, rolePatterns } from "./role-pattern";

export type RoleArnProblem =
  | "malformed"
  | "user"
  | "assumed_role"
  | "service_linked_role"
  | "not_a_role"
  | "other_partition"
  | "account_mismatch"
  | "role_name";

export type ParsedRoleArn =
  | {
      readonly ok: true;
      readonly arn: string;
      readonly partition: Partition;
      readonly accountId: string;
      readonly roleName: string;
      /** `/`, or the folders that the role is in: `/security/`. */
      readonly rolePath: string;
    }
  | { readonly ok: false; readonly problem: RoleArnProblem; readonly message: string };

export interface Expected {
  readonly accountId?: string;
  readonly partition?: Partition;
  /** What our identity may assume; otherwise as the operator set it. */
  readonly patterns?: readonly string[];
}

/**
 * Reads the ARN of the role that a customer created for us; spaces around it are forgiven, nothing else. With
 * `expected`, it must be in that account and partition. Each problem has its own plain message.
 */
export function parseRoleArn(text: string, expected: Expected = {}): ParsedRoleArn {
  const arn = text.trim();
  const parts = /^arn:([a-z0-9-]{2,20}):(iam|sts)::(\d{12}):([a-z-]+)\/([\w+=,.@/-]{1,577})$/.exec(arn);
  if (!parts) return problem("malformed", notAnArn(arn));
  const [, partition = "", service, accountId = "", type, path = ""] = parts;
  if (!isPartition(partition)) {
    return problem("other_partition", `Posturio does not know the AWS partition “${partition}”.`);
  }
  if (service === "sts" || type === "assumed-role") return problem("assumed_role", texts.assumedRole);
  if (type === "user") return problem("user", texts.user);
  if (type !== "role")
    return problem("not_a_role", `This ARN names a ${type}, not a role. ${example(accountId)}`);
  if (path.startsWith("aws-service-role/")) return problem("service_linked_role", texts.serviceLinked);

  const roleName = path.slice(path.lastIndexOf("/") + 1);
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName) || path.startsWith("/") || path.includes("//")) {
    return problem("malformed", `The role name in this ARN is not valid. ${example(accountId)}`);
  }
  if (expected.partition && partition !== expected.partition) {
    const where = `${partitionLabels[partition]} (${partition})`;
    const wanted = `${partitionLabels[expected.partition]} (${expected.partition})`;
    return problem("other_partition", `This role is in ${where}, but the account was added for ${wanted}.`);
  }
  if (expected.accountId && accountId !== expected.accountId) {
    const message = `This role belongs to account ${accountId}, but you are connecting ${expected.accountId}.`;
    return problem("account_mismatch", message);
  }
  const patterns = expected.patterns ?? rolePatterns();
  if (!mayBeAssumed(path, patterns)) return problem("role_name", outside(path, patterns));
  const rolePath = `/${path.slice(0, path.length - roleName.length)}`;
  return { ok: true, arn, partition, accountId, roleName, rolePath };
}

const texts = {
  assumedRole:
    "This is the ARN of a session of a role. Copy the ARN of the role itself from IAM: it contains “:iam::” and “:role/”.",
  user: "This is the ARN of an IAM user. Posturio assumes a role; it never uses a user or its keys.",
  serviceLinked:
    "This is a service-linked role: only its AWS service can use it. Create the role from the template on this page.",
} as const;

function problem(kind: RoleArnProblem, message: string): ParsedRoleArn {
  return { ok: false, problem: kind, message };
}

function notAnArn(text: string): string {
  if (text === "") return "Paste the ARN of the role.";
  if (!text.startsWith("arn:")) return `This is not an ARN. ${example("111122223333")}`;
  return `This is not a complete role ARN. ${example("111122223333")}`;
}

function example(accountId: string): string {
  return `A role ARN looks like arn:aws:iam::${accountId}:role/PosturioReadOnly.`;
}

/** One sentence, also for a name that someone is about to give. `path` has no leading slash. */
export function outside(path: string, patterns: readonly string[]): string {
  return `Posturio may only assume roles that match ${patternsInWords(patterns)} here, and this one is role/${path}.`;
}
