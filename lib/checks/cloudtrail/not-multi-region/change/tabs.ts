import { toParts } from "@/lib/checks/snippets/marked";
import type { ChangeTab, Instruction } from "@/lib/checks/suggested-change";
import { editBlock, editCommands, nothingToUndo, rollbackBlock, rollbackCommands } from "./edit-cli";
import { cdkTrail, cloudFormationTrail, pulumiTrail, terraformTrail } from "./edit-code";
import {
  cdkNewTrail,
  cloudFormationNewTrail,
  type NewTrail,
  newTrailBlock,
  pulumiNewTrail,
  removeTrailBlock,
  terraformNewTrail,
} from "./new-trail";
import type { Situation, TrailEdit } from "./situation";
import { inOrganization, stepsOfChange, type Tool, toolWays, undoWith, type Way } from "./ways";

type Snippets = Readonly<Record<Tool, string>>;

const tools = [
  { id: "cli", label: "AWS CLI", language: "shell", ending: "sh" },
  { id: "terraform", label: "Terraform", language: "hcl", ending: "tf" },
  { id: "cloudformation", label: "CloudFormation", language: "yaml", ending: "yaml" },
  { id: "cdk", label: "CDK", language: "typescript", ending: "ts" },
  { id: "pulumi", label: "Pulumi", language: "typescript", ending: "ts" },
] as const;

/** What stands around the snippets, by tool. */
interface Around {
  readonly notes?: Partial<Record<Tool, readonly string[]>>;
  readonly ways?: Partial<Record<Tool, Way>>;
}

/** The same change with every tool. A name of AWS that is part of `file` is made fit for one. */
export function toolTabs(
  file: string,
  snippets: Snippets,
  { notes = {}, ways = {} }: Around = {},
): readonly ChangeTab[] {
  const base = file.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return tools.map(({ id, label, language, ending }) => ({
    id,
    label,
    language,
    parts: toParts(snippets[id]),
    file: `${base}${id === "cdk" || id === "pulumi" ? `-${id}` : ""}.${ending}`,
    ...((notes[id] ?? []).length === 0 ? {} : { notes: notes[id] ?? [] }),
    ...ways[id],
  }));
}

const noPlan = "Code that says so already plans no change, and nothing is applied: run the CLI command then.";

/** Commands that restore what the edit found; null when the edit has nothing to run. */
export function editUndo(situation: Situation, edit: TrailEdit): Instruction | null {
  if (rollbackCommands(situation, edit).length > 0) {
    return undoWith("Restores what the trail had before.", rollbackBlock(situation, edit));
  }
  return editCommands(situation, edit).length === 0
    ? null
    : { text: `There is nothing to undo: ${nothingToUndo}` };
}

/** A change of an existing trail. */
export function editTabs(situation: Situation, edit: TrailEdit): readonly ChangeTab[] {
  const { trail, owner, accountId, managedBy, change, action } = situation;
  if (trail === null) return [];
  const reverted = managedBy === null ? [] : ["The next deploy would undo this command: see the note above."];
  const where = owner === accountId ? [] : [`Run it in account ${owner}, which owns the trail.`];
  const again = change === "REAPPLY_MULTI_REGION" ? [noPlan] : [];
  const isUnowned = managedBy === null;
  const plain = stepsOfChange(change);
  const steps = action === "FIX_ORG_TRAIL" ? inOrganization(owner, plain) : plain;
  const tabs = toolTabs(
    `${change.toLowerCase().replaceAll("_", "-")}-${trail.name}`,
    {
      cli: editBlock(situation, edit),
      terraform: terraformTrail(situation, edit),
      cloudformation: cloudFormationTrail(situation, edit),
      cdk: cdkTrail(situation, edit),
      pulumi: pulumiTrail(situation, edit),
    },
    {
      notes: {
        cli: [...where, ...reverted],
        terraform: [...where, ...again],
        cloudformation: [
          ...(isUnowned
            ? [
                "A trail that no stack owns is brought in by a change set of type IMPORT; a second trail of the same name cannot be created.",
              ]
            : []),
          ...again,
        ],
        cdk: [...(isUnowned ? ["cdk import brings an existing trail into the stack."] : []), ...again],
        pulumi: again,
      },
      ways: toolWays(steps, editUndo(situation, edit)),
    },
  );
  return [...tabs, consoleTab(situation, [...steps.before], [...steps.after])];
}

function consoleTab(
  { change, trail, owner, region }: Situation,
  before: readonly string[],
  after: readonly string[],
): ChangeTab {
  const name = trail?.name ?? "";
  const signIn = before.length === 0 ? [`Sign in to account ${owner}.`] : before;
  const open = [...signIn, `Choose the Region ${region} and open CloudTrail, then Trails, then ${name}.`];
  const ways: Readonly<Record<string, Way>> = {
    CONVERT_TRAIL: {
      steps: [
        "The console cannot convert a single-Region trail. It creates multi-Region trails only.",
        "Use one of the other tabs; the CLI command also runs in CloudShell, in the console's own window.",
      ],
    },
    REAPPLY_MULTI_REGION: {
      steps: [
        "The console shows the setting but cannot apply it again: use the CLI command, in CloudShell for instance.",
      ],
    },
    START_LOGGING: {
      steps: [...open, "Choose Start logging.", ...after],
      undo: { text: "Open the trail again and choose Stop logging." },
    },
    FIX_EVENT_SELECTORS: {
      steps: [
        ...open,
        "Under Management events choose Edit.",
        "Select Read and Write, clear both Exclude boxes (AWS KMS, Amazon RDS Data API), and save.",
        ...after,
      ],
      undo: { text: "Under Management events choose Edit again, and set what stood there before." },
    },
  };
  const way = ways[change] ?? { steps: [...open, ...after] };
  return { id: "console", label: "Console", language: "text", parts: [], ...way };
}

/** Takes a new trail back. */
export function newTrailUndo(trail: NewTrail): Instruction {
  return undoWith("Delete the trail. The bucket and what was delivered stay.", removeTrailBlock(trail));
}

/** A new trail with a bucket of its own. */
export function createTabs(trail: NewTrail): readonly ChangeTab[] {
  const steps = stepsOfChange("CREATE_MULTI_REGION_TRAIL");
  const console: ChangeTab = {
    id: "console",
    label: "Console",
    language: "text",
    parts: [],
    steps: [
      `Sign in to account ${trail.account}, choose the Region ${trail.homeRegion} and open CloudTrail, then Trails.`,
      "Choose Create trail. The console makes every new trail multi-Region, and creates the bucket with its policy.",
      "Keep log file validation on. Under Management events keep Read and Write, and exclude nothing.",
      ...steps.after,
    ],
    undo: {
      text: "Select the trail under Trails and choose Delete. The bucket and what was delivered stay.",
    },
  };
  const tabs = toolTabs(
    "create-multi-region-trail",
    {
      cli: newTrailBlock(trail),
      terraform: terraformNewTrail(trail),
      cloudformation: cloudFormationNewTrail(trail),
      cdk: cdkNewTrail(trail),
      pulumi: pulumiNewTrail(trail),
    },
    {
      notes: {
        cli: [
          "If the bucket's name is taken, choose another in every line. A bucket in a log account of its own is better.",
        ],
      },
      ways: toolWays(steps, newTrailUndo(trail), true),
    },
  );
  return [...tabs, console];
}
