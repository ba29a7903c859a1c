/** The words of a verdict, spelled as they are stored, exported and compared. Labels for people live apart. */
export type Verdict = "PASS" | "FAIL" | "NOT_EVALUATED";

export type Severity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";

/** VERIFIED: every enabled Region observed. INFERRED: trail-level facts certain, some Regions not observed. PENDING: first delivery or propagation outstanding. */
export type Assurance = "VERIFIED" | "INFERRED" | "PENDING";

export type Disposition = "OPEN" | "ACCEPTED";

/**
 * What to do, and where. The thing to change stands under its kind, `trail: "main"`: that is how the command line
 * prints it by contract and how it is stored, so it is not split into a kind and a name. The kinds are the checks'.
 */
export interface Remediation {
  readonly action: string;
  readonly account?: string;
  readonly region?: string;
  /** The change itself, where `action` is to have somebody else make it. */
  readonly orgAction?: string;
  readonly [kind: string]: string | undefined;
}

export type RegionState = "covered" | "partial" | "uncovered" | "unknown" | "not_enabled";

/** What the verdict says of one Region, for the grid. `notEnabled` Regions appear here and in no Region list. */
export interface RegionOutcome {
  readonly name: string;
  readonly state: RegionState;
  /** Finer word for the glyph and the text, which `labels.ts` has. */
  readonly detail:
    | "logged"
    | "logged_by_single_region_trail"
    | "partly_logged"
    | "not_logged"
    | "delivery_failing"
    | "pending"
    | "could_not_read"
    | "not_enabled";
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
