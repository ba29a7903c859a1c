import { hclString } from "@/lib/checks/snippets/hcl";
import { logBucketStatements } from "./log-bucket-policy";
import {
  logPolicyName,
  partitionOfRole,
  policyName,
  type RoleTemplateInput,
  roleActions,
  roleDescription,
  safeInput,
  sessionNamePattern,
} from "./role-template";

/**
 * The same role for Terraform, with the AWS provider alone. What an organization prescribes are variables. What reads a
 * log bucket is there for who named one.
 */
export function terraformTemplate(input: RoleTemplateInput): string {
  const values = safeInput(input);
  const { externalId, principalArn, roleName, rolePath, permissionsBoundaryArn, tags, logBucket } = values;
  const actions = roleActions().map((action) => `        ${hclString(action)},`);
  const tagLines = tags.map(({ key, value }) => `    ${hclString(key)} = ${hclString(value)}\n`);
  return `variable "posturio_role_name" {
  type    = string
  default = ${hclString(roleName)}
}

variable "posturio_role_path" {
  type    = string
  default = ${hclString(rolePath)}
}

variable "posturio_permissions_boundary_arn" {
  description = "A policy that limits what the role can ever do, or null."
  type        = string
  default     = ${permissionsBoundaryArn === null ? "null" : hclString(permissionsBoundaryArn)}
}

${logBucket === null ? "" : logVariable(logBucket)}variable "posturio_tags" {
  type    = map(string)
  default = {${tags.length === 0 ? "" : `\n${tagLines.join("")}  `}}
}

resource "aws_iam_role" "posturio" {
  name                 = var.posturio_role_name
  path                 = var.posturio_role_path
  description          = ${hclString(roleDescription)}
  max_session_duration = 3600
  permissions_boundary = var.posturio_permissions_boundary_arn
  tags                 = var.posturio_tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = ${hclString(principalArn)} }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "sts:ExternalId" = ${hclString(externalId)} }
        StringLike   = { "sts:RoleSessionName" = ${hclString(sessionNamePattern)} }
      }
    }]
  })
}

resource "aws_iam_role_policy" "posturio" {
  # checkov:skip=CKV_AWS_355:Reads only. Most of these actions know no resource, and organization trails belong to another account.
  name = ${hclString(policyName)}
  role = aws_iam_role.posturio.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
${actions.join("\n")}
      ]
      Resource = "*"
    }]
  })
}

${logBucket === null ? "" : logPolicy(partitionOfRole(values))}output "posturio_role_arn" {
  value = aws_iam_role.posturio.arn
}
`;
}

function logVariable(bucket: string): string {
  return `variable "posturio_log_bucket" {
  description = "A bucket whose CloudTrail log files Posturio may read to prove that they arrive, or null."
  type        = string
  default     = ${hclString(bucket)}
}

`;
}

function logPolicy(partition: string): string {
  return `resource "aws_iam_role_policy" "posturio_log_files" {
  count = var.posturio_log_bucket == null ? 0 : 1
  name  = ${hclString(logPolicyName)}
  role  = aws_iam_role.posturio.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
${logStatements(partition)}
    ]
  })
}

`;
}

/** The name of the bucket is a variable, so only the other values are quoted as a whole. */
function logStatements(partition: string): string {
  const bucket = "LOG-BUCKET";
  const reference = (name: string) => `\${${name}}`;
  const quoted = (text: string) =>
    hclString(text).replace(bucket, () => reference("var.posturio_log_bucket"));
  return logBucketStatements(partition, bucket)
    .map(({ Sid, Effect, Action, Resource, Condition = {} }) => {
      const conditions = Object.entries(Condition).flatMap(([operator, tests]) =>
        Object.entries(tests).map(
          ([name, value]) => `{ ${operator} = { ${quoted(name)} = ${quoted(value)} } }`,
        ),
      );
      const members = [
        ...Object.entries({ Sid, Effect, Action, Resource }).map(([name, value]) => [name, quoted(value)]),
        ...conditions.map((condition) => ["Condition", condition]),
      ] as const;
      const width = Math.max(...members.map(([name = ""]) => name.length));
      const lines = members.map(([name = "", value = ""]) => `        ${name.padEnd(width)} = ${value}`);
      return ["      {", ...lines, "      },"].join("\n");
    })
    .join("\n");
}
