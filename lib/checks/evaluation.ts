import type { WordOf } from "@/lib/words";
import type { assurances, dispositions, regionDetails, regionStates, severities, verdicts } from "./words";

export type Verdict = WordOf<typeof verdicts>;
export type Severity = WordOf<typeof severities>;

/** VERIFIED: every enabled Region observed. INFERRED: trail-level facts certain, some Regions not observed. PENDING: first delivery or propagation outstanding. */
export type Assurance = WordOf<typeof assurances>;

export type Disposition = WordOf<typeof dispositions>;

/**
 * What to do, and where. The thing to change is under its kind, `trail: "main"`: that is how the command line
 * prints it by contract and how it is stored, so it is not split into a kind and a name. The kinds are the checks'.
 */
export interface Remediation {
  readonly action: string;
  readonly account?: string;
  readonly region?: string;
  /** The change itself, where `action` is to have someone else make it. */
  readonly orgAction?: string;
  readonly [kind: string]: string | undefined;
}

export type RegionState = WordOf<typeof regionStates>;

/** What the verdict says of one Region, for the grid. `notEnabled` Regions appear here and in no Region list. */
export interface RegionOutcome {
  readonly name: string;
  readonly state: RegionState;
  /** Finer word for the glyph and the text, which `labels.ts` has. */
  readonly detail: WordOf<typeof regionDetails>;
  /** One plain sentence: why. */
  readonly why: string;
  /** What is there that the check is about. Spelled as it has always been stored. */
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
