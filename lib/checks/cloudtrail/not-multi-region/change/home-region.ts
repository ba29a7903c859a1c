import { hclBlock } from "@/lib/checks/snippets/hcl";
import { changed, toParts } from "@/lib/checks/snippets/marked";
import { camelName, snakeName } from "@/lib/checks/snippets/values";
import type { ChangeTab } from "@/lib/checks/suggested-change";
import { bucketStatements, mergePolicyCommands } from "./bucket-policy";
import { cloudtrailCommand } from "./edit-cli";
import { createTrailCommand, type NewTrail } from "./new-trail";

/** Switches an opt-in Region on for the account that runs it. */
export function enableRegionCommand(region: string): string {
  return `aws account enable-region \\\n  --region-name ${changed(region)}`;
}

/** Either way out of an organization trail whose home Region is off in a member account. */
export function homeRegionTabs(
  accountId: string,
  region: string,
  moved: NewTrail | null,
): readonly ChangeTab[] {
  const terraform = hclBlock(
    `resource "aws_account_region" "${snakeName(region)}"`,
    [
      ["region_name", region],
      ["enabled", true],
    ],
    new Set(["region_name", "enabled"]),
  ).join("\n");
  const pulumi = [
    'import * as aws from "@pulumi/aws";',
    "",
    `export const ${camelName(region)} = new aws.account.Region("${region}", {`,
    changed(`  regionName: "${region}",`),
    changed("  enabled: true,"),
    "});",
  ].join("\n");
  const here = `Run it in account ${accountId}. Enabling takes minutes to hours; CloudTrail then copies the trail.`;
  return [
    {
      id: "cli",
      label: "Enable the Region: CLI",
      language: "shell",
      parts: toParts(enableRegionCommand(region)),
      file: "enable-region.sh",
      notes: [here],
    },
    {
      id: "terraform",
      label: "Terraform",
      language: "hcl",
      parts: toParts(terraform),
      file: "enable-region.tf",
      notes: [here, "CloudFormation and CDK have no resource for this."],
    },
    {
      id: "pulumi",
      label: "Pulumi",
      language: "typescript",
      parts: toParts(pulumi),
      file: "enable-region.ts",
    },
    {
      id: "console",
      label: "Console",
      language: "text",
      parts: [],
      steps: [
        `Sign in to account ${accountId} and open Account, then AWS Regions.`,
        `Choose ${region}, then Enable, and confirm.`,
      ],
    },
    ...(moved === null ? [] : [moveTab(moved)]),
  ];
}

function moveTab(moved: NewTrail): ChangeTab {
  return {
    id: "move",
    label: "Move the trail: CLI",
    language: "shell",
    parts: toParts(moveCommands(moved)),
    file: "move-organization-trail.sh",
    notes: [
      `Run it in the management account ${moved.account}: one change repairs every member account.`,
      `The bucket ${moved.bucket} may belong to another account: run the first block there.`,
    ],
  };
}

/** A second trail in a default Region first; the old one goes only when the new one has delivered. */
export function moveCommands(moved: NewTrail): string {
  return [
    mergePolicyCommands(moved.bucket, bucketStatements(moved)),
    createTrailCommand(moved),
    cloudtrailCommand("start-logging", moved.homeRegion, [`--name ${moved.trailName}`]),
  ].join("\n\n");
}
