import { awsCommand, changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { cdkString, templateValue } from "@/lib/checks/snippets/cloudformation";
import { hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { jsonText } from "@/lib/checks/snippets/json";
import { changed, changedLines, toParts } from "@/lib/checks/snippets/marked";
import { policyLiteral } from "@/lib/checks/snippets/policy";
import { literalLines, typescriptString } from "@/lib/checks/snippets/typescript";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { ChangeTab } from "@/lib/checks/suggested-change";
import { prefixed } from "./bucket-code";
import type { Grantee } from "./grantee";
import { toolTabs } from "./tabs";
import { toolSteps, undoWith } from "./tool-steps";

/** The name our templates give the role that scans; a customer may have chosen another. */
const templateRole: Grantee = { kind: "role", name: "PosturioReadOnly", path: "" };
const policyName = "PosturioMissingReads";

const otherName = `If your role has another name than ${templateRole.name}, put that name instead.`;

/** How IAM's API and each tool call the policy of a role, and that of a user. */
const words = {
  role: {
    api: "role",
    option: "--role-name",
    terraform: "aws_iam_role_policy",
    cloudFormation: "AWS::IAM::RolePolicy",
    member: "RoleName",
    construct: "CfnRolePolicy",
    property: "roleName",
    pulumi: "RolePolicy",
  },
  user: {
    api: "user",
    option: "--user-name",
    terraform: "aws_iam_user_policy",
    cloudFormation: "AWS::IAM::UserPolicy",
    member: "UserName",
    construct: "CfnUserPolicy",
    property: "userName",
    pulumi: "UserPolicy",
  },
} as const;

/**
 * Ways to grant the reads that were refused. Organization trails live under another account's id: all resources. None
 * for a permission set, whose roles AWS lets no one change. Null: the role of our templates.
 */
export function accessTabs(permissions: readonly string[], grantee: Grantee | null): readonly ChangeTab[] {
  if (permissions.length === 0 || grantee?.kind === "permission_set") return [];
  const { kind, name } = grantee ?? templateRole;
  const word = words[kind === "user" ? "user" : "role"];
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Sid: policyName, Effect: "Allow", Action: permissions, Resource: "*" }],
  };
  const where = [option(word.option, name), option("--policy-name", policyName)];
  const read = awsCommand(`iam get-${word.api}-policy`, [...where, "--query PolicyDocument"]);
  const list = awsCommand(`iam list-${word.api}-policies`, [option(word.option, name)]);
  const remove = awsCommand(`iam delete-${word.api}-policy`, where);
  const put = awsCommand(`iam put-${word.api}-policy`, [
    ...where,
    changed(option("--policy-document", jsonText(policy))),
  ]);
  const terraform = hclBlock(
    `resource "${word.terraform}" "posturio_missing_reads"`,
    [
      ["name", policyName],
      [word.api, name],
      ["policy", jsonEncode(policy)],
    ],
    new Set(["policy"]),
  ).join("\n");
  const cloudFormation = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    `  ${policyName}:`,
    `    Type: ${word.cloudFormation}`,
    "    Properties:",
    ...yamlLines(
      { [word.member]: name, PolicyName: policyName, PolicyDocument: policy },
      new Set(["PolicyDocument"]),
    ).map((line) => `      ${line}`),
  ].join("\n");
  const cdk = [
    'import { App, Stack } from "aws-cdk-lib";',
    `import { ${word.construct} } from "aws-cdk-lib/aws-iam";`,
    "",
    'const stack = new Stack(new App(), "PosturioAccess");',
    `new ${word.construct}(stack, "${policyName}", {`,
    `  ${word.property}: ${cdkString(name)},`,
    `  policyName: "${policyName}",`,
    ...changedLines(
      prefixed("policyDocument: ", literalLines(templateValue(policy)), ",").map((line) => `  ${line}`),
    ),
    "});",
  ].join("\n");
  const pulumi = [
    'import * as aws from "@pulumi/aws";',
    "",
    `export const access = new aws.iam.${word.pulumi}("posturio-missing-reads", {`,
    `  name: "${policyName}",`,
    `  ${word.api}: ${typescriptString(name)},`,
    ...changedLines(
      prefixed("policy: JSON.stringify(", literalLines(policy), "),").map((line) => `  ${line}`),
    ),
    "});",
  ].join("\n");
  const ours =
    "A role created by our stack: update the stack instead, with the template from the account's page.";
  const steps = {
    before: [],
    cli: [`Run the command with rights to change the ${kind} ${name}.`],
    after: ["Scan again."],
  };
  return toolTabs(
    "grant-reads",
    {
      cli: changeBlock([put], [read], [remove]),
      terraform,
      cloudformation: cloudFormation,
      cdk,
      pulumi,
    },
    {
      notes: {
        cli: grantee === null ? [otherName] : [],
        cloudformation: kind === "role" ? [ours] : [],
      },
      steps: toolSteps(
        steps,
        undoWith("Takes the policy away again; the others stay.", changeBlock([remove], [list], [])),
      ),
    },
  );
}

/** The condition that lets the scan through a statement of a service control policy that denies. */
export function policyExemptionTab(partition: string, grantee: Grantee | null): ChangeTab {
  const { kind, path, name } = grantee ?? templateRole;
  const principal =
    kind === "permission_set"
      ? `arn:${partition}:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${policyLiteral(name)}_*`
      : `arn:${partition}:iam::*:${kind}/${policyLiteral(`${path}${name}`)}`;
  const condition = { ArnNotLike: { "aws:PrincipalArn": [principal] } };
  return {
    id: "scp",
    label: "Service control policy",
    language: "json",
    parts: toParts(`"Condition": ${changed(jsonText(condition, 2))}`),
    steps: [
      "In the organization's management account open the policy that denies the reads.",
      "Add this condition to the statement that denies them; a statement that has a condition needs both.",
      "Scan again.",
    ],
    ...(grantee === null ? { notes: [otherName] } : {}),
    undo: { text: "Take the condition out of the statement again." },
  };
}
