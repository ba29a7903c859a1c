import { customerPolicy } from "./customer-policy";
import { policyName, type RoleTemplateInput, safeInput, trustPolicy } from "./role-template";

/** The same role as two AWS CLI commands, for CloudShell or any POSIX shell. Prints the role's ARN. */
export function cliTemplate(input: RoleTemplateInput): string {
  const values = safeInput(input);
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  return `aws iam create-role \\
  --role-name ${values.roleName} \\
  --description 'Lets Posturio read CloudTrail settings' \\
  --max-session-duration 3600 \\
  --assume-role-policy-document '${json(trustPolicy(values))}' \\
  --query Role.Arn --output text

aws iam put-role-policy \\
  --role-name ${values.roleName} \\
  --policy-name ${policyName} \\
  --policy-document '${json(customerPolicy())}'
`;
}
