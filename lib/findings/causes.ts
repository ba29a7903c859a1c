import type { Evaluation } from "@/lib/checks/evaluation";
import { type Cause, findCause } from "./cause-states";

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

/** Regions that a verdict does not cover wholly, by name. */
export function blindRegionsOf({
  partialRegions,
  uncoveredRegions,
}: Pick<Evaluation, "partialRegions" | "uncoveredRegions">): string[] {
  return [...new Set([...partialRegions, ...uncoveredRegions])].sort();
}
