import type { Guardrail } from "@/lib/checks/guardrail";
import { awsCommand, option, printedText, script } from "@/lib/checks/snippets/aws-cli";
import { Expression, hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { jsonText } from "@/lib/checks/snippets/json";
import { toParts } from "@/lib/checks/snippets/marked";
import { policyLiteral } from "@/lib/checks/snippets/policy";
import { indented, type Value } from "@/lib/checks/snippets/values";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { GuardedTrail } from "./guarded";
import { adminRolePlaceholder, type GuardrailSignals } from "./signals";

const name = "ProtectAuditTrail";
const description = "Keeps the audit trail and its log bucket from being changed";

/** A service control policy that lets only one role change the trail and its bucket. */
export function scpGuardrail(guarded: GuardedTrail, signals: GuardrailSignals): Guardrail {
  const policy = protectionPolicy(guarded);
  const cli = scpCommands(guarded.accountId, policy);
  const terraform = [
    ...hclBlock('resource "aws_organizations_policy" "protect_audit_trail"', [
      ["name", name],
      ["description", description],
      ["type", "SERVICE_CONTROL_POLICY"],
      ["content", jsonEncode(policy)],
    ]),
    "",
    ...hclBlock('resource "aws_organizations_policy_attachment" "protect_audit_trail"', [
      ["policy_id", new Expression("aws_organizations_policy.protect_audit_trail.id")],
      ["target_id", guarded.accountId],
    ]),
  ].join("\n");
  const cloudFormation = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    "Resources:",
    `  ${name}:`,
    "    Type: AWS::Organizations::Policy",
    "    Properties:",
    ...indented(
      yamlLines({
        Name: name,
        Description: description,
        Type: "SERVICE_CONTROL_POLICY",
        TargetIds: [guarded.accountId],
        Content: policy,
      }),
      6,
    ),
  ].join("\n");
  const isStopped = signals.action === "START_LOGGING" || signals.reason === "MULTI_REGION_LOGGING_STOPPED";
  const notes = [`Put the name of the role that may change the trail for ${adminRolePlaceholder}.`];
  return {
    id: "scp",
    title: "Service control policy",
    where: "Management account of the organization; attach it to the account or its organizational unit.",
    stops: [
      "StopLogging, DeleteTrail, UpdateTrail and PutEventSelectors on this trail by anyone but the exempted role, root users of members included.",
      ...(guarded.trail?.bucket === undefined ? [] : ["Deleting the log bucket or its policy."]),
    ],
    doesNotStop: [
      "The management account: service control policies do not restrict it.",
      "The exempted role, which your deployment needs: keep it short-lived and watched.",
      "Delivery that breaks elsewhere: a key that is disabled, a bucket in another account.",
    ],
    relevance: isStopped ? "Someone stopped this trail. With the policy, only the exempted role can." : null,
    tabs: [
      {
        id: "policy",
        label: "Policy",
        language: "json",
        parts: toParts(jsonText(policy, 2)),
        file: "protect-audit-trail.json",
        notes,
      },
      {
        id: "cli",
        label: "AWS CLI",
        language: "shell",
        parts: toParts(cli),
        file: "protect-audit-trail.sh",
        notes,
      },
      {
        id: "terraform",
        label: "Terraform",
        language: "hcl",
        parts: toParts(terraform),
        file: "protect-audit-trail.tf",
        notes,
      },
      {
        id: "cloudformation",
        label: "CloudFormation",
        language: "yaml",
        parts: toParts(cloudFormation),
        file: "protect-audit-trail.yaml",
        notes,
      },
    ],
  };
}

function protectionPolicy({ partition, trail, accountId }: GuardedTrail): { readonly [key: string]: Value } {
  const condition = {
    ArnNotLike: { "aws:PrincipalArn": [`arn:${partition}:iam::*:role/${adminRolePlaceholder}`] },
  };
  const bucket = trail?.bucket;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: name,
        Effect: "Deny",
        Action: [
          "cloudtrail:StopLogging",
          "cloudtrail:DeleteTrail",
          "cloudtrail:UpdateTrail",
          "cloudtrail:PutEventSelectors",
          "cloudtrail:RemoveTags",
        ],
        Resource:
          trail === undefined
            ? `arn:${partition}:cloudtrail:*:${policyLiteral(accountId)}:trail/*`
            : policyLiteral(trail.arn),
        Condition: condition,
      },
      ...(bucket === undefined
        ? []
        : [
            {
              Sid: "ProtectLogBucket",
              Effect: "Deny",
              Action: ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketPolicy"],
              Resource: `arn:${partition}:s3:::${policyLiteral(bucket)}`,
              Condition: condition,
            },
          ]),
    ],
  };
}

/** The policy's id is known only once it exists, so the undo is printed with it. */
function scpCommands(accountId: string, policy: object): string {
  const target = option("--target-id", accountId);
  const create = awsCommand("organizations create-policy", [
    "--type SERVICE_CONTROL_POLICY",
    option("--name", name),
    option("--description", description),
    option("--content", jsonText(policy, 2)),
    "--query Policy.PolicySummary.Id",
    "--output text",
  ]);
  return script(
    [
      `policy=$(${create})`,
      `aws organizations attach-policy --policy-id "$policy" ${target}`,
      'aws organizations list-targets-for-policy --policy-id "$policy"',
      `printf "Undo:\\npolicy='%s'\\n" "$policy"`,
      printedText([
        `aws organizations detach-policy --policy-id "$policy" ${target}`,
        'aws organizations delete-policy --policy-id "$policy"',
      ]),
    ].join("\n"),
  );
}
