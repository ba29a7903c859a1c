import type { Evaluation } from "@/lib/checks/evaluation";

/** What kind of gap a failing finding is. Findings of one cause have one fix. */
export interface Cause {
  /** As it is stored and asked for; never renamed. */
  readonly id: string;
  /** Place among the causes, the worst first; the order of groups. Gaps leave room for more. */
  readonly rank: number;
  readonly title: string;
  /** What one change would do for all of its findings; null where each account needs its own. */
  readonly oneChange: string | null;
}

/** The rank of findings without a cause: passing, never judged, or judged before causes were recorded. */
export const noCauseRank = 999;

const organizationTrail = "One organization trail would cover every account of the AWS organization";
const oneRepair = "One repair of the organization trail closes it in every member account";

/** Every cause, the worst first. */
export const causes: readonly Cause[] = [
  { id: "no-trail", rank: 10, title: "No trail", oneChange: organizationTrail },
  { id: "organization-trail-stopped", rank: 20, title: "Organization trail stopped", oneChange: oneRepair },
  { id: "logging-stopped", rank: 30, title: "Logging stopped", oneChange: null },
  {
    id: "organization-trail-absent",
    rank: 40,
    title: "Organization trail does not reach the account",
    oneChange: null,
  },
  { id: "single-region-trail", rank: 50, title: "Single-Region trails only", oneChange: organizationTrail },
  {
    id: "organization-trail-delivery",
    rank: 60,
    title: "Organization trail does not deliver",
    oneChange: oneRepair,
  },
  { id: "delivery-failing", rank: 70, title: "Delivery failing", oneChange: null },
  { id: "nothing-delivered", rank: 80, title: "Nothing was ever delivered", oneChange: null },
  { id: "delivery-quiet", rank: 90, title: "Delivery has gone quiet", oneChange: null },
  { id: "no-management-events", rank: 100, title: "No management events logged", oneChange: null },
  { id: "write-events-missing", rank: 110, title: "Write events not logged", oneChange: null },
  { id: "read-events-missing", rank: 120, title: "Read events not logged", oneChange: null },
  { id: "event-sources-excluded", rank: 130, title: "Event sources left out", oneChange: null },
  {
    id: "organization-trail-selectors",
    rank: 140,
    title: "Organization trail leaves out events",
    oneChange: oneRepair,
  },
  { id: "regions-left-out", rank: 150, title: "Regions left out", oneChange: null },
  {
    id: "trail-per-region",
    rank: 160,
    title: "Each Region has its own trail",
    oneChange: organizationTrail,
  },
  { id: "root-without-mfa", rank: 200, title: "Root user without MFA", oneChange: null },
  {
    id: "organization-trail-validation-off",
    rank: 300,
    title: "Organization trail without log file validation",
    oneChange: oneRepair,
  },
  { id: "validation-off", rank: 310, title: "Log file validation off", oneChange: null },
];

/** By the reason of the verdict: the cause in the account's own trail, and in one that another account owns. */
const byReason: Readonly<Record<string, { readonly own: string; readonly shared?: string }>> = {
  NO_TRAIL: { own: "no-trail", shared: "organization-trail-absent" },
  LAKE_ONLY: { own: "no-trail", shared: "organization-trail-absent" },
  ORG_TRAIL_HOME_REGION_NOT_ENABLED: { own: "organization-trail-absent" },
  MULTI_REGION_LOGGING_STOPPED: { own: "logging-stopped", shared: "organization-trail-stopped" },
  SINGLE_REGION_ONLY: { own: "single-region-trail" },
  SINGLE_REGION_TRAILS_COVER_ALL: { own: "trail-per-region" },
  MULTI_REGION_DELIVERY_FAILING: { own: "delivery-failing", shared: "organization-trail-delivery" },
  MULTI_REGION_NEVER_DELIVERED: { own: "nothing-delivered", shared: "organization-trail-delivery" },
  MULTI_REGION_DELIVERY_STALE: { own: "delivery-quiet", shared: "organization-trail-delivery" },
  MULTI_REGION_NO_MANAGEMENT_EVENTS: {
    own: "no-management-events",
    shared: "organization-trail-selectors",
  },
  MULTI_REGION_READ_ONLY: { own: "write-events-missing", shared: "organization-trail-selectors" },
  MULTI_REGION_WRITE_ONLY: { own: "read-events-missing", shared: "organization-trail-selectors" },
  MULTI_REGION_EXCLUDES_SOURCES: { own: "event-sources-excluded", shared: "organization-trail-selectors" },
  MULTI_REGION_REGION_GAP: { own: "regions-left-out" },
  VALIDATION_OFF: { own: "validation-off", shared: "organization-trail-validation-off" },
  ROOT_MFA_DISABLED: { own: "root-without-mfa" },
};

/** The remediation names a trail of another account, which only the organization can change. */
const sharedActions: ReadonlySet<string> = new Set([
  "FIX_ORG_TRAIL",
  "FIX_VIA_CONTROL_TOWER",
  "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL",
]);

/** The cause of a failing verdict; null for every other verdict, and for a reason that has none yet. */
export function causeOf({
  verdict,
  reason,
  remediation,
}: Pick<Evaluation, "verdict" | "reason" | "remediation">): Cause | null {
  const kinds = verdict === "FAIL" ? byReason[reason] : undefined;
  if (kinds === undefined) return null;
  return findCause(sharedActions.has(remediation.action) ? (kinds.shared ?? kinds.own) : kinds.own);
}

/** The cause of that id, or null. */
export function findCause(id: string | null): Cause | null {
  return causes.find((cause) => cause.id === id) ?? null;
}

/** Regions that a verdict does not cover wholly, by name. */
export function blindRegionsOf({
  partialRegions,
  uncoveredRegions,
}: Pick<Evaluation, "partialRegions" | "uncoveredRegions">): string[] {
  return [...new Set([...partialRegions, ...uncoveredRegions])].sort();
}
