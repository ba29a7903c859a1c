import { awsCommand, changeBlock, option } from "@/lib/checks/snippets/aws-cli";
import { hclBlock } from "@/lib/checks/snippets/hcl";
import { changed, toParts } from "@/lib/checks/snippets/marked";
import { typescriptString } from "@/lib/checks/snippets/typescript";
import { camelName, snakeName } from "@/lib/checks/snippets/values";
import type { ChangeTab, Instruction } from "@/lib/checks/suggested-change";
import { bucketStatements } from "./bucket-policy";
import { mergePolicyCommands } from "./merge-policy";
import { createTrailCommand, type NewTrail, readNewTrail, removeTrailCommand } from "./new-trail";
import { newTrailUndo } from "./tabs";
import { undoWith } from "./tool-steps";
import { cloudtrailCommand } from "./update-cli";

/** Switches an opt-in Region on for the account that runs it. */
export function enableRegionCommand(region: string): string {
  return awsCommand("account enable-region", [changed(option("--region-name", region))]);
}

/** The same as it is pasted. */
function enableRegionBlock(region: string): string {
  return changeBlock([enableRegionCommand(region)], [readRegion(region)], [disableRegionCommand(region)]);
}

/** Its undo. */
export function disableRegionBlock(region: string): string {
  return changeBlock([disableRegionCommand(region)], [readRegion(region)], []);
}

function disableRegionCommand(region: string): string {
  return awsCommand("account disable-region", [option("--region-name", region)]);
}

function readRegion(region: string): string {
  return awsCommand("account get-region-opt-status", [option("--region-name", region)]);
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
    `export const ${camelName(region)} = new aws.account.Region(${typescriptString(region)}, {`,
    changed(`  regionName: ${typescriptString(region)},`),
    changed("  enabled: true,"),
    "});",
  ].join("\n");
  const here = `Run it in account ${accountId}. Enabling takes minutes to hours; CloudTrail then copies the trail.`;
  const again = `Scan again once ${region} is enabled.`;
  const undo = (tool: string): Instruction => ({
    text: `Set enabled to false and ${tool}. Disabling a Region takes as long, and its resources are out of reach.`,
  });
  return [
    {
      id: "cli",
      label: "Enable the Region: CLI",
      language: "shell",
      parts: toParts(enableRegionBlock(region)),
      file: "enable-region.sh",
      steps: ["Run the command; it prints the Region's state.", again],
      notes: [here],
      undo: undoWith(
        "Disables the Region again. Its resources are out of reach until it is enabled.",
        disableRegionBlock(region),
      ),
    },
    {
      id: "terraform",
      label: "Terraform",
      language: "hcl",
      parts: toParts(terraform),
      file: "enable-region.tf",
      steps: ["Add this to the configuration of the account and run terraform apply.", again],
      undo: undo("run terraform apply again"),
      notes: [here, "CloudFormation and CDK have no resource for this."],
    },
    {
      id: "pulumi",
      label: "Pulumi",
      language: "typescript",
      parts: toParts(pulumi),
      file: "enable-region.ts",
      steps: ["Add this to the program of the account and run pulumi up.", again],
      notes: [here],
      undo: undo("run pulumi up again"),
    },
    {
      id: "console",
      label: "Console",
      language: "text",
      parts: [],
      steps: [
        `Sign in to account ${accountId} and open Account, then AWS Regions.`,
        `Choose ${region}, then Enable, and confirm.`,
        again,
      ],
      undo: { text: `Choose ${region}, then Disable, and confirm.` },
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
    steps: [
      "Run the commands: they admit the new trail to the bucket, create it and start it.",
      "Scan again after about 15 minutes, when the first log file has arrived. Delete the old trail only then.",
    ],
    undo: newTrailUndo(moved),
    notes: [
      `Run it in the management account ${moved.account}: one change repairs every member account.`,
      `The bucket ${moved.bucket} may belong to another account: run the first block there.`,
    ],
  };
}

/** A second trail in a default Region first; the old one goes only when the new one has delivered. */
export function moveCommands(moved: NewTrail): string {
  const start = cloudtrailCommand("start-logging", moved.homeRegion, [option("--name", moved.trailName)]);
  const create = [createTrailCommand(moved), start];
  return [
    mergePolicyCommands(moved.bucket, bucketStatements(moved)),
    changeBlock(create, readNewTrail(moved), [removeTrailCommand(moved)]),
  ].join("\n\n");
}
