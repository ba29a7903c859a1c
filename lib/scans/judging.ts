import type { Collection } from "@/lib/aws/collect";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import { defaultRegions } from "@/lib/checks/regions";
import { scannerOf } from "@/lib/checks/scanner";
import type { BegunScan } from "./begin-scan";
import { type FirstSeenUpdate, updateFirstSeen } from "./first-seen";

/** What was known of the account before it was read. */
type ScanBasis = Pick<
  BegunScan,
  "account" | "firstSeen" | "knownActivity" | "awsOrganizations" | "lastAwsOrganization"
>;

/** One moment's view of a collection: what the checks judge it in, and what our own history learns from it. */
export function judgingOf(
  begun: ScanBasis,
  { facts, connectionFailure }: Collection,
  now: string,
): { readonly context: EvaluationContext; readonly firstSeen: FirstSeenUpdate } {
  const firstSeen = updateFirstSeen(begun.firstSeen, facts, now);
  const organization = facts.organization?.ok ? facts.organization.value : begun.lastAwsOrganization;
  const known = begun.awsOrganizations.find((other) => other.organizationId === organization?.organizationId);
  const scanner = scannerOf(begun.account.role.arn);
  const context = {
    now,
    account: { id: begun.account.awsAccountId, partition: begun.account.partition },
    ...(scanner ? { scanner } : {}),
    ...(connectionFailure ? { connectionFailure } : {}),
    defaultRegions: defaultRegions(begun.account.partition),
    sightings: firstSeen.sightings,
    knownActivity: begun.knownActivity,
    ...(known ? { relatedEvidence: known.related } : {}),
    ...(begun.lastAwsOrganization ? { organizationFallback: begun.lastAwsOrganization } : {}),
    acceptances: [],
  };
  return { context, firstSeen };
}
