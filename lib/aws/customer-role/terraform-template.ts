import { hclString } from "@/lib/checks/snippets/hcl";
import {
  policyName,
  type RoleTemplateInput,
  roleActions,
  safeInput,
  sessionNamePattern,
} from "./role-template";

/** The same role for Terraform, with the AWS provider alone. */
export function terraformTemplate(input: RoleTemplateInput): string {
  const { externalId, principalArn, roleName } = safeInput(input);
  const actions = roleActions().map((action) => `          ${hclString(action)},`);
  return `resource "aws_iam_role" "posturio" {
  name                 = ${hclString(roleName)}
  description          = "Lets Posturio read CloudTrail settings"
  max_session_duration = 3600

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
  name = ${hclString(policyName)}
  role = aws_iam_role.posturio.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
${actions.map((line) => line.slice(2)).join("\n")}
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
