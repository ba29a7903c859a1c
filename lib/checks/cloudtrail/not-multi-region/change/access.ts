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

/** Ways to grant the reads that were refused. Organization trails live under another account's id: all resources. */
export function accessTabs(permissions: readonly string[]): readonly ChangeTab[] {
  if (permissions.length === 0) return [];
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Sid: policyName, Effect: "Allow", Action: permissions, Resource: "*" }],
  };
  const cli = [
    "aws iam put-role-policy",
    `--role-name ${scanRole}`,
    `--policy-name ${policyName}`,
    changed(`--policy-document '${JSON.stringify(policy)}'`),
  ].join(" \\\n  ");
  const terraform = hclBlock(
    'resource "aws_iam_role_policy" "posturio_missing_reads"',
    [
      ["name", policyName],
      ["role", scanRole],
      ["policy", jsonEncode(policy)],
    ],
    new Set(["policy"]),
  ).join("\n");
  const cloudFormation = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    `  ${policyName}:`,
    "    Type: AWS::IAM::RolePolicy",
    "    Properties:",
    ...yamlLines(
      { RoleName: scanRole, PolicyName: policyName, PolicyDocument: policy },
      new Set(["PolicyDocument"]),
    ).map((line) => `      ${line}`),
  ].join("\n");
  const cdk = [
    'import { App, Stack } from "aws-cdk-lib";',
    'import { CfnRolePolicy } from "aws-cdk-lib/aws-iam";',
    "",
    'const stack = new Stack(new App(), "PosturioAccess");',
    `new CfnRolePolicy(stack, "${policyName}", {`,
    `  roleName: "${scanRole}",`,
    `  policyName: "${policyName}",`,
    ...changedLines(prefixed("policyDocument: ", literalLines(policy), ",").map((line) => `  ${line}`)),
    "});",
  ].join("\n");
  const pulumi = [
    'import * as aws from "@pulumi/aws";',
    "",
    `export const access = new aws.iam.RolePolicy("posturio-missing-reads", {`,
    `  name: "${policyName}",`,
    `  role: "${scanRole}",`,
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
      notes: [otherName],
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
      notes: [ours],
    },
    { id: "cdk", label: "CDK", language: "typescript", parts: toParts(cdk), file: "grant-reads.ts" },
    { id: "pulumi", label: "Pulumi", language: "typescript", parts: toParts(pulumi), file: "grant-reads.ts" },
  ];
}

/** The condition that lets the scan through a service control policy. */
export function policyExemptionTab(partition: string): ChangeTab {
  const condition = { ArnNotLike: { "aws:PrincipalArn": [`arn:${partition}:iam::*:role/${scanRole}`] } };
  return {
    id: "scp",
    label: "Service control policy",
    language: "json",
    parts: toParts(`"Condition": ${changed(JSON.stringify(condition, null, 2))}`),
    notes: [
      "Add this condition to the statement that denies the reads; a statement that has a condition needs both.",
      otherName,
    ],
  };
}
