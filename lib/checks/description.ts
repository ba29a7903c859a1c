import type { SuggestedChange } from "./suggested-change";

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
  /** What the check's own guardrails are filled in with; only that check reads it. Absent in older evaluations. */
  readonly guarded?: unknown;
}
