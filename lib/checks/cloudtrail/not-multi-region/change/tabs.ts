import { toParts } from "@/lib/checks/snippets/marked";
import type { ChangeTab } from "@/lib/checks/suggested-change";
import {
  cdkBucketPolicy,
  cloudFormationBucketPolicy,
  pulumiBucketPolicy,
  terraformBucketPolicy,
} from "./bucket-code";
import {
  bucketStatements,
  type Delivery,
  keyStatements,
  mergePolicyCommands,
  policyDocument,
} from "./bucket-policy";
import { cloudtrailCommand, editCommands } from "./edit-cli";
import { cdkTrail, cloudFormationTrail, pulumiTrail, terraformTrail } from "./edit-code";
import {
  cdkNewTrail,
  cloudFormationNewTrail,
  type NewTrail,
  newTrailCommands,
  pulumiNewTrail,
  terraformNewTrail,
} from "./new-trail";
import type { Situation, TrailEdit } from "./situation";

interface Snippets {
  readonly cli: string;
  readonly terraform: string;
  readonly cloudformation: string;
  readonly cdk: string;
  readonly pulumi: string;
}

const tools = [
  { id: "cli", label: "AWS CLI", language: "shell", ending: "sh" },
  { id: "terraform", label: "Terraform", language: "hcl", ending: "tf" },
  { id: "cloudformation", label: "CloudFormation", language: "yaml", ending: "yaml" },
  { id: "cdk", label: "CDK", language: "typescript", ending: "ts" },
  { id: "pulumi", label: "Pulumi", language: "typescript", ending: "ts" },
] as const;

/** The same change with every tool. `notes` by tool. */
export function toolTabs(
  file: string,
  snippets: Snippets,
  notes: Partial<Record<keyof Snippets, readonly string[]>> = {},
): readonly ChangeTab[] {
  return tools.map(({ id, label, language, ending }) => ({
    id,
    label,
    language,
    parts: toParts(snippets[id]),
    file: `${file}${id === "cdk" || id === "pulumi" ? `-${id}` : ""}.${ending}`,
    ...((notes[id] ?? []).length === 0 ? {} : { notes: notes[id] ?? [] }),
  }));
}

const noPlan = "Code that says so already plans no change, and nothing is applied: run the CLI command then.";

/** A change of an existing trail. */
export function editTabs(situation: Situation, edit: TrailEdit): readonly ChangeTab[] {
  const { trail, owner, accountId, managedBy, change } = situation;
  if (trail === null) return [];
  const reverted = managedBy === null ? [] : ["The next deploy would undo this command: see the note above."];
  const where = owner === accountId ? [] : [`Run it in account ${owner}, which owns the trail.`];
  const again = change === "REAPPLY_MULTI_REGION" ? [noPlan] : [];
  const tabs = toolTabs(
    `${change.toLowerCase().replaceAll("_", "-")}-${trail.name}`,
    {
      cli: editCommands(situation, edit).join("\n\n"),
      terraform: terraformTrail(situation, edit),
      cloudformation: cloudFormationTrail(situation, edit),
      cdk: cdkTrail(situation, edit),
      pulumi: pulumiTrail(situation, edit),
    },
    {
      cli: [...where, ...reverted],
      terraform: [...where, ...again],
      cloudformation: [
        "A trail that no stack owns is brought in by a change set of type IMPORT; a second trail of the same name cannot be created.",
        ...again,
      ],
      cdk: ["cdk import brings an existing trail into the stack.", ...again],
      pulumi: again,
    },
  );
  return [...tabs, consoleTab(situation)];
}

function consoleTab({ change, trail, owner, region }: Situation): ChangeTab {
  const name = trail?.name ?? "";
  const open = `Sign in to account ${owner}, choose the Region ${region} and open CloudTrail, then Trails, then ${name}.`;
  const steps: Readonly<Record<string, readonly string[]>> = {
    CONVERT_TRAIL: [
      "The console cannot convert a single-Region trail. It creates multi-Region trails only.",
      "Use one of the other tabs; the CLI command also runs in CloudShell, in the console's own window.",
    ],
    REAPPLY_MULTI_REGION: [
      "The console shows the setting but cannot apply it again: use the CLI command, in CloudShell for instance.",
    ],
    START_LOGGING: [open, "Choose Start logging."],
    FIX_EVENT_SELECTORS: [
      open,
      "Under Management events choose Edit.",
      "Select Read and Write, clear both Exclude boxes (AWS KMS, Amazon RDS Data API), and save.",
    ],
  };
  return { id: "console", label: "Console", language: "text", parts: [], steps: steps[change] ?? [open] };
}

/** A new trail with a bucket of its own. */
export function createTabs(trail: NewTrail): readonly ChangeTab[] {
  const console: ChangeTab = {
    id: "console",
    label: "Console",
    language: "text",
    parts: [],
    steps: [
      `Sign in to account ${trail.account}, choose the Region ${trail.homeRegion} and open CloudTrail, then Trails.`,
      "Choose Create trail. The console makes every new trail multi-Region, and makes the bucket with its policy.",
      "Keep log file validation on. Under Management events keep Read and Write, and exclude nothing.",
    ],
  };
  const tabs = toolTabs(
    "create-multi-region-trail",
    {
      cli: newTrailCommands(trail).join("\n\n"),
      terraform: terraformNewTrail(trail),
      cloudformation: cloudFormationNewTrail(trail),
      cdk: cdkNewTrail(trail),
      pulumi: pulumiNewTrail(trail),
    },
    {
      cli: [
        "If the bucket's name is taken, choose another in every line. A bucket in a log account of its own is better.",
      ],
    },
  );
  return [...tabs, console];
}

/** Policies that let CloudTrail write again, and what to look at before. */
export function deliveryTabs(
  delivery: Delivery,
  keyId: string | undefined,
  isMissing: boolean,
): readonly ChangeTab[] {
  const statements = bucketStatements(delivery);
  const merge = mergePolicyCommands(delivery.bucket, statements);
  const owner = `The account that owns ${delivery.bucket} runs this; it keeps the policy's other statements. It needs jq, which CloudShell has.`;
  const tabs = toolTabs(
    "bucket-policy",
    {
      cli: isMissing ? `${createBucketCommand(delivery)}\n\n${merge}` : merge,
      terraform: terraformBucketPolicy(delivery),
      cloudformation: cloudFormationBucketPolicy(delivery),
      cdk: cdkBucketPolicy(delivery),
      pulumi: pulumiBucketPolicy(delivery),
    },
    { cli: [owner] },
  );
  return [
    ...tabs,
    {
      id: "bucket-policy",
      label: "Bucket policy",
      language: "json",
      parts: toParts(JSON.stringify(policyDocument(statements), null, 2)),
      file: "bucket-policy.json",
      notes: [
        "Complete for this trail. Other statements of the bucket's policy stay beside these.",
        "Remove statements that name old CloudTrail accounts for each Region: they leave out newer Regions.",
        "The bucket must not be a Requester Pays bucket.",
      ],
    },
    ...(keyId === undefined ? [] : [keyTab(delivery, keyId)]),
    {
      id: "checks",
      label: "What to look at",
      language: "shell",
      parts: toParts(checkCommands(delivery).join("\n\n")),
      file: "look-at-delivery.sh",
      notes: ["All three only read. The first is for the trail's account, the others for the bucket's."],
    },
  ];
}

function createBucketCommand({ bucket, homeRegion }: Delivery): string {
  const place =
    homeRegion === "us-east-1" ? [] : [`--create-bucket-configuration LocationConstraint=${homeRegion}`];
  return ["aws s3api create-bucket", `--region ${homeRegion}`, `--bucket ${bucket}`, ...place].join(
    " \\\n  ",
  );
}

function checkCommands({ bucket, trailArn, homeRegion }: Delivery): readonly string[] {
  return [
    cloudtrailCommand("get-trail-status", homeRegion, [`--name ${trailArn}`]),
    `aws s3api head-bucket --bucket ${bucket}`,
    `aws s3api get-bucket-policy --bucket ${bucket} --query Policy --output text`,
  ];
}

function keyTab(delivery: Delivery, keyId: string): ChangeTab {
  return {
    id: "key-policy",
    label: "Key policy",
    language: "json",
    parts: toParts(JSON.stringify(keyStatements(delivery), null, 2)),
    file: "key-policy-statements.json",
    notes: [
      `Add these statements to the policy of ${keyId}, and keep its others: a key without its administrators is lost.`,
      "The key must be enabled, and in the same Region as the bucket.",
    ],
  };
}
