import { isPartition } from "@/lib/checks/arn";
import type { Partition } from "@/lib/checks/facts/facts";
import { matches } from "@/lib/checks/facts/patterns";
import { partitionLabels } from "@/lib/checks/labels";
import { outside } from "./role-arn";
import { mayBeAssumed, rolePatterns, suggestedRole } from "./role-pattern";
import type { RoleConventions, RoleTag } from "./role-template";

/** As people type it; what is absent or empty is ours to choose. */
export interface ConventionsText {
  readonly roleName?: string | undefined;
  readonly rolePath?: string | undefined;
  readonly permissionsBoundaryArn?: string | undefined;
  /** `CostCenter=1234, Owner=security` */
  readonly tags?: string | undefined;
  readonly logBucket?: string | undefined;
}

export type ConventionField = keyof ConventionsText;

export interface ReadConventions {
  /** Valid ones, with ours where one was absent or wrong. */
  readonly conventions: RoleConventions & { readonly roleName: string; readonly rolePath: string };
  /** What is wrong, at its field. */
  readonly problems: Readonly<Partial<Record<ConventionField, string>>>;
}

const mostTags = 10;

/** What a customer's organization asks of the role, checked: the templates are filled in with nothing else. */
export function readConventions(
  text: ConventionsText,
  account: { readonly id: string; readonly partition: Partition },
  patterns: readonly string[] = rolePatterns(),
): ReadConventions {
  const problems: Partial<Record<ConventionField, string>> = {};
  const ours = suggestedRole(patterns);
  const roleName = text.roleName?.trim() || ours.name;
  const rolePath = text.rolePath?.trim() ? withSlashes(text.rolePath.trim()) : ours.path;
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    problems.roleName = "A role name has 1 to 64 letters, digits or _ + = , . @ -";
  } else if (!/^\/([\w+=,.@-]+\/)*$/.test(rolePath) || rolePath.length > 512) {
    problems.rolePath =
      "A path consists of folders of letters, digits or _ + = , . @ - such as /security/audit/";
  } else if (!mayBeAssumed(`${rolePath.slice(1)}${roleName}`, patterns)) {
    problems.roleName = outside(`${rolePath.slice(1)}${roleName}`, patterns);
  }
  const boundary = readBoundary(text.permissionsBoundaryArn?.trim() ?? "", account);
  if ("problem" in boundary) problems.permissionsBoundaryArn = boundary.problem;
  const tags = readTags(text.tags ?? "");
  if ("problem" in tags) problems.tags = tags.problem;
  const logBucket = text.logBucket?.trim() ?? "";
  if (logBucket !== "" && !matches("bucketName", logBucket)) {
    problems.logBucket = "Type the name of a bucket, such as acme-cloudtrail-logs.";
  }
  const isNamed = problems.roleName === undefined && problems.rolePath === undefined;
  return {
    conventions: {
      ...(isNamed ? { roleName, rolePath } : { roleName: ours.name, rolePath: ours.path }),
      ...("arn" in boundary ? { permissionsBoundaryArn: boundary.arn } : {}),
      ...("tags" in tags ? { tags: tags.tags } : {}),
      ...(logBucket === "" || problems.logBucket !== undefined ? {} : { logBucket }),
    },
    problems,
  };
}

/** `security/audit` is understood as `/security/audit/`. */
function withSlashes(path: string): string {
  return `/${path}/`.replaceAll(/^\/+|\/+$/g, "/");
}

function readBoundary(
  text: string,
  account: { readonly id: string; readonly partition: Partition },
): { readonly arn: string } | { readonly problem: string } | Record<never, never> {
  if (text === "") return {};
  const [, partition, owner] =
    /^arn:([a-z-]+):iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/.exec(text) ?? [];
  if (!isPartition(partition)) {
    return {
      problem: `Paste the ARN of a policy, such as arn:${account.partition}:iam::${account.id}:policy/Boundary.`,
    };
  }
  if (partition !== account.partition) {
    return {
      problem: `This policy is in ${partitionLabels[partition]}, and the account is in ${partitionLabels[account.partition]}.`,
    };
  }
  if (owner !== "aws" && owner !== account.id) {
    return {
      problem: `This policy belongs to account ${owner}; a boundary must be in account ${account.id} itself.`,
    };
  }
  return { arn: text };
}

function readTags(
  text: string,
): { readonly tags: readonly RoleTag[] } | { readonly problem: string } | Record<never, never> {
  const pairs = text.split(/[,\n]/).flatMap((pair) => pair.trim() || []);
  if (pairs.length === 0) return {};
  if (pairs.length > mostTags) return { problem: `At most ${mostTags} tags can be filled in here.` };
  const tags: RoleTag[] = [];
  for (const pair of pairs) {
    const [, key = "", value = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const tag = { key: key.trim(), value: value.trim() };
    if (!/^[\w .:/+@-]{1,128}$/.test(tag.key) || !/^[\w .:/+=@-]{0,256}$/.test(tag.value)) {
      return {
        problem: `Write tags as Name=value with commas between them; “${pair.slice(0, 60)}” is none.`,
      };
    }
    if (/^aws:/i.test(tag.key)) return { problem: "Tags that begin with aws: are AWS's own." };
    if (tags.some(({ key: other }) => other.toLowerCase() === tag.key.toLowerCase())) {
      return { problem: `The tag ${tag.key} is given twice.` };
    }
    tags.push(tag);
  }
  return { tags };
}
