import type { Guardrail } from "@/lib/checks/guardrail";
import { hclBlock, jsonEncode } from "@/lib/checks/snippets/hcl";
import { toParts } from "@/lib/checks/snippets/marked";
import { indented, type Value } from "@/lib/checks/snippets/values";
import { yamlLines } from "@/lib/checks/snippets/yaml";
import type { GuardedTrail } from "./guarded";
import { adminRolePlaceholder, type GuardrailSignals } from "./signals";

const name = "ProtectAuditTrail";
const description = "Keeps the audit trail and its log bucket from being changed";

/** A service control policy that lets only one role change the trail and its bucket. */
export function scpGuardrail(guarded: GuardedTrail, signals: GuardrailSignals): Guardrail {
  const policy = protectionPolicy(guarded);
  const cli = [
    `cat > protect-audit-trail.json <<'JSON'\n${JSON.stringify(policy, null, 2)}\nJSON`,
    [
      "aws organizations create-policy",
      "--type SERVICE_CONTROL_POLICY",
      `--name ${name}`,
      `--description "${description}"`,
      "--content file://protect-audit-trail.json",
    ].join(" \\\n  "),
    [
      "# POLICY-ID is in the answer of the command above.",
      `aws organizations attach-policy \\\n  --policy-id POLICY-ID \\\n  --target-id ${guarded.accountId}`,
    ].join("\n"),
  ].join("\n\n");
  const terraform = [
    ...hclBlock('resource "aws_organizations_policy" "protect_audit_trail"', [
      ["name", name],
      ["description", description],
      ["type", "SERVICE_CONTROL_POLICY"],
      ["content", jsonEncode(policy)],
    ]),
    "",
    'resource "aws_organizations_policy_attachment" "protect_audit_trail" {',
    "  policy_id = aws_organizations_policy.protect_audit_trail.id",
    `  target_id = "${guarded.accountId}"`,
    "}",
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
    relevance: isStopped
      ? "Somebody stopped this trail. With the policy nobody but the exempted role can."
      : null,
    tabs: [
      {
        id: "policy",
        label: "Policy",
        language: "json",
        parts: toParts(JSON.stringify(policy, null, 2)),
        file: "protect-audit-trail.json",
        notes: [`Put the name of the role that may change the trail for ${adminRolePlaceholder}.`],
      },
      { id: "cli", label: "AWS CLI", language: "shell", parts: toParts(cli), file: "protect-audit-trail.sh" },
      {
        id: "terraform",
        label: "Terraform",
        language: "hcl",
        parts: toParts(terraform),
        file: "protect-audit-trail.tf",
      },
      {
        id: "cloudformation",
        label: "CloudFormation",
        language: "yaml",
        parts: toParts(cloudFormation),
        file: "protect-audit-trail.yaml",
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
        Resource: trail?.arn ?? `arn:${partition}:cloudtrail:*:${accountId}:trail/*`,
        Condition: condition,
      },
      ...(bucket === undefined
        ? []
        : [
            {
              Sid: "ProtectLogBucket",
              Effect: "Deny",
              Action: ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketPolicy"],
              Resource: `arn:${partition}:s3:::${bucket}`,
              Condition: condition,
            },
          ]),
    ],
  };
}
