import type { TrailDescription } from "@/lib/checks/facts/cloudtrail";
import { awsCommand, option } from "@/lib/checks/snippets/aws-cli";
import { jsonText } from "@/lib/checks/snippets/json";
import { toParts } from "@/lib/checks/snippets/marked";
import type { ChangeTab, Instruction } from "@/lib/checks/suggested-change";
import {
  cdkBucketPolicy,
  cloudFormationBucketPolicy,
  pulumiBucketPolicy,
  terraformBucketPolicy,
} from "./bucket-code";
import { bucketStatements, type Delivery, keyStatements, policyDocument } from "./bucket-policy";
import type { ChangeInput } from "./change-input";
import { reportedErrors, scanWhenDelivered } from "./delivery-steps";
import { type KeyFix, keyBlock, keySteps, keyUndoBlock, readKey } from "./key-fix";
import { mergePolicyCommands, restorePolicyCommands } from "./merge-policy";
import { createBucketCommand } from "./new-trail";
import { toolTabs } from "./tabs";
import { type ChangeSteps, inManagementAccount, inOrder, toolSteps, undoWith } from "./tool-steps";
import { cloudtrailCommand } from "./update-cli";

/** A trail whose log files do not arrive. */
export interface BrokenDelivery {
  readonly input: ChangeInput;
  readonly trail: TrailDescription;
  readonly delivery: Delivery;
  /** What to do about the key, when AWS names it as the reason. */
  readonly keyFix: KeyFix | null;
}

/** Commands that take the repair back. */
export function deliveryUndo({ delivery, keyFix, trail }: BrokenDelivery): Instruction {
  if (keyFix !== null) {
    return undoWith(
      keyFix.fault === "refused" ? policyUndo("key") : "Puts the key back as the change found it.",
      keyUndoBlock(keyFix, trail, delivery),
    );
  }
  return undoWith(policyUndo("bucket"), restorePolicyCommands(delivery.bucket, bucketStatements(delivery)));
}

function policyUndo(of: string): string {
  return `The command prints how to put back the ${of}'s policy exactly as it was. Without what it printed, this takes out the statements that were added and keeps all others.`;
}

/** Ways to let CloudTrail write again, and what to look at before. The key comes first when AWS names it. */
export function deliveryTabs(broken: BrokenDelivery): readonly ChangeTab[] {
  const { input, trail, delivery, keyFix } = broken;
  const isForeign = input.action === "FIX_ORG_TRAIL";
  const around = (cli: readonly string[]): ChangeSteps => {
    const steps = { before: reportedErrors(input.view), cli, after: [scanWhenDelivered] };
    return isForeign ? inManagementAccount(input.owner, steps) : steps;
  };
  const looks = lookTab(broken, around);
  const policy = policyTab(delivery, around);
  const key = trail.kmsKeyId === undefined ? [] : [keyTab(broken, trail.kmsKeyId, around)];
  if (keyFix !== null) return [...keyTabs(broken, keyFix, around), ...key, policy, looks];
  return [...bucketTabs(broken, around), policy, ...key, looks];
}

type AroundSteps = (cli: readonly string[]) => ChangeSteps;

function bucketTabs(broken: BrokenDelivery, around: AroundSteps): readonly ChangeTab[] {
  const { input, delivery } = broken;
  const { bucket, homeRegion } = delivery;
  const isMissing = [...(input.view?.statuses.values() ?? [])].some(
    (status) => status.latestDeliveryError === "NoSuchBucket",
  );
  const merge = mergePolicyCommands(bucket, bucketStatements(delivery));
  const look = `Check that ${bucket} exists, and that it is not a Requester Pays bucket.`;
  const steps = around([`Run the command in the account that owns ${bucket}.`]);
  return toolTabs(
    "bucket-policy",
    {
      cli: isMissing ? `${createBucketCommand(bucket, homeRegion)}\n\n${merge}` : merge,
      terraform: terraformBucketPolicy(delivery),
      cloudformation: cloudFormationBucketPolicy(delivery),
      cdk: cdkBucketPolicy(delivery),
      pulumi: pulumiBucketPolicy(delivery),
    },
    {
      notes: {
        cli: [
          `The account that owns ${bucket} runs this; it keeps the policy's other statements. It needs bash and jq, which CloudShell has.`,
        ],
      },
      steps: toolSteps({ ...steps, before: [...steps.before, look] }, deliveryUndo(broken)),
    },
  );
}

/** The key first: nothing in the bucket's policy lets CloudTrail write with a key that it cannot use. */
function keyTabs(broken: BrokenDelivery, fix: KeyFix, around: AroundSteps): readonly ChangeTab[] {
  const { trail, delivery } = broken;
  const steps = inOrder(around(keySteps(fix)));
  const undo = deliveryUndo(broken);
  const cli: ChangeTab = {
    id: "cli",
    label: "AWS CLI",
    language: "shell",
    parts: toParts(keyBlock(fix, trail, delivery)),
    file: "restore-key.sh",
    steps,
    undo,
    ...(fix.fault === "refused" ? { notes: ["It needs bash and jq, which CloudShell has."] } : {}),
  };
  const inConsole = consoleOf(fix, trail.name);
  const console: ChangeTab = {
    id: "console",
    label: "Console",
    language: "text",
    parts: [],
    steps: inOrder(around(inConsole.steps)),
    undo: { text: inConsole.undo },
  };
  return [cli, console];
}

function consoleOf({ fault, keyId, region, account }: KeyFix, trail: string) {
  const where = account === null ? "" : `Sign in to account ${account}. `;
  const open = `${where}Choose the Region ${region}, open KMS, then Customer managed keys, then ${keyId}.`;
  switch (fault) {
    case "disabled":
      return { steps: [open, "Choose Key actions, then Enable."], undo: "Choose Key actions, then Disable." };
    case "pending_deletion":
      return {
        steps: [open, "Choose Key actions, then Cancel key deletion; then Key actions, then Enable."],
        undo: "Choose Key actions, then Disable.",
      };
    case "gone":
      return {
        steps: [
          `Open CloudTrail, then Trails, then ${trail}. Under General details choose Edit.`,
          "Clear Log file SSE-KMS encryption, or choose another key, and save.",
        ],
        undo: "Under General details choose Edit again, and enter the former key.",
      };
    case "refused":
      return {
        steps: [open, "Under Key policy choose Edit, add the statements of the tab Key policy, and save."],
        undo: "Under Key policy choose Edit again, and take out the statements.",
      };
  }
}

function policyTab(delivery: Delivery, around: AroundSteps): ChangeTab {
  return {
    id: "bucket-policy",
    label: "Bucket policy",
    language: "json",
    parts: toParts(jsonText(policyDocument(bucketStatements(delivery)), 2)),
    file: "bucket-policy.json",
    steps: inOrder(
      around([
        `Open bucket ${delivery.bucket} in S3, then Permissions, then Bucket policy, and choose Edit.`,
        "Keep a copy of the policy, add these statements to it, and save.",
      ]),
    ),
    notes: [
      "Complete for this trail. Other statements of the bucket's policy stay beside these.",
      "Remove statements that name old CloudTrail accounts for each Region: they leave out newer Regions.",
      "The bucket must not be a Requester Pays bucket.",
    ],
    undo: { text: "Put back the copy of the policy." },
  };
}

function keyTab({ delivery }: BrokenDelivery, keyId: string, around: AroundSteps): ChangeTab {
  return {
    id: "key-policy",
    label: "Key policy",
    language: "json",
    parts: toParts(jsonText(keyStatements(delivery), 2)),
    file: "key-policy-statements.json",
    steps: inOrder(
      around([
        "Open the key in KMS, then Key policy, and choose Edit.",
        "Keep a copy of the policy, add these statements to it, and save.",
      ]),
    ),
    notes: [
      `Add these statements to the policy of ${keyId}, and keep its others: a key without its administrators is lost.`,
      "The key must be enabled, and in the same Region as the bucket.",
    ],
    undo: { text: "Put back the copy of the policy." },
  };
}

function lookTab({ delivery, trail, keyFix }: BrokenDelivery, around: AroundSteps): ChangeTab {
  const { bucket, trailArn, homeRegion } = delivery;
  const region = keyFix?.region ?? homeRegion;
  const commands = [
    cloudtrailCommand("get-trail-status", homeRegion, [option("--name", trailArn)]),
    ...(trail.kmsKeyId === undefined ? [] : [readKey({ keyId: trail.kmsKeyId, region })]),
    awsCommand("s3api head-bucket", [option("--bucket", bucket)]),
    awsCommand("s3api get-bucket-policy", [option("--bucket", bucket), "--query Policy", "--output text"]),
  ];
  return {
    id: "checks",
    label: "What to look at",
    language: "shell",
    parts: toParts(commands.join("\n\n")),
    file: "look-at-delivery.sh",
    steps: inOrder(around(["Run them before the change and after it."])),
    notes: [
      "They only read. The first is for the trail's account, the others are for the bucket's and the key's.",
    ],
    undo: { text: "There is nothing to undo." },
  };
}
