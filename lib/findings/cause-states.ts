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

/** The cause of that id, or null. */
export function findCause(id: string | null): Cause | null {
  return causes.find((cause) => cause.id === id) ?? null;
}
