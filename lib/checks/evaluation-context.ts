import type { AwsOrganizationFact, Partition } from "./facts/facts";
import type { ReadFailure } from "./facts/reading";
import type { RelatedFacts } from "./facts/related-facts";
import type { Scanner } from "./scanner";

/** A documented risk acceptance for one Region. It changes the disposition, never the verdict. */
export interface RiskAcceptance {
  readonly region: string;
  readonly expiresAt: string;
  readonly approvedBy: string;
  readonly reason: string;
}

/** Everything a verdict depends on that is not an AWS answer of this scan. */
export interface EvaluationContext {
  /** The evaluation's clock, ISO 8601. A check never reads the time itself. */
  readonly now: string;
  readonly account: { readonly id: string; readonly partition: Partition };
  /** Who read the account; absent where it is not known, and in older records. */
  readonly scanner?: Scanner;
  /** Present when the role could not be assumed: then there are no facts at all. */
  readonly connectionFailure?: ReadFailure;
  /** Default Regions of the partition, used when the Region list could not be read (they cannot be disabled). */
  readonly defaultRegions: readonly string[];
  /** Since when, by our own history, subjects of facts (`facts/fact-traits.ts`) are there; what is absent gets no grace. */
  readonly sightings: Readonly<Record<string, string>>;
  /**
   * By Region, when AWS last answered a call of another Posturio run successfully: events that a trail should have
   * delivered. The command line and saved answers know of none.
   */
  readonly knownActivity?: Readonly<Record<string, string>>;
  /**
   * What a connected management or delegated administrator account shows of this one's AWS organization. Stored
   * contexts spell it so.
   */
  readonly relatedEvidence?: RelatedFacts;
  readonly organizationFallback?: AwsOrganizationFact;
  readonly acceptances: readonly RiskAcceptance[];
}
