import { awsCommand, changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { jsonText } from "@/lib/checks/snippets/json";
import { customerPolicy } from "./customer-policy";
import { logBucketPolicy } from "./log-bucket-policy";
import {
  logPolicyName,
  partitionOfRole,
  policyName,
  type RoleTemplateInput,
  type RoleValues,
  roleDescription,
  safeInput,
  trustPolicy,
} from "./role-template";

/** The same role as AWS CLI commands, for CloudShell or any POSIX shell. They print the role's ARN and their undo. */
export function cliTemplate(input: RoleTemplateInput): string {
  const values = safeInput(input);
  const role = option("--role-name", values.roleName);
  const policy = option("--policy-name", policyName);
  const create = awsCommand("iam create-role", [
    role,
    ...conventionOptions(values),
    option("--description", roleDescription),
    "--max-session-duration 3600",
    option("--assume-role-policy-document", jsonText(trustPolicy(values), 2)),
    "--query Role.CreateDate --output text",
  ]);
  const put = awsCommand("iam put-role-policy", [
    role,
    policy,
    option("--policy-document", jsonText(customerPolicy(), 2)),
  ]);
  const logs = option("--policy-name", logPolicyName);
  const { logBucket } = values;
  const putLogs =
    logBucket === null
      ? []
      : [
          awsCommand("iam put-role-policy", [
            role,
            logs,
            option("--policy-document", jsonText(logBucketPolicy(partitionOfRole(values), logBucket), 2)),
          ]),
        ];
  const deleteLogs = putLogs.map(() => awsCommand("iam delete-role-policy", [role, logs]));
  const readBack = [
    awsCommand("iam get-role-policy", [role, policy, option("--query", "PolicyDocument.Statement[].Action")]),
    awsCommand("iam get-role", [role, "--query Role.Arn --output text"]),
  ];
  const undo = [
    ...deleteLogs,
    awsCommand("iam delete-role-policy", [role, policy]),
    awsCommand("iam delete-role", [role]),
  ];
  return `${changeBlock([create, put, ...putLogs], readBack, undo)}\n`;
}

/** Options that only some roles have; nothing is said of what is AWS's own default. */
function conventionOptions({ rolePath, permissionsBoundaryArn, tags }: RoleValues): readonly string[] {
  const list = tags.map(({ key, value }) => ({ Key: key, Value: value }));
  return [
    ...(rolePath === "/" ? [] : [option("--path", rolePath)]),
    ...(permissionsBoundaryArn === null ? [] : [option("--permissions-boundary", permissionsBoundaryArn)]),
    ...(tags.length === 0 ? [] : [option("--tags", jsonText(list))]),
  ];
}
