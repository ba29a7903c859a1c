import { customerPolicy } from "./customer-policy";
import {
  policyName,
  type RoleTemplateInput,
  type RoleValues,
  roleDescription,
  safeInput,
  trustPolicy,
} from "./role-template";

/** The same role as two AWS CLI commands, for CloudShell or any POSIX shell. Prints the role's ARN. */
export function cliTemplate(input: RoleTemplateInput): string {
  const values = safeInput(input);
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  const ofOrganization = conventionOptions(values).map(([name, value]) => `  ${name} '${value}' \\\n`);
  return `aws iam create-role \\
  --role-name ${values.roleName} \\
${ofOrganization.join("")}  --description '${roleDescription}' \\
  --max-session-duration 3600 \\
  --assume-role-policy-document '${json(trustPolicy(values))}' \\
  --query Role.Arn --output text

aws iam put-role-policy \\
  --role-name ${values.roleName} \\
  --policy-name ${policyName} \\
  --policy-document '${json(customerPolicy())}'
`;
}

/** Options that only some roles have; nothing is said of what is AWS's own default. */
function conventionOptions({
  rolePath,
  permissionsBoundaryArn,
  tags,
}: RoleValues): readonly (readonly [name: string, value: string])[] {
  const list = tags.map(({ key, value }) => ({ Key: key, Value: value }));
  return [
    ...(rolePath === "/" ? [] : [["--path", rolePath] as const]),
    ...(permissionsBoundaryArn === null ? [] : [["--permissions-boundary", permissionsBoundaryArn] as const]),
    ...(tags.length === 0 ? [] : [["--tags", JSON.stringify(list)] as const]),
  ];
}
