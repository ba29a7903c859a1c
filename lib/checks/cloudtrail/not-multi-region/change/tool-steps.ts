import type { Action } from "@/lib/checks/cloudtrail/not-multi-region/rules/reasons";
import { toParts } from "@/lib/checks/snippets/marked";
import type { Instruction } from "@/lib/checks/suggested-change";

/** The tools that every change has a tab for. */
export type Tool = "cli" | "terraform" | "cloudformation" | "cdk" | "pulumi";

/** What to do with the code of one tab, and how to undo it. */
export interface ToolSteps {
  readonly steps: readonly string[];
  readonly undo?: Instruction;
}

/** Steps of one change: before and after it is applied with any tool, and what the command does. */
export interface ChangeSteps {
  readonly before: readonly string[];
  readonly cli: readonly string[];
  readonly after: readonly string[];
}

/** Around a change of an organization trail, which members cannot make. */
export function inManagementAccount(owner: string, steps: ChangeSteps): ChangeSteps {
  return {
    before: [
      `Sign in to account ${owner} (the organization's management account) or to a delegated administrator of CloudTrail; members cannot change this trail.`,
      ...steps.before,
    ],
    cli: steps.cli,
    after: [...steps.after, "One change there repairs every member account at once."],
  };
}

/** The steps in order, for the command. */
export function inOrder({ before, cli, after }: ChangeSteps): readonly string[] {
  return [...before, ...cli, ...after];
}

/** What the command for an action does, and what comes after. Empty for actions without a command of their own. */
export function stepsOfAction(action: Action): ChangeSteps {
  const { cli, after } = byAction[action] ?? { cli: [], after: [] };
  return { before: [], cli, after };
}

const byAction: Partial<Record<Action, Omit<ChangeSteps, "before">>> = {
  CONVERT_TRAIL: {
    cli: ["Run the command; logging does not stop meanwhile."],
    after: ["Scan again after a few minutes."],
  },
  REAPPLY_MULTI_REGION: {
    cli: ["Run the command; it makes AWS create the missing copies."],
    after: [
      "Scan again after a few minutes. If a copy is still missing after 24 hours, open a case with AWS Support.",
    ],
  },
  START_LOGGING: {
    cli: ["Run the command."],
    after: ["Scan again after about 15 minutes, when the first log file has arrived."],
  },
  FIX_EVENT_SELECTORS: {
    cli: ["Run the command: it replaces the trail's whole list of selectors."],
    after: ["Scan again."],
  },
  CREATE_MULTI_REGION_TRAIL: {
    cli: [
      "Run the command: it creates bucket, bucket policy and trail, and starts logging. A trail created by CLI logs nothing until start-logging.",
    ],
    after: [
      "Scan again after about 15 minutes, when the first log file has arrived.",
      "When every account of an organization needs one, create an organization trail in the management account instead (--is-organization-trail).",
    ],
  },
};

/** How each tool makes the change, and takes it back. `cliUndo`: commands, with what they do. */
export function toolSteps(
  { before, cli, after }: ChangeSteps,
  cliUndo: Instruction | null,
  isNew = false,
): Readonly<Record<Tool, ToolSteps>> {
  const around = (steps: readonly string[]) => [...before, ...steps, ...after];
  const put = (where: string, look: string) =>
    isNew
      ? `Add this to ${where}, then ${look}: nothing that exists may change.`
      : `Put the marked lines into ${where}, then ${look}: nothing else may change.`;
  const revert = (deploy: string, whenNew: string): Instruction => ({
    text: isNew ? whenNew : `Revert the change in your code and ${deploy}.`,
  });
  const undo = (of: Instruction) => (cliUndo === null ? {} : { undo: of });
  return {
    cli: { steps: around(cli), ...(cliUndo === null ? {} : { undo: cliUndo }) },
    terraform: {
      steps: around([put("your configuration", "run terraform plan"), "Run terraform apply."]),
      ...undo(
        revert(
          "run terraform apply again",
          "Take out prevent_destroy, then run terraform destroy with -target on the trail alone. The bucket stays, for it holds logs.",
        ),
      ),
    },
    cloudformation: {
      steps: around([
        put("the stack's template", "create a change set and look at it"),
        "Execute the change set.",
      ]),
      ...undo(
        revert(
          "update the stack again",
          "Delete the stack. Its trail and bucket are retained: delete the trail as the CLI tab shows.",
        ),
      ),
    },
    cdk: {
      steps: around([put("the stack's code", "run cdk diff"), "Run cdk deploy."]),
      ...undo(
        revert(
          "run cdk deploy again",
          "Take the trail out of the code and run cdk deploy. The bucket is retained.",
        ),
      ),
    },
    pulumi: {
      steps: around([put("your program", "run pulumi preview"), "Run pulumi up."]),
      ...undo(
        revert(
          "run pulumi up again",
          "Take out protect, then run pulumi destroy with --target on the trail alone. The bucket stays, for it holds logs.",
        ),
      ),
    },
  };
}

/** Commands as an undo. */
export function undoWith(text: string, commands: string): Instruction {
  return { text, parts: toParts(commands) };
}
