/** The words of a verdict, spelled as they are stored, exported and compared. Labels for people live apart. */
export type Verdict = "PASS" | "FAIL" | "NOT_EVALUATED";
export type Severity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";
/** VERIFIED: every enabled Region observed. INFERRED: trail-level facts certain, some Regions not observed. PENDING: first delivery or propagation outstanding. */
export type Assurance = "VERIFIED" | "INFERRED" | "PENDING";
export type Disposition = "OPEN" | "ACCEPTED";

export interface Remediation {
  readonly action: string;
  readonly account?: string;
  readonly region?: string;
  readonly trail?: string;
  readonly orgAction?: string;
}

export type RegionState = "covered" | "partial" | "uncovered" | "unknown" | "not_enabled";

/** What the verdict says of one Region, for the grid. `notEnabled` Regions appear here and in no Region list. */
export interface RegionOutcome {
  readonly name: string;
  readonly state: RegionState;
  /** Finer word for the glyph and the text: see `lib/checks/cloudtrail/region-words.ts` labels. */
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
  /** OK, PENDING, STALE, FAILING, NEVER_DELIVERED, STOPPED, HOME_REGION_OFF or UNKNOWN. */
  readonly health: string;
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

/** The one change to make, with the account's real names filled in. */
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
  /** What it costs, duplicates, permissions: one sentence each. */
  readonly notes: readonly string[];
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
}
