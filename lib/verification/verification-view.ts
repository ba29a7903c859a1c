import type {
  InheritanceState,
  KeyReason,
  KeyRegionState,
  KeyState,
  ProofLevel,
  VerificationStatus,
  VerificationTrigger,
} from "./verification-states";

/** What shows the state of a key in a Region. Members are absent where there is nothing to say. */
export interface KeyEvidence {
  /** Key B: when AWS answered our call there, and its request id there. */
  readonly sentAt?: string;
  readonly requestId?: string;
  /** Key B: the trail that delivered, or should have. */
  readonly trailArn?: string;
  /** Key B: the last delivery that CloudTrail reported in the Region. */
  readonly latestDeliveryTime?: string;
  readonly latestDeliveryError?: string;
  readonly level?: ProofLevel;
  /** Key B from the level `object` on. */
  readonly objectKey?: string;
  /** When S3 got that file. */
  readonly objectAt?: string;
  readonly sha256?: string;
  /** Looks at which AWS did not say what was delivered. */
  readonly unreadableLooks?: number;
  /** Key B at the level `content`: our own event in that file. */
  readonly eventId?: string;
  /** Key B at the level `content`: log files up to this key do not hold our event. */
  readonly readUpTo?: string;
  /** How AWS answered when it was asked in vain. */
  readonly error?: string;
}

export interface KeyRegion {
  readonly region: string;
  readonly state: KeyRegionState;
  readonly reason: KeyReason | null;
  /** When the state was found. */
  readonly at: string | null;
  readonly evidence: KeyEvidence | null;
}

export interface KeyView {
  readonly state: KeyState;
  readonly regions: readonly KeyRegion[];
}

/** One verification, as pages and the API show it. Times are ISO 8601 in UTC. */
export interface VerificationView {
  readonly id: string;
  readonly number: number;
  readonly findingKey: string;
  readonly status: VerificationStatus;
  readonly trigger: VerificationTrigger;
  readonly requiredAssurance: ProofLevel;
  /** The weakest of all Regions; null until Key B has turned. */
  readonly reachedAssurance: ProofLevel | null;
  /** Configuration, as read after the claim. */
  readonly keyA: KeyView;
  /** Delivery after our own calls. Without Regions for a check of the whole account: a second reading is Key B then. */
  readonly keyB: KeyView;
  readonly inheritance: { readonly state: InheritanceState };
  /** Number of the scan that Key A rests on. */
  readonly scanNumber: number | null;
  /** When it looks, in all; the first `looksDone` of them have passed. Empty until our calls were made. */
  readonly looksAt: readonly string[];
  readonly looksDone: number;
  /** When it looks again, or, while inconclusive, tries again. */
  readonly nextAt: string | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}
