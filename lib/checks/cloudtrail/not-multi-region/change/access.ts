import type { RefusedCaller } from "@/lib/checks/facts/refusing-policy";
import { hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { changed, changedLines, toParts } from "@/lib/checks/snippets/marked";
import { literalLines } from "@/lib/checks/snippets/typescript";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { ChangeTab } from "@/lib/checks/suggested-change";
import { prefixed } from "./bucket-code";

/** The name our templates give the role that scans; a customer may have chosen another. */
export const scanRole = "PosturioReadOnly";
const policyName = "PosturioMissingReads";

const otherName = `If your role has another name than ${scanRole}, put that name instead.`;

/** How each tool spells a policy of the caller. */
const spellings = {
  role: {
    cli: "put-role-policy --role-name",
    terraform: ["aws_iam_role_policy", "role"],
    cloudFormation: ["AWS::IAM::RolePolicy", "RoleName"],
    cdk: ["CfnRolePolicy", "roleName"],
    pulumi: ["RolePolicy", "role"],
  },
  user: {
    cli: "put-user-policy --user-name",
    terraform: ["aws_iam_user_policy", "user"],
    cloudFormation: ["AWS::IAM::UserPolicy", "UserName"],
    cdk: ["CfnUserPolicy", "userName"],
    pulumi: ["UserPolicy", "user"],
  },
} as const;

/**
 * Ways to grant the caller the reads that were refused. Organization trails live under another account's id: all
 * resources. None for a permission set, whose roles AWS lets nobody change. Null caller: the role of our templates.
 */
export function accessTabs(
  permissions: readonly string[],
  caller: RefusedCaller | null,
): readonly ChangeTab[] {
  if (permissions.length === 0 || caller?.kind === "permission_set") return [];
  const name = caller?.name ?? scanRole;
  const kind = caller?.kind ?? "role";
  const {
    cli: command,
    terraform: tf,
    cloudFormation: cfn,
    cdk: construct,
    pulumi: resource,
  } = spellings[kind];
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Sid: policyName, Effect: "Allow", Action: permissions, Resource: "*" }],
  };
  const cli = [
    `aws iam ${command.split(" ")[0]}`,
    `${command.split(" ")[1]} ${name}`,
    `--policy-name ${policyName}`,
    changed(`--policy-document '${JSON.stringify(policy)}'`),
  ].join(" \\\n  ");
  const terraform = hclBlock(
    `resource "${tf[0]}" "posturio_missing_reads"`,
    [
      ["name", policyName],
      [tf[1], name],
      ["policy", jsonEncode(policy)],
    ],
    new Set(["policy"]),
  ).join("\n");
  const cloudFormation = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    `  ${policyName}:`,
    `    Type: ${cfn[0]}`,
    "    Properties:",
    ...yamlLines(
      { [cfn[1]]: name, PolicyName: policyName, PolicyDocument: policy },
      new Set(["PolicyDocument"]),
    ).map((line) => `      ${line}`),
  ].join("\n");
  const cdk = [
    'import { App, Stack } from "aws-cdk-lib";',
    `import { ${construct[0]} } from "aws-cdk-lib/aws-iam";`,
    "",
    'const stack = new Stack(new App(), "PosturioAccess");',
    `new ${construct[0]}(stack, "${policyName}", {`,
    `  ${construct[1]}: "${name}",`,
    `  policyName: "${policyName}",`,
    ...changedLines(prefixed("policyDocument: ", literalLines(policy), ",").map((line) => `  ${line}`)),
    "});",
  ].join("\n");
  const pulumi = [
    'import * as aws from "@pulumi/aws";',
    "",
    `export const access = new aws.iam.${resource[0]}("posturio-missing-reads", {`,
    `  name: "${policyName}",`,
    `  ${resource[1]}: "${name}",`,
    ...changedLines(
      prefixed("policy: JSON.stringify(", literalLines(policy), "),").map((line) => `  ${line}`),
    ),
    "});",
  ].join("\n");
  const ours =
    "A role made by our stack: update the stack instead, with the template from the account's page.";
  return [
    {
      id: "cli",
      label: "AWS CLI",
      language: "shell",
      parts: toParts(cli),
      file: "grant-reads.sh",
      ...(caller === null ? { notes: [otherName] } : {}),
    },
    {
      id: "terraform",
      label: "Terraform",
      language: "hcl",
      parts: toParts(terraform),
      file: "grant-reads.tf",
    },
    {
      id: "cloudformation",
      label: "CloudFormation",
      language: "yaml",
      parts: toParts(cloudFormation),
      file: "grant-reads.yaml",
      ...(kind === "role" ? { notes: [ours] } : {}),
    },
    { id: "cdk", label: "CDK", language: "typescript", parts: toParts(cdk), file: "grant-reads.ts" },
    { id: "pulumi", label: "Pulumi", language: "typescript", parts: toParts(pulumi), file: "grant-reads.ts" },
  ];
}

/** The condition that lets the scan through a statement of a service control policy that denies. */
export function policyExemptionTab(partition: string, caller: RefusedCaller | null): ChangeTab {
  const { kind, name } = caller ?? { kind: "role", name: scanRole };
  const principal =
    kind === "permission_set"
      ? `arn:${partition}:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${name}_*`
      : `arn:${partition}:iam::*:${kind}/${name}`;
  const condition = { ArnNotLike: { "aws:PrincipalArn": [principal] } };
  return {
    id: "scp",
    label: "Service control policy",
    language: "json",
    parts: toParts(`"Condition": ${changed(JSON.stringify(condition, null, 2))}`),
    notes: [
      "Add this condition to the statement that denies the reads; a statement that has a condition needs both.",
      ...(caller === null ? [otherName] : []),
    ],
  };
}
