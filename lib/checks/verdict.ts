import type { WordOf } from "@/lib/words";
import type {
  assurances,
  dispositions,
  regionDetails,
  regionStates,
  severities,
  trailHealths,
  verdicts,
} from "./words";

export type Verdict = WordOf<typeof verdicts>;
export type Severity = WordOf<typeof severities>;
/** VERIFIED: every enabled Region observed. INFERRED: trail-level facts certain, some Regions not observed. PENDING: first delivery or propagation outstanding. */
export type Assurance = WordOf<typeof assurances>;
export type Disposition = WordOf<typeof dispositions>;

export interface Remediation {
  readonly action: string;
  readonly account?: string;
  readonly region?: string;
  readonly trail?: string;
  readonly orgAction?: string;
}

export type RegionState = WordOf<typeof regionStates>;

/** What the verdict says of one Region, for the grid. `notEnabled` Regions appear here and in no Region list. */
export interface RegionOutcome {
  readonly name: string;
  readonly state: RegionState;
  /** Finer word for the glyph and the text: see `lib/checks/cloudtrail/region-words.ts` labels. */
  readonly detail: WordOf<typeof regionDetails>;
  /** One plain sentence: why. */
  readonly why: string;
  readonly trailArns: readonly string[];
}

/** One rule that led to the verdict, in the order applied. */
export interface RuleStep {
  readonly rule: string;
  readonly saw: string;
  readonly so: string;
}

export interface Evaluation {
  readonly checkId: string;
  readonly checkVersion: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly severity: Severity | null;
  /** Plain sentence: why this severity, from the facts. Null when there is no severity. */
  readonly severityReason: string | null;
  readonly assurance: Assurance | null;
  readonly disposition: Disposition | null;
  readonly coveredRegions: readonly string[];
  readonly partialRegions: readonly string[];
  readonly uncoveredRegions: readonly string[];
  readonly unknownRegions: readonly string[];
  readonly remediation: Remediation;
  readonly advisories: readonly string[];
  readonly regions: readonly RegionOutcome[];
  readonly rules: readonly RuleStep[];
}

/** A sentence with the one number or phrase that carries the verdict marked for colour. */
export interface SentencePart {
  readonly text: string;
  readonly tone?: "blind" | "wait" | "proven";
}

/** A trail as the page shows it: what it is, how it is, and why that matters here. */
export interface TrailRow {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  readonly health: WordOf<typeof trailHealths>;
  readonly healthText: string;
  readonly eventsText: string;
  readonly latestDeliveryTime?: string;
  readonly logFileValidationEnabled: boolean;
  readonly isEncrypted: boolean;
  readonly bucket?: string;
  /** The one trail the remediation names. */
  readonly isSuggested: boolean;
}

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
  readonly steps?: readonly string[];
  /** What to know about this way before using it, one sentence each. */
  readonly notes?: readonly string[];
}

/** One attribute as it is and as the change leaves it. */
export interface BeforeAfter {
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
}

/** Who deploys the trail, told by its tags: a change made past it is undone by the next deployment. */
export interface ManagedBy {
  readonly tool: "cloudformation" | "terraform" | "cdk" | "pulumi";
  /** Stack or workspace, when the tags name it. */
  readonly name?: string;
  readonly text: string;
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
  /** AWS CLI, copyable as it stands; absent when the change is not a command (reconnect, landing zone). */
  readonly command?: readonly CommandPart[];
  /** What to do, in order, when there is no command or around it. */
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

/** Something that keeps the problem from coming back. */
export interface Guardrail {
  readonly id: string;
  readonly title: string;
  /** Where it is put in place, and by whom. */
  readonly where: string;
  readonly stops: readonly string[];
  readonly doesNotStop: readonly string[];
  /** Why this verdict asks for it; null when it is merely useful. */
  readonly relevance: string | null;
  readonly tabs: readonly ChangeTab[];
}

/** What guardrails are filled in with. */
export interface GuardedTrail {
  readonly partition: string;
  readonly accountId: string;
  readonly organizationRole?: string;
  readonly organizationId?: string;
  readonly managementAccountId?: string;
  /** The trail to protect; absent when there is none yet. */
  readonly trail?: {
    readonly arn: string;
    readonly name: string;
    readonly homeRegion: string;
    readonly isOrganization: boolean;
    readonly bucket?: string;
  };
  readonly managedBy?: ManagedBy;
  readonly primaryRegion: string;
}

/** Everything a page says about one evaluation, made by the check from the same facts as the verdict. */
export interface Description {
  readonly sentence: readonly SentencePart[];
  /** Short form for lists: `11 of 17 not logged`. */
  readonly short: string;
  readonly trails: readonly TrailRow[];
  readonly change: SuggestedChange | null;
  readonly advisories: readonly { readonly code: string; readonly text: string }[];
  /** IAM actions whose refusal limited this evaluation. */
  readonly missingPermissions: readonly string[];
  /** Absent in older evaluations. */
  readonly guarded?: GuardedTrail;
}
