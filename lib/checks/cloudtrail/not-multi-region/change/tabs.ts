import { toParts } from "@/lib/checks/snippets/marked";
import type { ChangeTab, Instruction } from "@/lib/checks/suggested-change";
import type { ChangeInput, TrailUpdate } from "./change-input";
import {
  cdkNewTrail,
  cloudFormationNewTrail,
  type NewTrail,
  newTrailBlock,
  pulumiNewTrail,
  removeTrailBlock,
  terraformNewTrail,
} from "./new-trail";
import {
  inManagementAccount,
  stepsOfAction,
  type Tool,
  type ToolSteps,
  toolSteps,
  undoWith,
} from "./tool-steps";
import { nothingToUndo, undoBlock, undoCommands, updateBlock, updateCommands } from "./update-cli";
import { cdkTrail, cloudFormationTrail, pulumiTrail, terraformTrail } from "./update-code";

type Snippets = Readonly<Record<Tool, string>>;

const tools = [
  { id: "cli", label: "AWS CLI", language: "shell", ending: "sh" },
  { id: "terraform", label: "Terraform", language: "hcl", ending: "tf" },
  { id: "cloudformation", label: "CloudFormation", language: "yaml", ending: "yaml" },
  { id: "cdk", label: "CDK", language: "typescript", ending: "ts" },
  { id: "pulumi", label: "Pulumi", language: "typescript", ending: "ts" },
] as const;

/** Notes and steps for the snippets, by tool. */
interface Around {
  readonly notes?: Partial<Record<Tool, readonly string[]>>;
  readonly steps?: Partial<Record<Tool, ToolSteps>>;
}

/** The same change with every tool. A name of AWS that is part of `file` is turned into a valid one. */
export function toolTabs(
  file: string,
  snippets: Snippets,
  { notes = {}, steps = {} }: Around = {},
): readonly ChangeTab[] {
  const base = file.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return tools.map(({ id, label, language, ending }) => ({
    id,
    label,
    language,
    parts: toParts(snippets[id]),
    file: `${base}${id === "cdk" || id === "pulumi" ? `-${id}` : ""}.${ending}`,
    ...((notes[id] ?? []).length === 0 ? {} : { notes: notes[id] ?? [] }),
    ...steps[id],
  }));
}

const noPlan = "Code that says so already plans no change, and nothing is applied: run the CLI command then.";

/** Commands that restore what the update found; null when the update has nothing to run. */
export function updateUndo(input: ChangeInput, update: TrailUpdate): Instruction | null {
  if (undoCommands(input, update).length > 0) {
    return undoWith("Restores what the trail had before.", undoBlock(input, update));
  }
  return updateCommands(input, update).length === 0
    ? null
    : { text: `There is nothing to undo: ${nothingToUndo}` };
}

/** A change of an existing trail. */
export function updateTabs(input: ChangeInput, update: TrailUpdate): readonly ChangeTab[] {
  const { trail, owner, accountId, managedBy, directAction, action } = input;
  if (trail === null) return [];
  const reverted = managedBy === null ? [] : ["The next deploy would undo this command: see the note above."];
  const where = owner === accountId ? [] : [`Run it in account ${owner}, which owns the trail.`];
  const again = directAction === "REAPPLY_MULTI_REGION" ? [noPlan] : [];
  const isUnowned = managedBy === null;
  const plain = stepsOfAction(directAction);
  const steps = action === "FIX_ORG_TRAIL" ? inManagementAccount(owner, plain) : plain;
  const tabs = toolTabs(
    `${directAction.toLowerCase().replaceAll("_", "-")}-${trail.name}`,
    {
      cli: updateBlock(input, update),
      terraform: terraformTrail(input, update),
      cloudformation: cloudFormationTrail(input, update),
      cdk: cdkTrail(input, update),
      pulumi: pulumiTrail(input, update),
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
      steps: toolSteps(steps, updateUndo(input, update)),
    },
  );
  return [...tabs, consoleTab(input, [...steps.before], [...steps.after])];
}

function consoleTab(
  { directAction, trail, owner, region }: ChangeInput,
  before: readonly string[],
  after: readonly string[],
): ChangeTab {
  const name = trail?.name ?? "";
  const signIn = before.length === 0 ? [`Sign in to account ${owner}.`] : before;
  const open = [...signIn, `Choose the Region ${region} and open CloudTrail, then Trails, then ${name}.`];
  const byAction: Readonly<Record<string, ToolSteps>> = {
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
      undo: { text: "Under Management events choose Edit again, and restore the previous settings." },
    },
  };
  const own = byAction[directAction] ?? { steps: [...open, ...after] };
  return { id: "console", label: "Console", language: "text", parts: [], ...own };
}

/** Takes a new trail back. */
export function newTrailUndo(trail: NewTrail): Instruction {
  return undoWith("Delete the trail. The bucket and what was delivered stay.", removeTrailBlock(trail));
}

/** A new trail with a bucket of its own. */
export function createTabs(trail: NewTrail): readonly ChangeTab[] {
  const steps = stepsOfAction("CREATE_MULTI_REGION_TRAIL");
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
      steps: toolSteps(steps, newTrailUndo(trail), true),
    },
  );
  return [...tabs, console];
}
