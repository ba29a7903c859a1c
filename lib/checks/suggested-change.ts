/** A command as shown: `changed` parts are what the person should look at. */
export interface CommandPart {
  readonly text: string;
  readonly changed?: boolean;
}

/** One way to make a change: a command, code, a policy, or steps for a console. */
export interface ChangeTab {
  readonly id: string;
  readonly label: string;
  readonly language: "shell" | "hcl" | "yaml" | "typescript" | "json" | "rego" | "text";
  /** Copyable text; empty when the tab consists of steps. */
  readonly parts: readonly CommandPart[];
  /** Name for a download. */
  readonly file?: string;
  /** What to do, in order, this way. When every tab has its own, they are shown instead of the change's. */
  readonly steps?: readonly string[];
  /** What to know about this way before using it, one sentence each. */
  readonly notes?: readonly string[];
  /** How to take the change back this way; shown instead of the change's. */
  readonly undo?: Instruction;
}

/** One attribute as it is and as the change leaves it. */
export interface BeforeAfter {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
}

/** Who deploys the trail, by its tags: a change made past it is undone by the next deployment. */
export interface ManagedBy {
  readonly tool: "cloudformation" | "terraform" | "cdk" | "pulumi";
  /** Stack or workspace, when the tags name it. */
  readonly name?: string;
  readonly text: string;
}

/** Whether the steps, and so the undo, are those of the chosen tab. Older evaluations have them for the command only. */
export function followsTabs({ tabs }: Pick<SuggestedChange, "tabs">): boolean {
  return tabs !== undefined && tabs.length > 0 && tabs.every(({ steps = [] }) => steps.length > 0);
}

/** Something to do that has text and, perhaps, commands. */
export interface Instruction {
  readonly text: string;
  readonly parts?: readonly CommandPart[];
}

/** The one change to make, with the account's real names filled in. Optional parts lack in older evaluations. */
export interface SuggestedChange {
  readonly action: string;
  readonly title: string;
  /** Why this change and this trail, one sentence each. */
  readonly reasons: readonly string[];
  /** Shown beside the heading, e.g. `acme-audit · home Region eu-central-1`. */
  readonly target?: string;
  /** AWS CLI, copyable unchanged; absent when the change is not a command (reconnect, landing zone). */
  readonly command?: readonly CommandPart[];
  /** What to do, in order: around the command, or without one. */
  readonly steps: readonly string[];
  /** What it costs, what it duplicates, what it recovers: one sentence each. */
  readonly notes: readonly string[];
  readonly tabs?: readonly ChangeTab[];
  /** The tab shown first: that of the tool which owns the trail. */
  readonly defaultTab?: string;
  readonly managedBy?: ManagedBy;
  readonly beforeAfter?: readonly BeforeAfter[];
  /** How to take the change back. */
  readonly rollback?: Instruction;
  /** IAM actions that the change needs, and in which account. */
  readonly permissions?: { readonly actions: readonly string[]; readonly account: string };
  /** What to do once the change is verified, not before. */
  readonly afterwards?: readonly Instruction[];
}
