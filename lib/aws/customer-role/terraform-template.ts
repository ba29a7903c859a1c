import { hclString } from "@/lib/checks/snippets/hcl";
import {
  policyName,
  type RoleTemplateInput,
  roleActions,
  roleDescription,
  safeInput,
  sessionNamePattern,
} from "./role-template";

/** The same role for Terraform, with the AWS provider alone. What an organization prescribes are variables. */
export function terraformTemplate(input: RoleTemplateInput): string {
  const { externalId, principalArn, roleName, rolePath, permissionsBoundaryArn, tags } = safeInput(input);
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

variable "posturio_tags" {
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

output "posturio_role_arn" {
  value = aws_iam_role.posturio.arn
}
`;
}
